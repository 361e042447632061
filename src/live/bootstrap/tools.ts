/** A program that a person needs, and how its version is asked for. */
export interface RequiredTool {
  readonly name: 'eksctl' | 'kubectl' | 'aws' | 'git';
  /** `major.minor.patch`; absent where any will do. */
  readonly least?: string;
  /** Where it comes in an older series that is still kept up: least version of that. */
  readonly olderSeries?: string;
  readonly versionArgs: readonly string[];
  /** Where to get it. */
  readonly from: string;
}

/** What a step from nothing to a syncing cluster needs; without eksctl and aws where the cluster is there already. */
export function requiredTools(kubernetesVersion: string, existing: boolean): readonly RequiredTool[] {
  const [major = 1, minor = 0] = kubernetesVersion.split('.').map(Number);
  const kubectl: RequiredTool = {
    name: 'kubectl',
    // One minor below the cluster's is supported, more is not (kubernetes.io/releases/version-skew-policy).
    least: `${major}.${minor - 1}.0`,
    versionArgs: ['version', '--client'],
    from: 'https://kubernetes.io/docs/tasks/tools/',
  };
  const git: RequiredTool = { name: 'git', versionArgs: ['--version'], from: 'https://git-scm.com/downloads' };
  if (existing) return [kubectl, git];
  return [
    // What eksctl/ is written for; older ones do not know all of its fields.
    { name: 'eksctl', least: '0.230.0', versionArgs: ['version'], from: 'https://eksctl.io/installation/' },
    kubectl,
    // Amazon EKS User Guide, "Connect kubectl to an EKS cluster by creating a kubeconfig file".
    {
      name: 'aws',
      least: '2.12.3',
      olderSeries: '1.27.160',
      versionArgs: ['--version'],
      from: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
    },
    git,
  ];
}

/** `eksctl 0.230.0 or later`. */
export function toolText({ name, least, olderSeries }: RequiredTool): string {
  if (least === undefined) return name;
  const text = `${name} ${least} or later`;
  return olderSeries === undefined ? text : `${text} or ${olderSeries} of its older series`;
}

/** The version that a tool printed: the first number of that form, as all of them print theirs first. */
export function versionIn(output: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(output)?.[0];
}

/** Whether a version will do. */
export function isRecentEnough(version: string, { least, olderSeries }: RequiredTool): boolean {
  if (least === undefined) return true;
  if (olderSeries !== undefined && version.split('.')[0] === olderSeries.split('.')[0])
    return compareVersions(version, olderSeries) >= 0;
  return compareVersions(version, least) >= 0;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]];
  const index = right.findIndex((part, i) => part !== (left[i] ?? 0));
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
