import { z } from 'zod';
import { field } from './field.js';
import { absolutePath, arn, dnsLabel, duration, hostName, portName, portNumber, qualifiedName } from './scalars.js';

export const ingress = z.strictObject({
  host: field(hostName, { description: 'Host name; no two apps of a cluster may have the same.' }).optional(),
  hosts: field(z.array(hostName).min(1), { description: 'Several host names, instead of `host`.' }).optional(),
  path: field(absolutePath, {
    description: 'Path prefix that this app serves.',
    default: '/',
    why: 'a host name is usually one app’s',
  }).optional(),
  port: field(z.union([portName, portNumber]), {
    description:
      'Name or number of one of the ports. What it speaks (HTTP, HTTPS, HTTP/2, gRPC) is read from its readiness probe, appProtocol and name; HTTP/2 and gRPC need a certificateArn and clients that speak HTTP/2.',
    defaultText: 'the first',
    why: 'most apps have one port',
  }).optional(),
  certificateArn: field(arn, {
    description: 'ACM certificate. With it, HTTPS on 443 and a redirect from 80; without it, plain HTTP.',
    defaultText: 'none',
    why: 'only a person can name the certificate',
  }).optional(),
  scheme: field(z.enum(['internet-facing', 'internal']), {
    description: 'Who can reach the load balancer.',
    default: 'internet-facing',
    why: 'a host name is usually for the public',
  }).optional(),
  group: field(dnsLabel, {
    description: 'Apps of one group share one load balancer.',
    defaultText: 'a load balancer of its own',
    why: 'apps stay independent; sharing saves a load balancer’s fee',
  }).optional(),
  healthCheckPath: field(absolutePath, {
    description: 'Path that the load balancer asks; of a gRPC port, the method that it calls.',
    defaultText: 'the readiness path, else /; gRPC: that of a grpc readiness probe, else one that any server answers',
    why: 'what the app itself calls ready',
  }).optional(),
  deregistrationDelay: field(duration, {
    description: 'How long the load balancer lets open requests finish after a pod has left; within the preStop sleep.',
    defaultText: '5s less than `termination.preStop`, at least 5s',
    why: 'AWS’ default of 300s is longer than any Spot notice',
  }).optional(),
  annotations: field(z.record(qualifiedName, z.string()), {
    description: 'More annotations for the AWS Load Balancer Controller.',
  }).optional(),
});
