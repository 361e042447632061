import { describe, expect, test } from '@jest/globals';
import { temporaryRoot } from '../layout/temporary-root.js';
import { bash, spillway } from './run-spillway.js';

/** What bash offers after `spillway WORDS`, the last word being the one under the cursor. */
function offered(...words: string[]): string[] {
  const script = `
    source <($spillway completion bash)
    COMP_WORDS=(spillway ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
    _spillway; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = bash(temporaryRoot({ 'shop/x': '', 'shed/x': '', 'ship.txt': '' }), script);
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean).sort();
}

describe('completion in bash', () => {
  test('offers the commands first', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['check', 'completion', 'explain', 'render', '--root']));
    expect(offered('re')).toEqual(['render']);
  });

  test('offers the options of the command on the line', () => {
    expect(offered('render', '--c')).toEqual(['--check', '--cluster']);
    expect(offered('check', '--c')).toEqual(['--cluster']);
    expect(offered('promote', '--to')).toEqual(['--to']);
    expect(offered('bump', '--pu')).toEqual(['--pull-request', '--push']);
    expect(offered('--root', 'shop', 'render', '--ne')).toEqual(['--next-steps']);
  });

  test('offers the values of an option, folders for --root', () => {
    expect(offered('render', '--format', '')).toEqual(['github', 'human', 'json', 'sarif']);
    expect(offered('explain', '--format', '')).toEqual(['human', 'json']);
    expect(offered('render', '--root', 'sh')).toEqual(['shed', 'shop']);
    expect(offered('completion', '')).toEqual(expect.arrayContaining(['bash', 'fish', 'zsh']));
  });
});

test.each(['zsh', 'fish'])('the script for %s knows every command and option', (shell) => {
  const { code, stdout } = spillway('/', ['completion', shell]);
  expect(code).toBe(0);
  const dashes = shell === 'zsh' ? '--' : '-l ';
  for (const word of ['render', 'check', 'explain', 'completion', 'bash zsh fish', 'human json sarif github'])
    expect(stdout).toContain(word);
  for (const option of ['check', 'cluster', 'strict', 'format', 'next-steps', 'root', 'no-color'])
    expect(stdout).toContain(dashes + option);
});
