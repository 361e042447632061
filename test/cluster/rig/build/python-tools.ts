// Tools from PyPI (moto, cfn-lint) in a virtual environment in the rig's cache, one for each state of requirements.txt.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { cacheFolder, repositoryRoot } from './paths.js';

/** By this name a person asks for these tools, as for a Go part. */
export const PYTHON_TOOLS = 'python-tools';

const requirements = join(repositoryRoot, 'test', 'cluster', 'rig', 'python', 'requirements.txt');

/** What compiles requirements.in to requirements.txt. */
const PIP_TOOLS = 'pip-tools==7.6.2';

/** The environment's Python. */
const INTERPRETER = 'python';

/**
 * Makes the environment unless the cache has it, every file checked against its hash, and returns name → path of its Python: scripts
 * of pip's hold the path of the folder in which they were made, so tools are started as modules (`python -m moto.server`).
 * @param say receives one line a step
 */
export function buildPythonTools(say: (line: string) => void): ReadonlyMap<string, string> {
  const target = environmentFolder();
  if (!existsSync(target)) {
    const started = Date.now();
    say(`installing ${PYTHON_TOOLS} from PyPI into ${target} …`);
    const temporary = `${target}.building-${process.pid}`;
    mkdirSync(cacheFolder(), { recursive: true });
    try {
      run('python3', ['-m', 'venv', temporary]);
      run(join(temporary, 'bin', 'python'), [
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'],
        ...['--require-hashes', '--requirement', requirements],
      ]);
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    say(`${PYTHON_TOOLS}: in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
  return new Map([[INTERPRETER, join(target, 'bin', 'python')]]);
}

/** Writes requirements.txt anew from requirements.in, with the hash of every file of every package. */
export function pinPythonTools(): void {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-pin-'));
  try {
    run('python3', ['-m', 'venv', folder]);
    const python = join(folder, 'bin', 'python');
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PIP_TOOLS]);
    run(python, [
      ...[
        '-m',
        'piptools',
        'compile',
        '--quiet',
        '--generate-hashes',
        '--strip-extras',
        '--no-annotate',
        '--no-header',
      ],
      ...['--no-emit-index-url', '--no-emit-trusted-host', '--no-emit-find-links'],
      ...['--output-file', requirements, requirements.replace(/\.txt$/, '.in')],
    ]);
    const packages = readFileSync(requirements, 'utf8').match(/^\S+==/gm)?.length ?? 0;
    console.log(`pinned ${PYTHON_TOOLS}: ${packages} packages`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pins and the interpreter decide what is inside, so they name the folder. */
function environmentFolder(): string {
  const { stdout } = run('python3', ['-c', 'import sys, sysconfig; print(sys.version, sysconfig.get_platform())']);
  const hash = createHash('sha256').update(readFileSync(requirements)).update(stdout).digest('hex');
  return join(cacheFolder(), `${PYTHON_TOOLS}-${hash.slice(0, 16)}`);
}

function run(command: string, args: readonly string[]): { stdout: string } {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PYTHONNOUSERSITE: '1' },
  });
  if (error) throw new Error(`the cluster tests need \`${command}\` with venv (Debian: apt-get install python3-venv)`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr.trimEnd().slice(-2000)}`);
  return { stdout };
}
