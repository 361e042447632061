/**
 * Everything that a generated pipeline may hold, by where it may stand: name → `positional` and `named` arguments and the context of its
 * block. Kinds of arguments: text, number, boolean, scm, or a context whose calls are the argument.
 */
class ClosedList {
  static final Map<String, Map<String, Map>> CONTEXTS = [
    script: [pipeline: [body: 'pipeline']],
    pipeline: [
      agent: [body: 'agent'], options: [body: 'options'], triggers: [body: 'triggers'], environment: [body: 'environment'],
      stages: [body: 'stages'], post: [body: 'post'],
    ],
    agent: [label: [positional: ['text']]],
    options: [
      disableConcurrentBuilds: [:],
      skipDefaultCheckout: [:],
      timeout: [named: [time: 'number', unit: 'text']],
      buildDiscarder: [positional: ['discarder']],
    ],
    discarder: [logRotator: [named: [numToKeepStr: 'text']]],
    triggers: [githubPush: [:]],
    stages: [stage: [positional: ['text'], body: 'stage']],
    stage: [when: [body: 'when'], steps: [body: 'steps'], post: [body: 'post']],
    when: [branch: [positional: ['text']]],
    post: [always: [body: 'steps']],
    steps: [
      checkout: [positional: ['scm']],
      sh: [positional: ['text']],
      retry: [positional: ['number'], body: 'steps'],
      timeout: [named: [time: 'number', unit: 'text'], body: 'steps'],
      withCredentials: [positional: ['bindings'], body: 'steps'],
      recordIssues: [named: [enabledForFailure: 'boolean', tool: 'tools']],
      deleteDir: [:],
    ],
    bindings: [
      usernamePassword: [named: [credentialsId: 'text', usernameVariable: 'text', passwordVariable: 'text']],
      gitUsernamePassword: [named: [credentialsId: 'text', gitToolName: 'text']],
      sshUserPrivateKey: [named: [credentialsId: 'text', keyFileVariable: 'text']],
      file: [named: [credentialsId: 'text', variable: 'text']],
    ],
    tools: [sarif: [named: [pattern: 'text', id: 'text', name: 'text']]],
  ]

  /** A shared library's variable is called with texts. */
  static final Map LIBRARY_CALL = [named: ['*': 'text']]
}
