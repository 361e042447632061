import { isDeepStrictEqual } from 'node:util';
import { valueAt } from './cluster-config-diff.js';
import type { ClusterConfig, ClusterConfigDifference, EntryDifference, EntryList } from './cluster-config-diff.js';

/** A command that brings a running cluster to its ClusterConfig, and what it is for. */
export interface EksctlStep {
  /** What is taken away goes after the merge, when nothing in Git needs it any more. */
  readonly when: 'before the merge' | 'after the merge';
  readonly command: string;
  readonly why: string;
}

export interface EksctlSteps {
  readonly steps: readonly EksctlStep[];
  /** What no command changes on a cluster that exists, each with what can be done. */
  readonly rest: readonly string[];
}

interface Entries {
  readonly added: readonly EntryDifference[];
  readonly changed: readonly EntryDifference[];
  readonly removed: readonly EntryDifference[];
}

/**
 * The commands for a difference between two ClusterConfigs, in an order that works: roles before the addons that wear them, the
 * Pod Identity agent before associations. Commands and flags are those of eksctl v0.230.0 (pkg/ctl): `create` leaves addons, groups,
 * access entries and IRSA roles alone that exist, fails for such associations one by one (pkg/actions/podidentityassociation), and
 * `scale` is never given the file, whose desiredCapacity would take running nodes away.
 */
export function eksctlSteps(
  { entries, fields }: ClusterConfigDifference,
  old: ClusterConfig,
  after: ClusterConfig,
  file: string,
): EksctlSteps {
  const cluster = `--cluster ${String(valueAt(after, 'metadata.name'))} --region ${String(valueAt(after, 'metadata.region'))}`;
  const of = (list: EntryList) => sorted(entries.filter((entry) => entry.list === list));
  const [roles, associations, addons, access] = [
    of('iam.serviceAccounts'),
    of('iam.podIdentityAssociations'),
    of('addons'),
    of('accessConfig.accessEntries'),
  ];
  const groups = sorted(entries.filter(({ list }) => list === 'managedNodeGroups' || list === 'nodeGroups'));
  const resized = groups.changed.filter(isResized);

  const before = (command: string, why: string | false) =>
    why === false ? [] : [{ when: 'before the merge', command, why } as const];
  const gone = (list: Entries, command: (name: string) => string) =>
    list.removed.map(
      ({ name }) => ({ when: 'after the merge', command: command(name), why: `gone: ${name}` }) as const,
    );

  return {
    steps: [
      ...fieldSteps(fields, old, after, file, cluster),
      ...before(`eksctl create iamserviceaccount -f ${file} --approve`, named('new', roles.added)),
      ...before(`eksctl update iamserviceaccount -f ${file} --approve`, named('changed', roles.changed)),
      ...before(`eksctl create addon -f ${file}`, named('new', addons.added)),
      ...before(`eksctl update addon -f ${file}`, named('changed', addons.changed)),
      ...before(
        `eksctl create podidentityassociation -f ${file}`,
        named('new', associations.added, '; its errors about those that exist are harmless'),
      ),
      ...before(`eksctl update podidentityassociation -f ${file}`, named('changed', associations.changed)),
      ...before(`eksctl create nodegroup -f ${file}`, named('new', groups.added)),
      ...resized.flatMap(({ name, after: group }) =>
        before(
          `eksctl scale nodegroup ${cluster} --name ${name} ` +
            `--nodes-min ${String(group?.['minSize'])} --nodes-max ${String(group?.['maxSize'])}`,
          `resized: ${name}`,
        ),
      ),
      ...access.changed.flatMap(({ name }) =>
        before(
          `eksctl delete accessentry ${cluster} --principal-arn ${name}`,
          `changed: ${name}; made anew by the next`,
        ),
      ),
      ...before(`eksctl create accessentry -f ${file}`, named('new', [...access.added, ...access.changed])),
      ...gone(associations, (name) => {
        const [namespace, account] = name.split('/');
        return `eksctl delete podidentityassociation ${cluster} --namespace ${namespace} --service-account-name ${account}`;
      }),
      ...gone(roles, (name) => {
        const [namespace, account] = name.split('/');
        return `eksctl delete iamserviceaccount ${cluster} --namespace ${namespace} --name ${account}`;
      }),
      ...gone(addons, (name) => `eksctl delete addon ${cluster} --name ${name}`),
      ...gone(groups, (name) => `eksctl delete nodegroup ${cluster} --name ${name}`),
      ...gone(access, (name) => `eksctl delete accessentry ${cluster} --principal-arn ${name}`),
    ],
    rest: [
      ...groups.changed
        .filter((group) => !resized.includes(group))
        .map(({ name }) => `node group ${name}: a group is replaced, not edited, so give the changed one a new name`),
      ...fields
        .filter((path) => !settable.has(path))
        .map((path) => `${path}: eksctl leaves it as the cluster was made`),
    ],
  };
}

/** Fields that a command changes. */
const settable: ReadonlySet<string> = new Set([
  'metadata.version',
  'iam.withOIDC',
  'secretsEncryption',
  'cloudWatch',
  'vpc.clusterEndpoints',
  'vpc.publicAccessCIDRs',
]);

type Commands = readonly (readonly [field: string, command: string])[];

function fieldSteps(
  fields: readonly string[],
  before: ClusterConfig,
  after: ClusterConfig,
  file: string,
  cluster: string,
): EksctlStep[] {
  const commands: Commands = [
    ['metadata.version', `eksctl upgrade cluster -f ${file} --approve`],
    ['iam.withOIDC', `eksctl utils associate-iam-oidc-provider -f ${file} --approve`],
    ['secretsEncryption', `eksctl utils enable-secrets-encryption -f ${file} --approve`],
    ...loggingSteps(before, after, file, cluster),
    ['vpc.clusterEndpoints', `eksctl utils update-cluster-vpc-config -f ${file} --approve`],
    ['vpc.publicAccessCIDRs', `eksctl utils update-cluster-vpc-config -f ${file} --approve`],
  ];
  return [...new Set(commands.map(([, command]) => command))].flatMap((command) => {
    const changed = commands.filter(([path, its]) => its === command && fields.includes(path)).map(([path]) => path);
    return changed.length === 0 ? [] : [{ when: 'before the merge', command, why: changed.join(', ') }];
  });
}

/**
 * Without log types in the file, eksctl asks for them as flags. Where only the retention differs it takes the cluster for up to date
 * (pkg/ctl/utils/update_cluster_logging.go), so that AWS is told itself.
 */
function loggingSteps(before: ClusterConfig, after: ClusterConfig, file: string, cluster: string): Commands {
  const update = (what: string) => `eksctl utils update-cluster-logging ${what} --approve`;
  const days = valueAt(after, 'cloudWatch.clusterLogging.logRetentionInDays');
  const types = 'cloudWatch.clusterLogging.enableTypes';
  if (valueAt(after, 'cloudWatch') === undefined) return [['cloudWatch', update(`${cluster} --disable-types all`)]];
  if (!isDeepStrictEqual(valueAt(before, types), valueAt(after, types))) return [['cloudWatch', update(`-f ${file}`)]];
  const [name, region] = [valueAt(after, 'metadata.name'), valueAt(after, 'metadata.region')].map(String);
  const group = `--log-group-name /aws/eks/${name}/cluster --retention-in-days ${String(days)}`;
  return [['cloudWatch', `aws logs put-retention-policy --region ${region} ${group}`]];
}

function sorted(entries: readonly EntryDifference[]): Entries {
  return {
    added: entries.filter(({ before }) => before === undefined),
    changed: entries.filter(({ before, after }) => before !== undefined && after !== undefined),
    removed: entries.filter(({ after }) => after === undefined),
  };
}

function named(what: string, entries: readonly EntryDifference[], more = ''): string | false {
  return entries.length > 0 && `${what}: ${entries.map(({ name }) => name).join(', ')}${more}`;
}

function isResized({ before, after }: EntryDifference): boolean {
  const rest = (group: ClusterConfig = {}) => ({ ...group, minSize: 0, maxSize: 0, desiredCapacity: 0 });
  return isDeepStrictEqual(rest(before), rest(after));
}
