import { readFileSync } from 'node:fs';

import type { Pki } from '../../rig/pki.js';
import { AutoScaling } from './auto-scaling.js';
import { CloudFormation } from './cloudformation.js';
import { Eks } from './eks.js';
import type { RestAnswer } from './eks.js';
import { Front } from './front.js';
import type { AwsRequest } from './front.js';
import { describeImages, imageParameter } from './images.js';
import { HttpsPort, apiServer, oidcIssuer } from './kubernetes.js';
import { ACCOUNT_ID } from './moto.js';
import type { Moto } from './moto.js';
import { Ec2, makeNetwork } from './network.js';
import { freePort } from './ports.js';

/** AWS as one `eksctl create cluster` sees it: moto, and before it what moto cannot play. Nothing outlives `stop`. */
export class Cloud {
  readonly url: string;
  readonly cloudFormation: CloudFormation;
  readonly autoScaling = new AutoScaling();
  readonly eks: Eks;
  /** Log group → days. */
  readonly logRetention = new Map<string, number>();
  private readonly front: Front;
  private readonly api: HttpsPort;
  private readonly issuer: HttpsPort;

  private constructor(
    url: string,
    front: Front,
    ports: { api: HttpsPort; issuer: HttpsPort },
    cloudFormation: CloudFormation,
    eks: Eks,
  ) {
    this.url = url;
    this.front = front;
    this.api = ports.api;
    this.issuer = ports.issuer;
    this.cloudFormation = cloudFormation;
    this.eks = eks;
  }

  /** Stands in for one region. The certificates are those of the API server that EKS names. */
  static async start(moto: Moto, region: string, pki: Pki): Promise<Cloud> {
    const api = new HttpsPort(await freePort(), pki, apiServer);
    const issuer = new HttpsPort(await freePort(), pki, oidcIssuer);
    await issuer.open();
    const ec2 = new Ec2(`http://127.0.0.1:${moto.port}/`, region);
    const clusterAttributes = {
      Endpoint: api.url,
      OpenIdConnectIssuerUrl: issuer.url,
      CertificateAuthorityData: readFileSync(pki.ca).toString('base64'),
    };
    const account = { accountId: ACCOUNT_ID, region, clusterAttributes };
    const cloudFormation = new CloudFormation(account, (template) => makeNetwork(template, ec2));
    const eks = new Eks(cloudFormation.stacks, account);
    const front = new Front(moto.port, (request): Promise<string | RestAnswer | undefined> => cloud.answer(request));
    const cloud = new Cloud(await front.start(), front, { api, issuer }, cloudFormation, eks);
    return cloud;
  }

  /** "service action" of every request so far. */
  get calls(): readonly string[] {
    return this.front.calls;
  }

  async stop(): Promise<void> {
    await Promise.all([this.front.stop(), this.api.close(), this.issuer.close()]);
  }

  private async answer(request: AwsRequest): Promise<string | RestAnswer | undefined> {
    const { service, action, form, body } = request;
    if (service === 'cloudformation') {
      // The nodes come up once their groups are made.
      if (form.get('StackName')?.includes('-nodegroup-') === true) await this.api.open();
      return this.cloudFormation.answer(action, form);
    }
    if (service === 'autoscaling') return this.autoScaling.answer(action, form);
    if (service === 'eks') return this.eks.answer(request);
    if (service === 'ssm' && action === 'GetParameter') return imageParameter(String(body['Name']));
    if (service === 'ec2' && action === 'DescribeImages') return describeImages(form);
    if (service === 'logs' && action === 'PutRetentionPolicy') {
      this.logRetention.set(String(body['logGroupName']), Number(body['retentionInDays']));
      return { status: 200, body: {} };
    }
    return undefined;
  }
}
