import type { ExpectedSecret } from './expectation.js';
import type { Answer, Kubectl } from './kubectl.js';

/** A declared Secret that is not there, or lacks keys. */
export interface MissingSecret extends ExpectedSecret {
  /** Those of its keys that are not there; all of them where it is missing as a whole. */
  readonly missingKeys: readonly string[];
  readonly absent: boolean;
}

/** Names and keys of Secrets, and nothing else: their values are never read. Tab-separated, one Secret a line. */
const namesAndKeys =
  '{{define "secret"}}{{.metadata.name}}{{range $key, $value := .data}}{{"\\t"}}{{$key}}{{end}}{{"\\n"}}{{end}}' +
  '{{if .items}}{{range .items}}{{template "secret" .}}{{end}}{{else if .metadata.name}}{{template "secret" .}}{{end}}';

/** Which of the declared Secrets a cluster lacks. Fails where the person may not read Secrets. */
export async function missingSecrets(
  kubectl: Kubectl,
  expected: readonly ExpectedSecret[],
): Promise<Answer<readonly MissingSecret[]>> {
  const namespaces = [...new Set(expected.map(({ namespace }) => namespace))];
  const answers = await Promise.all(
    namespaces.map((namespace) => {
      const ofNamespace = expected.filter((secret) => secret.namespace === namespace);
      return missingIn(kubectl, namespace, ofNamespace);
    }),
  );
  const failed = answers.find((answer) => !answer.ok);
  if (failed) return failed;
  return { ok: true, value: answers.flatMap((answer) => (answer.ok ? answer.value : [])) };
}

async function missingIn(
  kubectl: Kubectl,
  namespace: string,
  expected: readonly ExpectedSecret[],
): Promise<Answer<readonly MissingSecret[]>> {
  const names = expected.map(({ name }) => name);
  const answer = await kubectl.text(
    ...['get', 'secret', ...names, `--namespace=${namespace}`],
    ...['--ignore-not-found', `--output=go-template=${namesAndKeys}`],
  );
  if (!answer.ok) return answer;
  return { ok: true, value: lacking(expected, answer.value) };
}

/** What the printed names and keys leave to be wished for. */
export function lacking(expected: readonly ExpectedSecret[], printed: string): MissingSecret[] {
  const there = new Map(
    printed
      .split('\n')
      .filter((line) => line !== '')
      .map((line): [string, Set<string>] => {
        const [name = '', ...keys] = line.split('\t');
        return [name, new Set(keys)];
      }),
  );
  return expected.flatMap((secret) => {
    const keys = there.get(secret.name);
    const missingKeys = secret.keys.filter((key) => keys?.has(key) !== true);
    return missingKeys.length === 0 ? [] : [{ ...secret, missingKeys, absent: keys === undefined }];
  });
}
