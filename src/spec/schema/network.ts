import { z } from 'zod';
import { field } from './field.js';
import { appName, cidr, dnsLabel, portName, portNumber, qualifiedName, labelValue } from './scalars.js';

const peer = z.union([
  z.strictObject({
    app: field(appName, { description: 'Another app on the same cluster.' }),
    ports: field(z.array(z.union([portName, portNumber])).min(1), {
      description: 'Its ports, by name or number.',
      defaultText: 'all of its ports',
      why: 'what may be called may be called on every port it serves',
    }).optional(),
  }),
  appName,
]);

const portWithProtocol = z
  .string()
  .regex(
    /^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])\/(TCP|UDP)$/,
    'a port such as 443 or 53/UDP',
  );

const networkPorts = field(z.array(z.union([portNumber, portWithProtocol])).min(1), {
  description: 'Ports, such as 443 or 53/UDP.',
});

export const network = z.strictObject({
  calls: field(z.array(peer), {
    description: 'Apps that this app calls: opens this app’s egress and their ingress, both from this line.',
    default: [],
    why: 'what is not named is denied',
  }).optional(),
  allowTo: field(
    z.array(
      z.strictObject({ cidr: field(cidr, { description: 'Addresses that may be called.' }), ports: networkPorts }),
    ),
    {
      description: 'Addresses outside the cluster that this app may call.',
      default: [],
      why: 'what is not named is denied',
    },
  ).optional(),
  allowFrom: field(
    z.array(
      z.union([
        z.strictObject({
          namespace: field(dnsLabel, { description: 'Namespace of the callers.' }),
          labels: field(z.record(qualifiedName, labelValue), {
            description: 'Labels of the calling pods.',
            defaultText: 'all pods of the namespace',
            why: 'a namespace is usually one team’s',
          }).optional(),
          ports: field(z.array(z.union([portName, portNumber])).min(1), {
            description: 'Ports of this app, by name or number.',
            defaultText: 'all',
            why: 'what may be called may be called on every port it serves',
          }).optional(),
        }),
        z.strictObject({
          cidr: field(cidr, { description: 'Addresses of the callers.' }),
          ports: field(z.array(z.union([portName, portNumber])).min(1), {
            description: 'Ports of this app, by name or number.',
            defaultText: 'all',
            why: 'what may be called may be called on every port it serves',
          }).optional(),
        }),
      ]),
    ),
    {
      description: 'Callers that no app spec shows, such as a monitoring namespace.',
      default: [],
      why: 'what is not named is denied',
    },
  ).optional(),
});
