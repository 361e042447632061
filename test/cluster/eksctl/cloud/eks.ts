import { randomUUID } from 'node:crypto';

import type { Account, RecordedStack } from './cloudformation.js';

/** What EKS is told or asked over REST; the body is JSON already read. */
export interface RestRequest {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface RestAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly errorType?: string;
}

/** Versions that `GET /cluster-versions` names: eksctl 0.230.0 takes any of them that it knows, and asks for nothing else of the answer. */
const KUBERNETES_VERSIONS = ['1.32', '1.33', '1.34', '1.35'];

/** Addons that need AWS permissions, and the ServiceAccounts that may get them by Pod Identity (EKS, describe-addon-configuration). */
const SERVICE_ACCOUNTS_WITH_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'vpc-cni': ['aws-node'],
  'aws-ebs-csi-driver': ['ebs-csi-controller-sa'],
  'amazon-cloudwatch-observability': ['cloudwatch-agent'],
};

/** EKS as far as `eksctl create cluster` needs it; what it is told to make is there at once. */
export class Eks {
  /** CreateAddon requests, by addon. */
  readonly addons = new Map<string, Readonly<Record<string, unknown>>>();
  /** CreatePodIdentityAssociation requests. */
  readonly podIdentityAssociations: Readonly<Record<string, unknown>>[] = [];
  /** Managed node group → its Auto Scaling group, named as EKS names them ("eks-<name>-<uuid>"). */
  readonly managedGroups = new Map<string, string>();
  private readonly stacks: readonly RecordedStack[];
  private readonly account: Account;

  constructor(stacks: readonly RecordedStack[], account: Account) {
    this.stacks = stacks;
    this.account = account;
  }

  /** The answer, or undefined for a request that is not played. */
  answer({ method, path, query, body }: RestRequest): RestAnswer | undefined {
    const [collection, name, kind, item] = path;
    if (collection === 'cluster-versions') return ok({ clusterVersions: KUBERNETES_VERSIONS.map(clusterVersion) });
    if (collection === 'addons') return ok(addonFacts(name ?? '', query));
    if (collection !== 'clusters' || name === undefined) return undefined;
    if (kind === undefined) return this.cluster(name);
    if (kind === 'addons' && method === 'GET') return this.addon(item ?? '');
    if (kind === 'addons' && item === undefined) {
      this.addons.set(String(body['addonName']), body);
      return ok({ addon: { addonName: body['addonName'], status: 'ACTIVE' } });
    }
    if (kind === 'addons') {
      this.addons.set(item ?? '', { ...this.addons.get(item ?? ''), ...body });
      return ok({ update: { id: randomUUID(), status: 'Successful', type: 'AddonUpdate' } });
    }
    if (kind === 'pod-identity-associations' && method === 'POST') {
      this.podIdentityAssociations.push(body);
      return ok({ association: { ...body, associationId: `a-${this.podIdentityAssociations.length}` } });
    }
    if (kind === 'node-groups' && item !== undefined) return this.nodeGroup(item);
    return undefined;
  }

  private cluster(name: string): RestAnswer {
    const stack = this.stacks.find(({ name: stackName }) => stackName === `eksctl-${name}-cluster`);
    if (stack === undefined) return notFound(`No cluster found for name: ${name}.`);
    const { accountId, region, clusterAttributes } = this.account;
    const { Endpoint: endpoint, OpenIdConnectIssuerUrl: issuer } = clusterAttributes;
    return ok({
      cluster: {
        name,
        arn: `arn:aws:eks:${region}:${accountId}:cluster/${name}`,
        status: 'ACTIVE',
        endpoint,
        certificateAuthority: { data: clusterAttributes['CertificateAuthorityData'] },
        identity: { oidc: { issuer: `${issuer ?? ''}/id/SPILLWAY` } },
        kubernetesNetworkConfig: { serviceIpv4Cidr: '10.100.0.0/16', ipFamily: 'ipv4' },
        accessConfig: { authenticationMode: 'API' },
        resourcesVpcConfig: { vpcId: stack.physicalIds.get('VPC') },
      },
    });
  }

  private addon(name: string): RestAnswer {
    const created = this.addons.get(name);
    if (created === undefined) return notFound(`No addon: ${name} found in cluster`);
    const { addonVersion } = created;
    return ok({ addon: { addonName: name, addonVersion, status: 'ACTIVE' } });
  }

  private nodeGroup(name: string): RestAnswer {
    const group = this.managedGroups.get(name) ?? `eks-${name}-${randomUUID()}`;
    this.managedGroups.set(name, group);
    return ok({
      nodegroup: { nodegroupName: name, status: 'ACTIVE', resources: { autoScalingGroups: [{ name: group }] } },
    });
  }
}

function clusterVersion(version: string): Record<string, unknown> {
  return {
    clusterVersion: version,
    clusterType: 'eks',
    defaultVersion: version === '1.34',
    versionStatus: 'STANDARD_SUPPORT',
  };
}

function addonFacts(question: string, query: URLSearchParams): Record<string, unknown> {
  const name = query.get('addonName') ?? '';
  const accounts = SERVICE_ACCOUNTS_WITH_PERMISSIONS[name] ?? [];
  if (question === 'configuration-schemas') {
    return {
      addonName: name,
      podIdentityConfiguration: accounts.map((serviceAccount) => ({ serviceAccount, recommendedManagedPolicies: [] })),
    };
  }
  const version = { addonVersion: 'v1.0.0-eksbuild.1', requiresIamPermissions: accounts.length > 0 };
  return {
    addons: [{ addonName: name, addonVersions: [{ ...version, compatibilities: [{ defaultVersion: true }] }] }],
  };
}

function ok(body: Readonly<Record<string, unknown>>): RestAnswer {
  return { status: 200, body };
}

function notFound(message: string): RestAnswer {
  return { status: 404, body: { message }, errorType: 'ResourceNotFoundException' };
}
