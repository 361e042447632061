import { beforeAll, describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../src/model/kube-object.js';
import { connects, type Pod } from '../support/network-evaluator.js';
import { clusterNamed, renderOwnRepository } from '../support/rendering.js';
import { asList, asMap, containersOf, podOf, podTemplateOf } from '../support/workloads.js';

/** Upstream names an address for a service that its release does not hold. */
const notDeployed = new Set(['shoppingassistantservice']);

interface Call {
  readonly from: string;
  readonly variable: string;
  readonly service: string;
  readonly port: number;
}

describe.each(['prod', 'staging'])('the rendered network policies of %s', (clusterName) => {
  let objects: readonly KubeObject[] = [];
  let policies: readonly KubeObject[] = [];
  let workloads: readonly KubeObject[] = [];

  beforeAll(async () => {
    objects = clusterNamed(await renderOwnRepository(), clusterName).objects.map(({ object }) => object);
    policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    workloads = objects.filter(
      (object) => object.metadata.namespace === 'boutique' && podTemplateOf(object) !== undefined,
    );
  });

  /** Pods have addresses of the VPC, as the VPC CNI gives them. */
  const podAddress = clusterName === 'prod' ? '192.168.77.8' : '10.20.77.8';
  const pod = (object: KubeObject): Pod => podOf(object, podAddress);
  const dns: Pod = {
    name: 'coredns',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    ip: podAddress,
  };
  /** One that no policy holds: a raw manifest's without one, or any of kube-system. */
  const stranger: Pod = { name: 'stranger', namespace: 'kube-system', labels: { app: 'stranger' }, ip: podAddress };

  const workload = (name: string): KubeObject => {
    const found = workloads.find((object) => object.metadata.name === name);
    if (found === undefined) throw new Error(`no workload ${name}`);
    return found;
  };

  const calls = (): Call[] =>
    workloads.flatMap((object) =>
      containersOf(object).flatMap((container) =>
        asList(container['env'])
          .filter(({ name }) => /_ADDR$/.test(String(name)))
          .map((variable): Call => {
            const [service = '', port = ''] = String(variable['value']).split(':');
            return { from: object.metadata.name, variable: String(variable['name']), service, port: Number(port) };
          }),
      ),
    );

  test('let every call through that an address variable names', () => {
    const walked = calls().filter(({ service }) => !notDeployed.has(service));
    expect(walked.length).toBeGreaterThanOrEqual(16);
    for (const call of walked) {
      const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === call.service);
      const spec = asMap(service?.['spec']);
      const servicePort = asList(spec['ports']).find(({ port }) => port === call.port);
      const callee = workloads.find((object) =>
        Object.entries(asMap(spec['selector'])).every(([key, value]) => pod(object).labels[key] === value),
      );
      if (servicePort === undefined || callee === undefined)
        throw new Error(`${call.service}:${call.port} leads nowhere`);
      const containerPort = containersOf(callee)
        .flatMap((container) => asList(container['ports']))
        .find(
          ({ name, containerPort: number }) =>
            name === servicePort['targetPort'] || number === servicePort['targetPort'],
        );
      const port = Number(containerPort?.['containerPort']);
      expect({ ...call, through: connects(policies, pod(workload(call.from)), pod(callee), port) }).toEqual({
        ...call,
        through: true,
      });
    }
  });

  test('reach old pods and new ones while a release changes the number of a port', () => {
    const old = pod(workload('cartservice'));
    const released: Pod = { ...old, ports: { ...old.ports, grpc: 7071 } };
    const caller = pod(workload('frontend'));
    expect(connects(policies, caller, old, 7070)).toBe(true);
    expect(connects(policies, caller, released, 7071)).toBe(true);
    expect(connects(policies, caller, released, 7070)).toBe(false);
  });

  test('let every pod ask DNS', () => {
    for (const object of workloads) {
      expect(connects(policies, pod(object), dns, 53, 'UDP')).toBe(true);
      expect(connects(policies, pod(object), dns, 53, 'TCP')).toBe(true);
    }
  });

  test('let the load balancer in to the frontend alone', () => {
    const inVpc = { ip: clusterName === 'prod' ? '192.168.3.4' : '10.20.3.4' };
    const outside = { ip: '198.51.100.7' };
    expect(connects(policies, inVpc, pod(workload('frontend')), 8080)).toBe(true);
    expect(connects(policies, outside, pod(workload('frontend')), 8080)).toBe(false);
    expect(connects(policies, inVpc, pod(workload('cartservice')), 7070)).toBe(false);
  });

  test('stop what no spec names', () => {
    const refused: [string, string, number][] = [
      ['adservice', 'redis-cart', 6379],
      ['frontend', 'redis-cart', 6379],
      ['frontend', 'paymentservice', 50051],
      ['loadgenerator', 'checkoutservice', 5050],
      ['storefront-check', 'cartservice', 7070],
    ];
    for (const [from, to, port] of refused) {
      expect({ from, to, through: connects(policies, pod(workload(from)), pod(workload(to)), port) }).toEqual({
        from,
        to,
        through: false,
      });
    }
    expect(connects(policies, pod(workload('adservice')), { ip: '198.51.100.7' }, 443)).toBe(false);
  });

  test('leave one hole: what the load balancer may reach, any pod of the VPC may that is let out there', () => {
    expect(connects(policies, stranger, pod(workload('frontend')), 8080)).toBe(true);
    // The apps' own pods are not let out: their egress names what they may call.
    expect(connects(policies, pod(workload('adservice')), pod(workload('frontend')), 8080)).toBe(false);
    // And it is that port of that app alone.
    expect(connects(policies, stranger, pod(workload('frontend')), 9090)).toBe(false);
    for (const name of ['cartservice', 'redis-cart', 'checkoutservice', 'adservice']) {
      const ports = containersOf(workload(name)).flatMap((container) => asList(container['ports']));
      for (const { containerPort } of ports) {
        expect({ name, through: connects(policies, stranger, pod(workload(name)), Number(containerPort)) }).toEqual({
          name,
          through: false,
        });
      }
    }
  });

  test('let the canary’s analysis job reach the frontend and nothing else', () => {
    const template = objects.find(
      ({ kind, metadata }) => kind === 'AnalysisTemplate' && metadata.namespace === 'boutique',
    );
    const metric = asList(asMap(template?.['spec'])['metrics'])[0];
    const jobTemplate = asMap(asMap(asMap(asMap(asMap(metric)['provider'])['job'])['spec'])['template']);
    const job: Pod = {
      name: 'analysis',
      namespace: 'boutique',
      labels: asMap(asMap(jobTemplate['metadata'])['labels']) as Record<string, string>,
      ip: podAddress,
    };
    expect(connects(policies, job, pod(workload('frontend')), 8080)).toBe(true);
    expect(connects(policies, job, dns, 53, 'UDP')).toBe(true);
    expect(connects(policies, job, pod(workload('redis-cart')), 6379)).toBe(false);
    expect(connects(policies, job, { ip: '198.51.100.7' }, 443)).toBe(false);
  });
});
