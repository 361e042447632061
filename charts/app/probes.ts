import { k8s } from 'cdk8s-plus-27';
import type { ResolvedProbe } from '../../src/model/resolved.js';
import { present, unlessEmpty } from '../present.js';

/** A resolved probe as the kubelet reads it. */
export function probeSpec(probe: ResolvedProbe): k8s.Probe {
  return present<k8s.Probe>({
    ...handlerSpec(probe.handler),
    // The API server does not keep a zero.
    initialDelaySeconds: probe.initialDelaySeconds === 0 ? undefined : probe.initialDelaySeconds,
    periodSeconds: probe.periodSeconds,
    timeoutSeconds: probe.timeoutSeconds,
    failureThreshold: probe.failureThreshold,
    successThreshold: probe.successThreshold,
  });
}

function handlerSpec(handler: ResolvedProbe['handler']): Pick<k8s.Probe, 'httpGet' | 'grpc' | 'tcpSocket' | 'exec'> {
  switch (handler.kind) {
    case 'http':
      return {
        httpGet: present<k8s.HttpGetAction>({
          path: handler.path,
          port: portReference(handler.port),
          scheme: handler.scheme,
          httpHeaders: unlessEmpty(handler.headers),
        }),
      };
    case 'grpc':
      return { grpc: present<k8s.GrpcAction>({ port: handler.port, service: handler.service }) };
    case 'tcp':
      return { tcpSocket: { port: portReference(handler.port) } };
    case 'exec':
      return { exec: { command: [...handler.command] } };
  }
}

function portReference(port: string | number): k8s.IntOrString {
  return typeof port === 'number' ? k8s.IntOrString.fromNumber(port) : k8s.IntOrString.fromString(port);
}
