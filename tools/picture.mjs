// Draws a Graphviz file as SVG beside it: node tools/picture.mjs docs/flow.dot. The same input gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { Graphviz } from '@hpcc-js/wasm-graphviz';

const graphviz = await Graphviz.load();
for (const file of process.argv.slice(2)) {
  writeFileSync(file.replace(/\.dot$/, '.svg'), graphviz.dot(readFileSync(file, 'utf8')));
}
