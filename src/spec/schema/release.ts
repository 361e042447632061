import { z } from 'zod';
import { field } from './field.js';
import {
  absolutePath,
  countOrShare,
  duration,
  imageReference,
  portName,
  portNumber,
  positiveShare,
  share,
} from './scalars.js';

/** A canary step: a share of the pods, a pause, or a pause until a person promotes. */
export const canaryStep = z.union([positiveShare, duration, z.literal('pause')]);

const every = {
  interval: field(duration, {
    description: 'Time between two measurements.',
    default: '1m',
    why: 'CloudWatch and most scrapers have a point a minute',
  }).optional(),
  count: field(z.int().min(1).max(1000), {
    description: 'Measurements in one analysis.',
    default: 5,
    why: 'five points show a trend, and a step seldom lasts longer',
  }).optional(),
  failureLimit: field(z.int().min(0), {
    description: 'Failed measurements that are still borne.',
    default: 0,
    why: 'a release that fails a measurement is stopped first and understood afterwards',
  }).optional(),
};

export const analysis = z.union([
  z.strictObject({
    job: field(
      z.strictObject({
        path: field(absolutePath, {
          description: 'Path that is fetched from the canary’s own Service.',
          defaultText: 'the readiness path, else /',
          why: 'what the app itself calls ready',
        }).optional(),
        port: field(z.union([portName, portNumber]), {
          description: 'Name or number of one of the ports.',
          defaultText: 'the first',
          why: 'most apps have one port',
        }).optional(),
        requests: field(z.int().min(1).max(100000), {
          description: 'Requests in one analysis.',
          default: 100,
          why: 'enough for a share of 1% to show',
        }).optional(),
        maxErrors: field(share, {
          description: 'Share of failed requests above which the release is aborted.',
          default: '5%',
          why: 'more than a lost request, less than a bug',
        }).optional(),
        timeout: field(duration, {
          description: 'Time after which one request has failed.',
          default: '5s',
          why: 'longer than any answer that a person waits for',
        }).optional(),
        image: field(imageReference, {
          description: 'Image with sh and wget.',
          defaultText: 'busybox, pinned by digest',
          why: 'small, and pinned',
        }).optional(),
      }),
      { description: 'A Job calls the canary’s Service and counts the errors; needs nothing installed.' },
    ),
  }),
  z.strictObject({
    web: field(
      z.strictObject({
        url: field(z.string().regex(/^https?:\/\/[^\s]+$/, 'an http or https URL'), {
          description:
            'Asked by the Rollouts controller; {{args.service}} stands for the host name of the canary’s Service. An app of the cluster is <app>.<namespace>.svc and the port of its Service, which is then opened to the controller.',
        }),
        jsonPath: field(z.string().min(1), {
          description: 'Where the value is in the JSON answer.',
          default: '{$}',
          why: 'the whole answer',
        }).optional(),
        successCondition: field(z.string().min(1), {
          description: 'An expression on `result`.',
          examples: ['result >= 0.95'],
        }),
        ...every,
      }),
      { description: 'A value from a JSON endpoint.' },
    ),
  }),
  z.strictObject({
    cloudWatch: field(
      z.strictObject({
        namespace: field(z.string().min(1), { description: 'Namespace of the metric.' }),
        metric: field(z.string().min(1), { description: 'Name of the metric.' }),
        dimensions: field(z.record(z.string(), z.string()), { description: 'Dimensions of the metric.' }).optional(),
        statistic: field(z.string().min(1), {
          description: 'Statistic, such as Sum, Average or p99.',
          default: 'Average',
          why: 'what most alarms look at',
        }).optional(),
        period: field(duration, {
          description: 'Period of one point.',
          default: '1m',
          why: 'CloudWatch’s own resolution',
        }).optional(),
        successCondition: field(z.string().min(1), {
          description: 'An expression on `result`.',
          examples: ['result[0].Values[0] < 0.05'],
        }),
        ...every,
      }),
      {
        description:
          'A CloudWatch metric; needs `rollouts.cloudWatch` in the cluster spec, which gives the controller the permission.',
      },
    ),
  }),
]);

export const release = z.strictObject({
  canary: field(z.array(canaryStep).min(1), {
    description:
      'Steps of a gradual release, by the ratio of pods: a share, then how long to stay, or `pause` until a person promotes.',
    defaultText: 'none: a Deployment that rolls',
    why: 'a gradual release is asked for: its steps depend on the app',
    examples: [['10%', '2m', '50%', '5m']],
  }).optional(),
  analysis: field(analysis, {
    description: 'Runs once after the first step of a canary and aborts the release where it fails.',
  }).optional(),
  maxSurge: field(countOrShare, {
    description: 'Pods above the wanted number while a release runs.',
    defaultText: '25%; 0 with a ReadWriteOnce claim',
    why: 'new pods come before old ones go',
  }).optional(),
  maxUnavailable: field(countOrShare, {
    description: 'Pods that may be missing while a release runs.',
    defaultText: '0; 1 with a ReadWriteOnce claim',
    why: 'a release should never cost capacity',
  }).optional(),
  progressDeadline: field(duration, {
    description: 'Time without progress after which a release has failed.',
    default: '10m',
    why: 'Kubernetes’ own: a pod that is not ready after ten minutes will not be',
  }).optional(),
  historyLimit: field(z.int().min(1).max(50), {
    description: 'Old ReplicaSets that are kept for a way back.',
    default: 5,
    why: 'five ways back; more is clutter in every listing',
  }).optional(),
});
