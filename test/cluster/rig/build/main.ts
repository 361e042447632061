// Builds the rig's parts (or those named) ahead of a run: npm run rig:build [-- NAME...]

import { buildParts, describeRecord } from './build.js';

const started = Date.now();
buildParts(process.argv.slice(2), (line) => {
  console.log(`rig: ${line}`);
})
  .then(({ records }) => {
    for (const record of records) console.log(describeRecord(record));
    console.log(`rig: ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
  })
  .catch((error: unknown) => {
    console.error(`rig: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
