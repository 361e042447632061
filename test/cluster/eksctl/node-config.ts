import { loadAll } from 'js-yaml';

/** What a node of Amazon Linux 2023 is told at boot: labels and taints are flags of its kubelet. */
export interface NodeConfig {
  readonly spec: {
    readonly cluster?: Readonly<Record<string, unknown>>;
    readonly kubelet: { readonly flags: readonly string[] };
  };
}

/** The NodeConfig in an instance's user data, which is MIME in base64. Throws where there is not exactly one. */
export function nodeConfigOf(userData: string): NodeConfig {
  const mime = Buffer.from(userData, 'base64').toString().replaceAll('\r\n', '\n');
  const boundary = /boundary=(\S+)/.exec(mime)?.[1] ?? '';
  const documents = mime
    .split(`--${boundary}`)
    .filter((part) => part.includes('Content-Type: application/node.eks.aws'))
    .flatMap((part) => loadAll(part.slice(part.indexOf('\n\n'))) as NodeConfig[]);
  const [config] = documents;
  if (config === undefined || documents.length > 1) throw new Error(`${documents.length} NodeConfigs in:\n${mime}`);
  return config;
}

/** Values of one of the kubelet's flags, such as "--node-labels=a=b,c=d" → [a=b, c=d]. */
export function kubeletFlag({ spec }: NodeConfig, name: string): readonly string[] {
  return spec.kubelet.flags
    .filter((flag) => flag.startsWith(`--${name}=`))
    .flatMap((flag) => flag.slice(name.length + 3).split(','));
}
