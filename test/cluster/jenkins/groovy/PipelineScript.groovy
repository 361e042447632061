/** What a Jenkinsfile is compiled to: it knows `pipeline`, and the variables of its libraries. */
abstract class PipelineScript extends Script {
  Object pipeline(Closure body) {
    def pipeline = new Pipeline(binding.getVariable('build') as Build)
    binding.setVariable('pipeline', pipeline)
    binding.setVariable('result', pipeline.run(body))
    null
  }

  Object methodMissing(String name, Object arguments) {
    def library = (binding.getVariable('libraries') as Map)[name] as Closure
    if (library == null) throw new Refused("$name is not on the list")
    library().invokeMethod('call', arguments)
  }
}
