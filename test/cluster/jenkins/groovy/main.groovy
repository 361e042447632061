// Runs one Jenkinsfile: java -cp groovy-all.jar:<this folder> groovy.ui.GroovyMain main.groovy CONFIG.json
// The configuration and the result are described in ../run-pipeline.ts.

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer

def config = new JsonSlurper().parse(new File(args[0])) as Map
def build = new Build(config)
def outcome = [result: 'FAILURE', stages: []]
try {
  def jenkinsfile = config.jenkinsfile as String
  def libraries = config.libraries as Map<String, String>
  libraries.each { name, text -> new ClosedGroovy("vars/${name}.groovy", []).checkLibraryVariable(text) }
  new ClosedGroovy('Jenkinsfile', libraries.keySet()).checkJenkinsfile(jenkinsfile)

  def compiler = new CompilerConfiguration()
  compiler.scriptBaseClass = 'PipelineScript'
  def binding = new Binding(build: build, result: null, pipeline: null)
  def shell = new GroovyShell(this.class.classLoader, binding, compiler)
  binding.setVariable('libraries', libraries.collectEntries { name, text -> [(name): { shell.parse(text, "${name}.groovy") }] })
  shell.evaluate(jenkinsfile, 'Jenkinsfile.groovy')

  def pipeline = binding.getVariable('pipeline') as Pipeline
  outcome = [result: binding.getVariable('result'), stages: pipeline.stages, *: pipeline.description]
} catch (Refused refused) {
  build.say("refused: ${refused.message}")
  outcome.refused = refused.message
} finally {
  build.close()
}
new File(config.outcome as String).text = JsonOutput.toJson(outcome)
