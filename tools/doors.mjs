// Opens every door of .dependency-cruiser.mjs. A tool that sees nothing finds nothing (dependency-cruiser under
// TypeScript 7 reports "no violations" over 0 modules), so this also fails unless every file on disk was read.
//
//   node tools/doors.mjs [--root DIR]

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { cruise } from 'dependency-cruiser';

import config from '../.dependency-cruiser.mjs';

const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { root: { type: 'string', default: here } } });
const root = resolve(values.root);

const folders = ['src', 'charts', 'test', 'bench'].filter((folder) => existsSync(join(root, folder)));

const onDisk = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  )
  .filter((path) => !path.startsWith('test/fixtures/'))
  .sort();

const { output } = await cruise(folders, {
  ...config.options,
  baseDir: root,
  validate: true,
  ruleSet: { forbidden: config.forbidden },
});

const modules = new Map(output.modules.map((module) => [module.source, module]));
const reasons = new Map(config.forbidden.map((rule) => [rule.name, rule.comment]));

const problems = output.summary.violations.map(({ rule, from, to, cycle }) => {
  const path = cycle?.length ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`;
  return `${rule.name}: ${path}\n    ${reasons.get(rule.name) ?? ''}`;
});

const importing = /^(import|export)( type)?\s+(\{[^}]*\}|\*[^;{]*|[\w$]+(,\s*\{[^}]*\})?)\s*from '/m;

for (const path of onDisk) {
  const module = modules.get(path);
  if (!module) {
    problems.push(`not-seen: ${path}\n    The file is on disk, and dependency-cruiser did not read it.`);
  } else if (module.dependencies.length === 0 && importing.test(readFileSync(join(root, path), 'utf8'))) {
    problems.push(`blind: ${path}\n    The file imports something, and dependency-cruiser saw no dependency.`);
  }
}
// Without a single source the wrong folder was looked at.
if (!onDisk.some((path) => path.startsWith('src/'))) {
  problems.push(`nothing-to-see: no .ts file under ${join(root, 'src')}`);
}

for (const problem of problems) console.error(problem);
const edges = onDisk.reduce((sum, path) => sum + (modules.get(path)?.dependencies.length ?? 0), 0);
console.log(
  `doors: ${problems.length === 0 ? 'all shut' : `${problems.length} open`} ` +
    `(${config.forbidden.length} rules, ${onDisk.filter((path) => modules.has(path)).length} of ${onDisk.length} files, ${edges} imports)`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
