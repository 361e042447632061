import java.util.concurrent.TimeUnit

/** One build on one agent: its workspace, its environment, its log, and the processes that it starts. */
class Build {
  final Map config
  final File workspace
  final File temporary
  final Map<String, String> environment
  /** What credentials have put into the environment, innermost last. */
  final List<Map<String, String>> bound = []
  private final Set<String> secrets = [] as Set
  private final List<Long> deadlines = []
  private final Writer log
  private final Writer rawLog
  private int scripts = 0

  Build(Map config) {
    this.config = config
    workspace = new File(config.workspace as String)
    temporary = new File("${config.workspace}@tmp")
    [workspace, temporary]*.mkdirs()
    log = new FileWriter(config.log as String)
    rawLog = new FileWriter(config.rawLog as String)
    environment = [
      *: config.environment,
      WORKSPACE: workspace.path,
      WORKSPACE_TMP: temporary.path,
      BUILD_NUMBER: config.buildNumber as String,
      JOB_NAME: config.jobName as String,
      BRANCH_NAME: config.branch as String,
      CI: 'true',
    ]
  }

  /** A line of the log, with what is secret replaced as the Credentials Binding plugin does; the raw log keeps it, for who looks for leaks. */
  void say(String line) {
    rawLog.write("$line\n")
    rawLog.flush()
    log.write("${secrets.inject(line) { text, secret -> text.replace(secret, '****') }}\n")
    log.flush()
  }

  /** `sh`: as the durable-task plugin runs it, by `sh -xe` on a script file unless the script says otherwise by its first line. */
  void sh(String text) {
    def folder = new File(temporary, "durable-${++scripts}")
    folder.mkdirs()
    def script = new File(folder, 'script.sh')
    script.text = text
    script.setExecutable(true)
    def status = run(text.startsWith('#!') ? [script.path] : ['sh', '-xe', script.path])
    folder.deleteDir()
    if (status != 0) throw new StepFailed("script returned exit code $status")
  }

  /** Runs a program in the workspace, writes what it prints to the log and returns its status. Past a timeout everything of it is killed. */
  int run(List<String> command) {
    def builder = new ProcessBuilder(command).directory(workspace).redirectErrorStream(true)
    builder.environment().clear()
    builder.environment().putAll(bound.inject(environment) { all, more -> all + more })
    builder.redirectInput(new File('/dev/null'))
    def process = builder.start()
    def reader = Thread.start { process.inputStream.eachLine('UTF-8') { say(it) } }
    def deadline = deadlines ? deadlines.min() : null
    def ended = deadline == null || process.waitFor(Math.max(deadline - System.currentTimeMillis(), 0), TimeUnit.MILLISECONDS)
    if (!ended) {
      process.descendants().forEach { it.destroyForcibly() }
      process.destroyForcibly()
    }
    // Not for ever: a daemon that a script leaves behind may hold its output open.
    reader.join(5000)
    def status = process.waitFor()
    if (!ended) throw new TimedOut('timeout has been exceeded')
    status
  }

  /** Runs `work` with a deadline; it is noticed while a process runs. */
  void within(long millis, Closure work) {
    deadlines << System.currentTimeMillis() + millis
    try {
      work()
    } finally {
      deadlines.remove(deadlines.size() - 1)
    }
  }

  /** Runs `work` with more environment; `hidden` are the texts that the log must not show. */
  void with(Map<String, String> more, Collection<String> hidden, Closure work) {
    bound << more
    def added = hidden.findAll { it && !secrets.contains(it) }
    secrets.addAll(added)
    try {
      work()
    } finally {
      bound.remove(bound.size() - 1)
      secrets.removeAll(added)
    }
  }

  void close() {
    [log, rawLog]*.close()
    temporary.deleteDir()
  }
}
