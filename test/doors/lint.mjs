// ESLint with the project's own configuration on text that is on no disk: [{path, code}] in, [[rule ids]] out, as JSON.
// A program of its own: jest cannot load eslint.config.mjs.

import { text } from 'node:stream/consumers';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// Type information needs files of the project; the rules under test need none.
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

const results = [];
for (const { path, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path });
  results.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(results));
