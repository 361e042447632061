/** The steps, as Jenkins and its plugins do them: what a block of `steps` or `post` is run against. */
class Steps {
  private static final Map<String, Long> MILLIS = [SECONDS: 1000L, MINUTES: 60_000L, HOURS: 3_600_000L]
  private final Build build
  private int secretFiles = 0

  Steps(Build build) {
    this.build = build
  }

  void run(Closure body) {
    body.delegate = this
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
  }

  Map getScm() {
    build.config.scm as Map
  }

  void sh(CharSequence script) {
    build.sh(script.toString())
  }

  /** The Git plugin: the commit of the branch as a detached head, in a workspace that may hold an older one. */
  void checkout(Map scm) {
    def branch = "refs/remotes/origin/${scm.branch}"
    git('init', '--quiet', '.')
    git('fetch', '--quiet', '--force', '--no-tags', '--', scm.url as String, '+refs/heads/*:refs/remotes/origin/*')
    git('checkout', '--quiet', '--force', '--detach', (scm.commit ?: branch) as String)
  }

  private void git(String... arguments) {
    def credentials = scm.credentialsId == null ? [:] : askPass(credentialsOf(scm.credentialsId as String))
    build.with(credentials as Map<String, String>, []) {
      build.say("> git ${arguments.join(' ')}")
      def status = build.run(['git', *arguments])
      if (status != 0) throw new StepFailed("git ${arguments.first()} returned exit code $status")
    }
  }

  void retry(int times, Closure body) {
    for (attempt in 1..times) {
      try {
        run(body)
        return
      } catch (StepFailed failed) {
        build.say("ERROR: ${failed.message}")
        if (attempt == times) throw failed
        build.say('Retrying')
      }
    }
  }

  void timeout(Map options, Closure body) {
    build.within(millis(options)) { run(body) }
  }

  /** Of `timeout`'s options. */
  static long millis(Map options) {
    (options.time as long) * MILLIS[options.unit as String]
  }

  void deleteDir() {
    build.workspace.deleteDir()
    build.workspace.mkdirs()
  }

  /** The Warnings plugin reads the file: here it only has to be there. */
  void recordIssues(Map options) {
    def file = new File(build.workspace, (options.tool as Map).pattern as String)
    if (!file.file) throw new StepFailed("recordIssues found no $file")
    build.say("recordIssues: ${file.length()} bytes in ${(options.tool as Map).pattern}")
  }

  Map sarif(Map options) {
    options
  }

  void withCredentials(List bindings, Closure body) {
    def folder = new File(build.temporary, "secretFiles-${++secretFiles}")
    folder.mkdirs()
    try {
      def all = bindings.collect { bind(it as Map, folder) }
      build.with(all.inject([:]) { sum, more -> sum + more.environment }, all.collectMany { it.hidden }) { run(body) }
    } finally {
      folder.deleteDir()
    }
  }

  Map usernamePassword(Map options) {
    options + [kind: 'usernamePassword']
  }

  Map gitUsernamePassword(Map options) {
    options + [kind: 'gitUsernamePassword']
  }

  Map sshUserPrivateKey(Map options) {
    options + [kind: 'sshUserPrivateKey']
  }

  Map file(Map options) {
    options + [kind: 'file']
  }

  private Map bind(Map binding, File folder) {
    def credentials = credentialsOf(binding.credentialsId as String)
    switch (binding.kind) {
      case 'usernamePassword':
        need(credentials, 'password', binding)
        return [
          environment: [(binding.usernameVariable): credentials.username, (binding.passwordVariable): credentials.password],
          hidden: [credentials.password],
        ]
      case 'gitUsernamePassword':
        need(credentials, 'password', binding)
        // GIT_USERNAME and GIT_PASSWORD are the plugin's own, beside what git itself reads.
        def pair = [GIT_USERNAME: credentials.username, GIT_PASSWORD: credentials.password]
        return [environment: pair + askPass(credentials, folder), hidden: [credentials.password]]
      case 'sshUserPrivateKey':
        need(credentials, 'privateKey', binding)
        return [environment: [(binding.keyFileVariable): secretFile(folder, 'key', credentials.privateKey as String)], hidden: []]
      case 'file':
        need(credentials, 'file', binding)
        return [environment: [(binding.variable): secretFile(folder, 'file', credentials.file as String)], hidden: []]
    }
    throw new Refused("withCredentials with $binding")
  }

  private Map credentialsOf(String id) {
    def credentials = (build.config.credentials as Map)[id]
    if (credentials == null) throw new StepFailed("Could not find credentials entry with ID '$id'")
    credentials as Map
  }

  private static void need(Map credentials, String part, Map binding) {
    if (credentials[part] == null)
      throw new StepFailed("Credentials '${binding.credentialsId}' are of another kind than ${binding.kind} needs")
  }

  /** The program that git asks for a user and a password, and that nothing else is asked. */
  private Map<String, String> askPass(Map credentials, File folder = build.temporary) {
    def answer = "case \"\$1\" in Username*) echo '${credentials.username}' ;; Password*) echo '${credentials.password}' ;; esac\n"
    def script = new File(secretFile(folder, 'askpass.sh', "#!/bin/sh\n$answer"))
    script.setExecutable(true, true)
    [GIT_ASKPASS: script.path, GIT_TERMINAL_PROMPT: 'false']
  }

  private static String secretFile(File folder, String name, String text) {
    def file = File.createTempFile('secret', "-$name", folder)
    file.setReadable(false, false)
    file.setReadable(true, true)
    file.text = text
    file.path
  }
}
