import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { jenkinsfile, libraryCall, sharedLibrary } from '../../src/jenkins/jenkinsfile.js';
import type { PipelineInputs } from '../../src/jenkins/inputs.js';
import { planPipeline } from '../../src/jenkins/plan.js';
import { defaults, ecr } from '../jenkins/options.js';
import { podinfo, resolvedApp } from '../support/repository.js';
import { checkPipelines } from './jenkins/check-pipelines.js';
import { repositoryRoot } from './rig/build/paths.js';

const { app, cluster } = resolvedApp(podinfo);
const planned = planPipeline(app, cluster, { ...defaults, imageRepository: ecr });
if (planned.inputs === undefined) throw new Error(JSON.stringify(planned.diagnostics));
const { inputs } = planned;
const own = jenkinsfile(inputs);
const library = sharedLibrary(inputs);

const elsewhere: PipelineInputs['image'] = { registry: 'ghcr.io', name: 'acme/shop' };
const byKey = { ...inputs.gitops, repository: 'git@github.com:acme/platform.git' };
const awsKey = { ...inputs.credentials, aws: 'ecr-push' };
const forms: readonly (readonly [what: string, text: string])[] = [
  ['docker and ECR', own],
  ['buildah', jenkinsfile({ ...inputs, builder: 'buildah' })],
  ['a wait', jenkinsfile({ ...inputs, waitMinutes: 30 })],
  ['an AWS key', jenkinsfile({ ...inputs, credentials: awsKey })],
  ['another registry', jenkinsfile({ ...inputs, image: elsewhere })],
  ['an SSH key', jenkinsfile({ ...inputs, gitops: byKey, waitMinutes: 5 })],
  ['a test with every kind of quote', jenkinsfile({ ...inputs, test: `echo 'a' "b" \`c\` $d \\e` })],
  ['the call of the library', libraryCall(inputs, 'acme@v1')],
  ['this repository’s own pipeline', readFileSync(join(repositoryRoot, 'Jenkinsfile'), 'utf8')],
];

/** A Jenkinsfile with one thing changed, and what the harness says of it. */
const refused: readonly (readonly [from: string, to: string, why: string])[] = [
  ["sh 'make test'", "script { sh 'make test' }", '`script` in steps'],
  ["sh 'make test'", "echo 'a'", '`echo` in steps'],
  ["sh 'make test'", "println 'a'", '`println` in steps'],
  ["sh 'make test'", 'sh "make ${env.TARGET}"', '`sh` with something else than a text'],
  ["sh 'make test'", "sh 'make ' + 'test'", '`sh` with something else than a text'],
  ["sh 'make test'", "sh(script: 'make', returnStdout: true)", '`sh` with 0 arguments'],
  ["sh 'make test'", "if (true) { sh 'make test' }", 'something else than a named call'],
  ["sh 'make test'", "def made = sh 'make test'", 'something else than a named call'],
  ["sh 'make test'", "'make test'.execute()", 'something else than a named call'],
  ["sh 'make test'", "[1, 2].each { sh 'make test' }", 'something else than a named call'],
  ["sh 'make test'", "this.sh 'make test'", 'something else than a named call'],
  ['retry(3) { checkout scm }', 'retry(env.TIMES) { checkout scm }', '`retry` with something else than a number'],
  ['checkout scm', 'checkout other', '`checkout` with something else than a scm'],
  ['disableConcurrentBuilds()', 'disableConcurrentBuilds(abortPrevious: true)', 'option `abortPrevious`'],
  ['disableConcurrentBuilds()', 'timestamps()', '`timestamps` in options'],
  ['githubPush()', "cron('H * * * *')", '`cron` in triggers'],
  ["GITOPS_BRANCH = 'main'", "GITOPS_BRANCH = credentials('main')", 'in environment'],
  ["GITOPS_BRANCH = 'main'", 'GITOPS_BRANCH = "${branch}"', 'in environment'],
  ["agent { label 'spillway' }", 'agent any', '`agent` in pipeline without a block'],
  ["branch 'main'", 'expression { true }', '`expression` in when'],
  ["gitToolName: 'Default'", "gitToolName: 'Default', other: 'x'", 'option `other` of `gitUsernamePassword`'],
  ['gitUsernamePassword(', 'usernameColonPassword(', '`usernameColonPassword` in bindings'],
  ['pipeline {', 'import java.io.File\npipeline {', 'an import'],
  ['pipeline {', 'def helper() { 1 }\npipeline {', 'a method'],
  ['pipeline {', 'println 1\npipeline {', 'something else than one pipeline'],
  ['post {', "parameters { string(name: 'x') }\n  post {", '`parameters` in pipeline'],
];

const refusedLibraries: readonly (readonly [from: string, to: string, why: string])[] = [
  ['def call(Map config)', 'def call(String app, Map config)', 'parameters other than one Map'],
  ['def call(Map config) {', "def call(Map config) {\n  sh 'make'", 'something else than one pipeline'],
  ['def call(Map config)', 'def helper() { 1 }\ndef call(Map config)', 'a method other than `call`'],
  ['"${config.app}"', '"${config.app.toUpperCase()}"', 'in environment'],
  ['"${config.app}"', '"${System.getenv(config.app)}"', 'in environment'],
];

describe('the closed list of steps', () => {
  test('holds every form of what is generated, and this repository’s own pipeline', async () => {
    const said = await checkPipelines(
      forms.map(([, text]) => ({ jenkinsfile: text })),
      { spillwayApp: library },
    );
    expect(said.map((problem, i) => [forms[i]?.[0], problem])).toEqual(forms.map(([what]) => [what, null]));
  });

  test('refuses everything else, each with its line', async () => {
    const texts = refused.map(([from, to]) => own.replace(from, to));
    for (const [i, text] of texts.entries())
      if (text === own) throw new Error(`nothing to replace: ${refused[i]?.[0] ?? ''}`);
    const said = await checkPipelines(texts.map((text) => ({ jenkinsfile: text })));
    for (const [i, [, , why]] of refused.entries()) {
      expect(said[i]).toContain(why);
      expect(said[i]).toMatch(/^Jenkinsfile(:\d+)?: .* is not on the list$/);
    }
  });

  test('refuses a library that is more than one pipeline', async () => {
    const texts = refusedLibraries.map(([from, to]) => library.replace(from, to));
    const said = await checkPipelines(texts.map((text) => ({ library: text })));
    for (const [i, [, , why]] of refusedLibraries.entries()) expect(said[i]).toContain(why);
  });
});
