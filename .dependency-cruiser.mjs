/**
 * The doors between the rooms (charts/ and the folders of src/): who may import whom, and why. `npm run doors` opens them all;
 * test/doors proves that each one is shut. Globals (process, console, Date.now, Math.random) leave no import behind:
 * ESLint watches those, see eslint.config.mjs.
 */

const ours = '^(src|charts|imports|test|bench|tools)/';
const npm = (name) => `(^|/)node_modules/${name}/|^${name}(/|$)`;
const core = (...names) => `^(node:)?(${names.join('|')})(/|$)`;

/** A room that may import nothing of ours but the listed paths (regular expressions, without the ^). */
const room = (name, allowed, comment) => ({
  name: `${name}-imports-only-its-neighbours`,
  severity: 'error',
  comment,
  from: { path: `^src/${name}/` },
  to: { path: ours, pathNot: [`^src/${name}/`, ...allowed.map((path) => `^${path}`)] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'only-some-rooms-touch-files',
      severity: 'error',
      comment:
        'What is pure is testable without a disk, and only src/layout may ever write or delete rendered files. ' +
        'Let spec/read, spec/edit, layout, delivery or facts do it and pass the text on.',
      from: {
        path: '^(src|charts)/',
        pathNot: ['^src/spec/(read|edit)', '^src/layout/', '^src/delivery/', '^src/facts/'],
      },
      to: { path: core('fs') },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      comment: 'src/cli composes the rooms; a room that needs something of it has it in the wrong place.',
      from: { pathNot: ['^src/cli/', '^test/', '^bench/'] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      comment: 'What ships must not need what proves it.',
      from: { pathNot: ['^test/', '^bench/'] },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'charts-see-model-and-imports',
      severity: 'error',
      comment:
        'Charts turn a resolved model into objects: no YAML, no tables, no defaults of their own. ' +
        'What a chart needs from facts, src/model resolves first.',
      from: { path: '^charts/' },
      to: { path: ours, pathNot: ['^charts/', '^imports/', '^src/model/'] },
    },
    {
      name: 'charts-use-cdk8s-only',
      severity: 'error',
      comment: 'A chart describes objects with cdk8s; a package that parses, reads or formats belongs to another room.',
      from: { path: '^charts/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(cdk8s|cdk8s-plus-27|constructs)/' },
    },
    {
      name: 'charts-need-no-machine',
      severity: 'error',
      comment: 'Of Node, charts need only createHash of node:crypto, for content hashes that roll the pods.',
      from: { path: '^charts/' },
      to: { dependencyTypes: ['core'], pathNot: core('crypto') },
    },
    room('diagnostic', [], 'Everybody speaks in diagnostics, so they depend on nobody.'),
    room('facts', [], 'Tables with a source and a date; what follows from them is decided in src/model.'),
    room(
      'spec',
      ['src/diagnostic/', 'src/facts/'],
      'The room of YAML text: it says what a person wrote, and knows nothing of what becomes of it.',
    ),
    room(
      'model',
      ['src/spec/schema', 'src/facts/', 'src/diagnostic/'],
      'Defaults and overrides in one place: from a parsed spec (its types and descriptions) to a resolved one.',
    ),
    room(
      'checks',
      ['src/model/', 'src/facts/', 'src/diagnostic/'],
      'Checks judge the model and the objects given to them.',
    ),
    room(
      'aws',
      ['src/model/', 'src/facts/'],
      'What AWS shall hold, in nobody’s words: eksctl and pulumi/ both read it.',
    ),
    room('eksctl', ['src/aws/', 'src/model/', 'src/facts/'], 'Resolved → ClusterConfig, as pure as a chart.'),
    room(
      'jenkins',
      ['src/model/', 'src/diagnostic/'],
      'Resolved and options → the text of a Jenkinsfile, as pure as a chart.',
    ),
    room('layout', ['src/model/', 'src/diagnostic/'], 'Layout puts objects into files; it does not make objects.'),
    room(
      'delivery',
      ['src/diagnostic/'],
      'Git, registries and pull requests: it carries a change that others make, and knows no spec.',
    ),
    room(
      'live',
      ['src/model/', 'src/diagnostic/'],
      'What a cluster says, beside what a rendering expects of it; how either is shown is for others.',
    ),
    room(
      'report',
      ['src/diagnostic/', 'src/model/', 'src/layout/', 'src/live/'],
      'Reports are pure: results in, text out.',
    ),
    {
      name: 'report-knows-shapes-only',
      severity: 'error',
      comment: 'A report formats results; computing them is the work of the room that owns them. Use `import type`.',
      from: { path: '^src/report/' },
      to: { path: '^src/(model|layout|live)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-network-or-processes',
      severity: 'error',
      comment:
        'Rendering works offline and gives the same bytes everywhere; only src/delivery (git, registry), src/live and src/cli reach out.',
      from: { path: '^(src|charts)/', pathNot: ['^src/delivery/', '^src/live/', '^src/cli/'] },
      to: {
        path: [core('net', 'http', 'https', 'http2', 'dns', 'tls', 'dgram', 'child_process'), npm('undici')],
      },
    },
    {
      name: 'live-asks-by-programs',
      severity: 'error',
      comment: 'A cluster is asked by the kubectl of the person: its plugins, its credentials, its proxy.',
      from: { path: '^src/live/' },
      to: { path: [core('net', 'http', 'https', 'http2', 'dns', 'tls', 'dgram'), npm('(undici|@kubernetes)')] },
    },
    {
      name: 'yaml-stays-in-spec',
      severity: 'error',
      comment: 'Only src/spec knows YAML text (positions, comments, edits); everybody else sees parsed specs.',
      from: { path: '^(src|charts)/', pathNot: '^src/spec/' },
      to: { path: npm('yaml') },
    },
    {
      name: 'js-yaml-stays-in-layout',
      severity: 'error',
      comment: 'One room decides the bytes of a rendered file.',
      from: { path: '^(src|charts)/', pathNot: '^src/layout/' },
      to: { path: npm('js-yaml') },
    },
    {
      name: 'zod-stays-in-spec',
      severity: 'error',
      comment: 'Parse, do not validate: after src/spec nothing is unknown, so nobody else needs a schema library.',
      from: { path: '^(src|charts)/', pathNot: '^src/spec/' },
      to: { path: npm('zod') },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or a third one that both need is missing.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-is-found',
      severity: 'error',
      comment: 'An import that this tool cannot follow would pass every other door unseen.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Listed, not read: thousands of generated lines, and other people's code.
    doNotFollow: { path: ['(^|/)node_modules/', '^imports/'] },
    exclude: { path: '^test/fixtures/' },
    // Types count: a type of the wrong room is the wrong room.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
