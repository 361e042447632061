// Says of each text of a list whether it is on the closed list: java … check.groovy TEXTS.json, the answers on stdout.
// The texts and the answers are described in ../check-pipelines.ts.

import groovy.json.JsonOutput
import groovy.json.JsonSlurper

def input = new JsonSlurper().parse(new File(args[0])) as Map
def libraries = input.libraries as Map<String, String>

def problemOf = { Closure check ->
  try {
    check()
    null
  } catch (Refused refused) {
    refused.message
  }
}

def answers = input.texts.collect { text ->
  problemOf {
    libraries.each { name, library -> new ClosedGroovy("vars/${name}.groovy", []).checkLibraryVariable(library) }
    if (text.library != null) new ClosedGroovy('library', []).checkLibraryVariable(text.library as String)
    if (text.jenkinsfile != null) new ClosedGroovy('Jenkinsfile', libraries.keySet()).checkJenkinsfile(text.jenkinsfile as String)
  }
}
println JsonOutput.toJson(answers)
