/** A cluster of the smallest useful size, as a person would write it. */
export function clusterText(cluster: {
  readonly name: string;
  readonly region: string;
  readonly repository: string;
}): string {
  return `# yaml-language-server: $schema=../schemas/cluster.json
name: ${scalar(cluster.name)}
region: ${scalar(cluster.region)}
kubernetesVersion: "1.35"
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 20}
gitops: {repository: ${scalar(cluster.repository)}, branch: main}
`;
}

/** A service on all of the clusters (or a worker, without a port), as a person would write it. */
export function appText(app: {
  readonly name: string;
  readonly image: string;
  readonly port?: string | undefined;
  readonly clusters: readonly string[];
}): string {
  const kind = app.port === undefined ? 'kind: worker\n' : `port: ${number(app.port)}\nhealth: /healthz\n`;
  return `# yaml-language-server: $schema=../schemas/app.json
name: ${scalar(app.name)}
image: ${scalar(app.image)}
${kind}resources: {cpu: 100m, memory: 128Mi}
clusters:
${app.clusters.map((cluster) => `  ${cluster}: {}\n`).join('')}`;
}

/** Plain where every reader takes it for the same text, else in quotes: what it then means is for the parser to judge. */
function scalar(value: string): string {
  return /^[A-Za-z][\w./@+-]*(:[\w./@+-]+)*$/.test(value) ? value : JSON.stringify(value);
}

/** As a number where it is one, else as the text that it is. */
function number(value: string): string {
  return /^[1-9][0-9]*$/.test(value) ? value : scalar(value);
}
