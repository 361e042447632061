import type { Run } from '../run.js';
import { missingSecrets } from '../secrets.js';
import { done, stop } from './findings.js';
import type { Finding, World } from './findings.js';
import { secretsVariable, valueFile } from './secret-commands.js';
import type { PlannedSecret } from './step.js';

/** Which declared Secrets are missing, and of those which can be made from files. The others are for somebody else to bring. */
export async function lookAtSecrets({ target, kubectl, run, isSet }: World): Promise<Finding> {
  const missing = await missingSecrets(kubectl, target.secrets);
  if (!missing.ok) return stop(missing.error, 'it needs to read the names of Secrets in the namespaces of the apps');
  if (missing.value.length === 0) return done('all are there');
  const able: PlannedSecret[] = [];
  for (const secret of target.secrets) {
    const lacks = missing.value.some(({ namespace, name }) => namespace === secret.namespace && name === secret.name);
    if (lacks && isSet(secretsVariable) && (await hasValues(run, secret))) able.push(secret);
  }
  const left = missing.value
    .filter((secret) => !able.some(({ namespace, name }) => namespace === secret.namespace && name === secret.name))
    .map(
      ({ namespace, name, missingKeys, source }) => `${namespace}/${name} (${missingKeys.join(', ')}), from: ${source}`,
    );
  const said = `still missing, and their apps wait for them: ${left.join('; ')}`;
  if (able.length === 0) return { kind: 'skip', said };
  const commands = [...new Set(able.flatMap((secret) => secret.commands))];
  return { kind: 'todo', ...(left.length > 0 && { said }), commands };
}

/** Whether there is a file for each key. */
async function hasValues(run: Run, secret: PlannedSecret): Promise<boolean> {
  const test = `for file; do test -r "$${secretsVariable}/$file" || exit 1; done`;
  const files = secret.keys.map((key) => valueFile(secret, key));
  return (await run('sh', ['-c', test, 'sh', ...files])).status === 0;
}
