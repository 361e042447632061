import { describe, expect, test } from '@jest/globals';
import { app } from '../said.js';

const bare = 'name: a\nimage: acme/a:1.0.0\nclusters: {prod: {}}\n';
const worker = `kind: worker\n`;
const cronjob = `kind: cronjob\nschedule: "@daily"\n`;

describe('fields that contradict each other', () => {
  test.each<[string, string, string[]]>([
    ['port and ports', 'port: 80\nports: [{name: http, port: 80}]\n', ['2:1 exclusive-fields']],
    ['host and hosts', 'port: 80\ningress: {hosts: [a.b], host: a.b}\n', ['2:11 exclusive-fields']],
    ['neither host nor hosts', 'port: 80\ningress: {path: /a}\n', ['2:1 missing-field']],
    [
      'a patch of both kinds',
      'port: 80\npatches: [{target: {kind: Service}, merge: {}, json: []}]\n',
      ['2:48 exclusive-fields'],
    ],
    ['a patch of no kind', 'port: 80\npatches: [{target: {kind: Service}}]\n', ['2:11 missing-field']],
    [
      'an external metric with both targets',
      'port: 80\nscale: {metrics: [{external: {metric: x, value: 1, average: 1}}]}\n',
      ['2:42 exclusive-fields'],
    ],
    [
      'an external metric without a target',
      'port: 80\nscale: {metrics: [{external: {metric: x}}]}\n',
      ['2:20 missing-field'],
    ],
    [
      'a scaling policy without an amount',
      'port: 80\nscale: {up: {policies: [{period: 1m}]}}\n',
      ['2:25 missing-field'],
    ],
    ['a service without ports', 'capacity: overflow\n', ['-2:1 missing-field']],
    ['a service on a schedule', 'port: 80\nschedule: "@daily"\n', ['2:1 field-not-for-kind']],
    ['a worker with ports', `${worker}port: 80\n`, ['2:1 field-not-for-kind']],
    [
      'a worker with named ports and an ingress',
      `${worker}ports: [{name: http, port: 80}]\ningress: {host: a.b}\n`,
      ['2:1 field-not-for-kind', '3:1 field-not-for-kind'],
    ],
    ['a cronjob without a schedule', 'kind: cronjob\n', ['-2:1 missing-field']],
    [
      'a cronjob with scale, release, ports and a disruption budget',
      `${cronjob}scale: {min: 1}\nrelease: {}\nport: 80\ndisruption: {}\n`,
      ['3:1 field-not-for-kind', '4:1 field-not-for-kind', '5:1 field-not-for-kind', '6:1 field-not-for-kind'],
    ],
    [
      'an init container with a port and probes',
      `port: 80\ninit: [{name: b, image: acme/b:1, port: 1, readiness: /, startup: /}]\n`,
      ['2:35 field-not-for-init', '2:44 field-not-for-init', '2:58 field-not-for-init'],
    ],
    ['a schedule that is none', 'kind: cronjob\nschedule: "61 * * * *"\n', ['2:11 invalid-schedule']],
    [
      'a schedule in the long form that is none',
      'kind: cronjob\nschedule: {cron: every day, suspend: true}\n',
      ['2:18 invalid-schedule'],
    ],
  ])('%s', (_, body, expected) => {
    expect(app(body, bare).places).toEqual(expected);
  });

  test.each([
    ['a service', 'port: 80\n'],
    ['a service with named ports and an ingress', 'ports: [{name: http, port: 80}]\ningress: {hosts: [a.b, c.d]}\n'],
    ['a worker', worker],
    ['a cronjob', cronjob],
    [
      'a sidecar with a port and probes',
      'port: 80\nsidecars: [{name: b, image: acme/b:1, port: 1, readiness: /, startup: /}]\n',
    ],
    ['a patch', 'port: 80\npatches: [{target: {kind: Service}, json: [{op: remove, path: /spec/type}]}]\n'],
  ])('%s is fine', (_, body) => {
    expect(app(body, bare).diagnostics).toEqual([]);
  });
});
