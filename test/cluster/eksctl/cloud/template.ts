/** A CloudFormation template, as eksctl sends it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly [section: string]: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** What stands for a resource and for its attributes; account, region and names of the stack. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  /** Logical id → physical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Attributes of the EKS cluster that eksctl uses: Endpoint, CertificateAuthorityData, OpenIdConnectIssuerUrl. */
  readonly clusterAttributes: Readonly<Record<string, string>>;
}

/**
 * The value that CloudFormation would put in place of Ref, Fn::GetAtt, Fn::Join, Fn::Sub and Fn::Split. An attribute has no value of its
 * own here but a name that says which one it is, except those that eksctl reads as ARNs. Throws on a function that is not known.
 */
export function evaluate(value: unknown, template: Template, around: Surroundings): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value as Record<string, unknown>);
  if (more.length > 0) throw new Error(`no function: ${JSON.stringify(value)}`);
  const inner = (part: unknown): string => evaluate(part, template, around);
  if (name === 'Ref') return reference(String(argument), around);
  if (name === 'Fn::GetAtt') {
    const [resource = '', ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return attribute(resource, path.join('.'), template, around);
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(inner).join(separator);
  }
  if (name === 'Fn::Sub')
    return inner(
      String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, expression: string) =>
        expression.includes('.') ? inner({ 'Fn::GetAtt': expression }) : inner({ Ref: expression }),
      ),
    );
  throw new Error(`no value for ${JSON.stringify(value)}`);
}

function reference(name: string, { accountId, region, stackName, physicalIds }: Surroundings): string {
  const pseudo = new Map([
    ['AWS::AccountId', accountId],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
  const value = pseudo.get(name) ?? physicalIds.get(name);
  if (value === undefined) throw new Error(`template of ${stackName} refers to ${name}, which it does not have`);
  return value;
}

function attribute(resource: string, path: string, template: Template, around: Surroundings): string {
  const { accountId, region, clusterAttributes } = around;
  const physicalId = reference(resource, around);
  const type = template.Resources[resource]?.Type;
  if (path === 'Arn' && type === 'AWS::IAM::Role') return `arn:aws:iam::${accountId}:role/${physicalId}`;
  if (path === 'Arn' && type === 'AWS::IAM::InstanceProfile')
    return `arn:aws:iam::${accountId}:instance-profile/${physicalId}`;
  if (path === 'Arn' && type === 'AWS::EKS::Cluster') return `arn:aws:eks:${region}:${accountId}:cluster/${physicalId}`;
  const ofCluster = type === 'AWS::EKS::Cluster' ? clusterAttributes[path] : undefined;
  if (ofCluster !== undefined) return ofCluster;
  if (path === 'GroupId') return physicalId;
  return `${path}-of-${physicalId}`;
}
