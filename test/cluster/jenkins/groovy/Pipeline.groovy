/** A Declarative Pipeline: its sections are collected first, then its stages are run in order, and what follows the build at the end. */
class Pipeline {
  private final Build build
  private final Steps steps
  private final Map<String, Closure> sections = [:]
  final Map description = [agent: null, options: [:], triggers: [], environment: [:]]
  /** What became of each stage: passed, failed, skipped (`when`), or not-run. */
  final List<Map> stages = []
  private final List<Closure> bodies = []

  Pipeline(Build build) {
    this.build = build
    steps = new Steps(build)
  }

  /** Runs the whole pipeline; returns SUCCESS, FAILURE or ABORTED (a timeout). */
  String run(Closure body) {
    evaluate(body, new Sections(into: sections))
    section('agent', new Recorder({ name, arguments -> description.agent = [(name): arguments.first()] }))
    section('options', new Recorder({ name, arguments -> description.options[name] = arguments ? arguments.first() : true }))
    section('triggers', new Recorder({ name, arguments -> description.triggers << name }))
    if (sections.environment) evaluate(sections.environment, new EnvironmentSection(into: description.environment as Map))
    build.environment.putAll(description.environment as Map<String, String>)
    section('stages', new Recorder({ name, arguments ->
      stages << [name: arguments[0].toString(), status: 'not-run']
      bodies << (arguments[1] as Closure)
    }))

    def timeout = description.options.timeout as Map
    def result = 'SUCCESS'
    try {
      if (timeout) build.within(Steps.millis(timeout)) { runStages() } else runStages()
    } catch (StepFailed failed) {
      build.say("ERROR: ${failed.message}")
      result = 'FAILURE'
    } catch (TimedOut late) {
      build.say("Cancelling: ${late.message}")
      result = 'ABORTED'
    }
    after(sections.post)
    build.say("Finished: $result")
    result
  }

  private void runStages() {
    stages.eachWithIndex { stage, index ->
      def parts = [:]
      evaluate(bodies[index], new Sections(into: parts))
      if (parts.when && !applies(parts.when as Closure)) {
        build.say("Stage \"${stage.name}\" skipped due to when conditional")
        stage.status = 'skipped'
        return
      }
      build.say("[Pipeline] { (${stage.name})")
      def started = System.currentTimeMillis()
      stage.status = 'failed'
      try {
        steps.run(parts.steps as Closure)
        stage.status = 'passed'
      } finally {
        stage.seconds = (System.currentTimeMillis() - started) / 1000d
        after(parts.post as Closure)
      }
    }
  }

  /** `when { branch 'main' }`: of a multibranch build. */
  private boolean applies(Closure when) {
    def wanted = null
    evaluate(when, new Recorder({ name, arguments -> wanted = arguments.first().toString() }))
    wanted == build.environment.BRANCH_NAME
  }

  private void after(Closure post) {
    if (post == null) return
    def parts = [:]
    evaluate(post, new Sections(into: parts))
    if (parts.always) steps.run(parts.always as Closure)
  }

  private void section(String name, Recorder recorder) {
    if (sections[name]) evaluate(sections[name], recorder)
  }

  private static void evaluate(Closure body, Object delegate) {
    body.delegate = delegate
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
  }
}
