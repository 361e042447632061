/** One line of the priority expander's table: a priority and a pattern of ASG names. */
export interface ExpanderEntry {
  readonly priority: number;
  readonly pattern: string;
}

/**
 * Reads the `priorities` key of Cluster Autoscaler's ConfigMap: a YAML map of whole numbers to lists of patterns, one a line.
 * Undefined where a line is anything else: only what we render needs to be understood.
 */
export function expanderEntries(priorities: string): ExpanderEntry[] | undefined {
  const entries: ExpanderEntry[] = [];
  let priority: number | undefined;
  for (const line of priorities.split('\n')) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const key = /^["']?(\d+)["']?:\s*$/.exec(line);
    const item = /^\s*-\s+(\S.*?)\s*$/.exec(line);
    if (key !== null) priority = Number(key[1]);
    else if (item !== null && priority !== undefined) entries.push({ priority, pattern: unquoted(item[1] ?? '') });
    else return undefined;
  }
  return entries;
}

function unquoted(scalar: string): string {
  if (/^'.*'$/.test(scalar)) return scalar.slice(1, -1).replaceAll("''", "'");
  if (/^".*"$/.test(scalar)) return JSON.parse(scalar) as string;
  return scalar;
}

/**
 * A pattern of Go's RE2 as a JavaScript expression; undefined where it is none. Of what only Go knows, `(?i:…)` around plain
 * letters is translated (Node 20 has no inline flags).
 */
export function goPattern(pattern: string): RegExp | undefined {
  const translated = pattern.replace(/\(\?i:([A-Za-z0-9-]*)\)/g, (_, letters: string) =>
    letters.replace(/[A-Za-z]/g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`),
  );
  try {
    return new RegExp(translated);
  } catch {
    return undefined;
  }
}

/**
 * A name that the Auto Scaling group of a node group may get: EKS names a managed one `eks-<group>-<uuid>`, CloudFormation a
 * self-managed one `<stack>-NodeGroup-<random>` (eksctl 0.230.0, pkg/cfn/manager/nodegroup.go).
 */
export function exampleAsgName(cluster: string, group: { readonly name: string; readonly managed: boolean }): string {
  return group.managed
    ? `eks-${group.name}-3cc8f1b0-5e1d-4b6a-9b5e-0d6b2f1a7c42`
    : `eksctl-${cluster}-nodegroup-${group.name}-NodeGroup-1JZ8Q0V6XKQ2M`;
}
