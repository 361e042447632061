import { resolve } from 'node:path';
import { hasErrors, sortedDiagnostics } from '../diagnostic/diagnostic.js';
import { applyChanges } from '../layout/apply.js';
import { ownerName } from '../layout/file-spec.js';
import type { FileChange } from '../layout/file-spec.js';
import { renderRepository } from '../pipeline.js';
import { humanReport } from '../report/human.js';
import { exitCodeFor } from './exit-code.js';
import { version } from './version.js';

/**
 * The app of cdk8s.yaml: `npx cdk8s synth` gets the files that `spillway render` writes, with the same bytes, below its own output
 * folder. Never below dist/: the cdk8s CLI empties its output folder before this program runs.
 */
async function synth(): Promise<void> {
  const outdir = resolve(process.env['CDK8S_OUTDIR'] ?? '.build/cdk8s');
  const { files, diagnostics, sources } = await renderRepository('.');
  const changes = files.map(({ path, cluster, owner, text }): FileChange => ({
    kind: 'create',
    path,
    cluster,
    owner: ownerName(owner),
    after: text,
  }));
  const refusals = hasErrors(diagnostics) ? [] : applyChanges(outdir, changes);
  const all = [...sortedDiagnostics(diagnostics), ...refusals];
  process.stderr.write(
    humanReport({ diagnostics: all, sources }, { colour: false, pathPrefix: '', rules: [], version }),
  );
  process.exitCode = exitCodeFor(all);
}

void synth();
