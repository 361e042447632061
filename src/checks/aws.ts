import type { Check } from './check.js';
import { ownTemplate } from './view/endpoints.js';
import { dig, map, maps, text } from './view/json.js';
import { enumeration } from './view/words.js';

/** Actions that AWS grants only on `*` (Service Authorization Reference), beside those that only list and describe. */
const onStarOnly =
  /^(cloudwatch:PutMetricData|xray:Put\w+|ecr:GetAuthorizationToken|sts:GetCallerIdentity|[a-z0-9-]+:(Describe|List)\w*\*?)$/;

/** AWS' own policies that give everything, or nearly. */
const everything = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** AWS identity: as little as possible, and the same name on both sides. */
export const awsChecks: readonly Check[] = [
  {
    id: 'aws-wildcard',
    title: 'AWS permissions name their actions and resources',
    why: 'Whoever gets into the app has them all: every bucket, every queue, every key of the account.',
    severity: 'warning',
    *run({ cluster }) {
      for (const { name, aws, provenance } of cluster.apps) {
        for (const [index, { actions, resources, conditions }] of (aws?.statements ?? []).entries()) {
          const wide = actions.filter((action) => /:\*$/.test(action));
          const needsResource = actions.filter((action) => !onStarOnly.test(action));
          const everywhere = resources.includes('*') && conditions === undefined && needsResource.length > 0;
          if (wide.length === 0 && !everywhere) continue;
          yield {
            message: `${name} may ${wide.length > 0 ? `do anything with ${enumeration(wide.map((action) => action.split(':')[0] ?? ''))}` : `use ${enumeration(needsResource, 3)} on every resource`}${wide.length > 0 && everywhere ? ', on every resource' : ''}`,
            hint:
              wide.length > 0
                ? 'name the actions that the app calls'
                : 'name the ARNs of the resources, or add a condition',
            at: provenance.at(`aws.statements.${index}.${wide.length > 0 ? 'actions' : 'resources'}`),
            app: name,
          };
        }
        for (const [index, policy] of (aws?.policies ?? []).entries()) {
          if (!everything.test(policy)) continue;
          yield {
            message: `${name} has ${policy.split('/').at(-1) ?? policy}: the whole account`,
            hint: 'write statements with the actions that the app calls',
            at: provenance.at(`aws.policies.${index}`),
            app: name,
          };
        }
      }
    },
  },
  {
    id: 'aws-without-rights',
    title: 'an app that says `aws` has permissions',
    why: 'A role without a permission is none, so the app gets no AWS identity: its first call to AWS finds no credentials.',
    severity: 'warning',
    *run({ cluster }) {
      for (const { name, aws, provenance } of cluster.apps) {
        if (aws !== undefined || provenance.written('aws') === undefined) continue;
        yield {
          message: `${name} says aws, but names no permission, so it gets no AWS identity`,
          hint: 'add aws.policies or aws.statements, or take aws out',
          at: provenance.atKey('aws'),
          app: name,
        };
      }
    },
  },
  {
    id: 'irsa-account',
    title: 'IRSA knows the AWS account',
    why: 'The annotation that gives a pod its role holds the role’s ARN, and that the account id.',
    severity: 'error',
    *run({ cluster }) {
      if (cluster.identity !== 'irsa' || cluster.accountId !== undefined) return;
      yield {
        message: 'identity: irsa needs the AWS account id for the ARNs of the roles',
        hint: 'add accountId: "<12 digits>", or use identity: pod-identity',
        at: cluster.provenance.at('identity'),
      };
    },
  },
  {
    id: 'aws-identity',
    title: 'the ClusterConfig gives a role to the very ServiceAccount that the pods run as',
    why: 'One letter of difference, and the pod starts without permissions: every call to AWS is refused.',
    severity: 'error',
    *run(view) {
      const { cluster, clusterConfig } = view;
      const associations = maps(dig(clusterConfig, 'iam', 'podIdentityAssociations')).map((entry) => ({
        namespace: text(entry['namespace']),
        name: text(entry['serviceAccountName']),
      }));
      const accounts = maps(dig(clusterConfig, 'iam', 'serviceAccounts')).map((entry) => ({
        namespace: text(dig(entry, 'metadata', 'namespace')),
        name: text(dig(entry, 'metadata', 'name')),
      }));
      const given = cluster.identity === 'irsa' ? accounts : associations;
      for (const app of cluster.apps.filter(({ aws }) => aws !== undefined)) {
        const template = ownTemplate(view, app);
        if (template === undefined) continue;
        const account = text(template.spec['serviceAccountName']) ?? 'default';
        const at = view.at(template.owned, 'aws', `${template.pointer}/serviceAccountName`);
        if (!given.some(({ namespace, name }) => namespace === app.namespace && name === account)) {
          yield {
            message: `pods of ${app.name} run as ServiceAccount ${app.namespace}/${account}, to which the ClusterConfig gives no role`,
            hint: 'keep the rendered serviceAccountName, and the rendered list under iam in the ClusterConfig',
            at,
            app: app.name,
          };
        } else if (cluster.identity === 'irsa') {
          const arn = text(
            map(view.find('ServiceAccount', app.namespace, account)?.object.metadata.annotations)[
              'eks.amazonaws.com/role-arn'
            ],
          );
          if (app.aws?.roleArn === undefined || arn === app.aws.roleArn) continue;
          yield {
            message: `ServiceAccount ${account} is annotated with ${arn ?? 'no role'}, but the ClusterConfig makes ${app.aws.roleArn}`,
            hint: 'keep the rendered annotation',
            at,
            app: app.name,
          };
        }
      }
    },
  },
];
