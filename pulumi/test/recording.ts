import { runtime } from '@pulumi/pulumi';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { program } from '../src/program.js';
import type { Outputs } from '../src/program.js';

/** A resource that the program asked for. Of @pulumi/eks' components only the inputs are seen: they are built elsewhere. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a program asked for, in the order of asking, and what it told. */
export interface Recording {
  readonly resources: readonly Recorded[];
  readonly outputs: Outputs;
}

/** Zones of us-east-1 as EC2 lists them, one of them without room for EKS left out. */
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d', 'us-east-1f'];

/** Runs the program on a cluster with nobody behind it. One program at a time: Pulumi's runtime is one for a process. */
export async function record(cluster: ResolvedCluster): Promise<Recording> {
  const resources: Recorded[] = [];
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = inputs as Record<string, unknown>;
        resources.push({ type, name, inputs: given });
        return {
          id: `${name}-id`,
          state: type.startsWith('eks:') ? component(type, given) : { ...given, ...named(type, name, given) },
        };
      },
      call: ({ token, inputs }) => {
        const asked = inputs as Record<string, unknown>;
        if (token === 'aws:index/getAvailabilityZones:getAvailabilityZones') return { names: zones };
        if (token === 'aws:ssm/getParameter:getParameter') return { insecureValue: `ami of ${String(asked['name'])}` };
        throw new Error(`the program calls ${token}, which the tests know nothing of`);
      },
    },
    'spillway',
    cluster.name,
    false,
  );
  // Pulumi takes a stack trace for every promise, and jest maps each back to its source: nine tenths of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const outputs = await program(cluster);
    await runtime.disconnect();
    return { resources, outputs };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What AWS makes up where the program says nothing. */
function named(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = typeof inputs['name'] === 'string' ? inputs['name'] : name;
  if (!type.startsWith('aws:iam/')) return { name: own, latestVersion: 1 };
  return { name: own, arn: `arn:aws:iam::111122223333:${type.split(':').at(-1) ?? ''}/${own}` };
}

/** What a component of @pulumi/eks would tell, as far as the program reads it. */
function component(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (type === 'eks:index:ManagedNodeGroup') {
    const name = `eks-${String(inputs['nodeGroupName'])}-0a1b2c3d-uuid`;
    return { nodeGroup: { resources: [{ autoscalingGroups: [{ name }] }] } };
  }
  return {
    eksCluster: {
      endpoint: 'https://cluster.example',
      certificateAuthority: { data: 'Y2E=' },
      kubernetesNetworkConfig: { serviceIpv4Cidr: '10.100.0.0/16' },
    },
    nodeSecurityGroupId: 'sg-of-eks',
    oidcProviderArn: 'arn:aws:iam::111122223333:oidc-provider/oidc.issuer/id/SPILLWAY',
    oidcIssuer: 'oidc.issuer/id/SPILLWAY',
    kubeconfigJson: '{}',
  };
}

/** The resources of a type. */
export function ofType({ resources }: Recording, type: string): Recorded[] {
  return resources.filter((resource) => resource.type === type);
}

/** The one resource of a type and name; throws where there is none, or two. */
export function only(recording: Recording, type: string, name: string): Readonly<Record<string, unknown>> {
  const found = ofType(recording, type).filter((resource) => resource.name === name);
  const [resource] = found;
  if (resource === undefined || found.length > 1) throw new Error(`${found.length} ${type} named ${name}`);
  return resource.inputs;
}
