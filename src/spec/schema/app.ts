import { z } from 'zod';
import { env, envFrom, extraContainer, health, resources, security } from './container.js';
import { field } from './field.js';
import { release } from './release.js';
import { scale } from './scale.js';
import {
  absoluteFilePath,
  absolutePath,
  appName,
  countOrShare,
  dnsLabel,
  objectName,
  duration,
  iamPolicyArn,
  imageReference,
  portName,
  portNumber,
  qualifiedName,
  repositoryPath,
  labelValue,
} from './scalars.js';
import { appVolume } from './volume.js';
import { network } from './network.js';
import { ingress } from './ingress.js';
import { patch } from './patch.js';
import { schedule } from './schedule.js';

const port = z.strictObject({
  name: field(portName, { description: 'Name of the port.', examples: ['http', 'grpc'] }),
  port: field(portNumber, { description: 'Port that the container listens on.' }),
  servicePort: field(portNumber, {
    description: 'Port that the Service offers.',
    defaultText: 'the container’s port',
    why: 'one number to remember',
  }).optional(),
  protocol: field(z.enum(['TCP', 'UDP']), {
    description: 'Transport protocol.',
    default: 'TCP',
    why: 'HTTP and gRPC run on it',
  }).optional(),
  appProtocol: field(z.string().min(1), {
    description: 'Protocol spoken on it, for load balancers and meshes.',
    examples: ['grpc', 'kubernetes.io/h2c', 'https'],
  }).optional(),
});

const externalSecret = z.strictObject({
  name: field(objectName, { description: 'Name of the Secret in the app’s namespace.' }),
  keys: field(z.array(z.string().min(1)).min(1), { description: 'Keys that it must hold.' }),
  source: field(z.string().min(1), {
    description: 'Where it comes from, for the person who sets the cluster up.',
    examples: ['AWS Secrets Manager shop/db, by External Secrets'],
  }),
});

const spread = z.enum(['ScheduleAnyway', 'DoNotSchedule', 'none']);

const aws = z.strictObject({
  policies: field(z.array(iamPolicyArn), {
    description: 'Managed IAM policies that the app’s role gets.',
    default: [],
    why: 'what is not named is denied',
  }).optional(),
  statements: field(
    z.array(
      z.strictObject({
        actions: field(
          z.array(z.string().regex(/^([a-z0-9-]+:[A-Za-z0-9*?]+)$/, 'an action such as s3:GetObject')).min(1),
          { description: 'Actions.' },
        ),
        resources: field(z.array(z.string().min(1)).min(1), { description: 'ARNs of the resources.' }),
        conditions: field(z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))), {
          description: 'Condition block.',
        }).optional(),
      }),
    ),
    { description: 'Statements of an inline policy; each allows.', default: [], why: 'what is not named is denied' },
  ).optional(),
});

const delivery = z.strictObject({
  bumps: field(dnsLabel, {
    description: 'Cluster of this app that `spillway bump` writes a new image to where no --cluster is given.',
    defaultText: 'none: `spillway bump` asks for --cluster',
    why: 'no build reaches a cluster that nobody named for it',
    examples: ['staging'],
  }).optional(),
});

/** What an app's file may hold, for one cluster after its overrides. `clusters` itself is taken out before. */
export const appFields = {
  name: field(appName, {
    description: 'Name of the app, of its objects and of its Argo CD Application. It must be the file’s name.',
  }),
  kind: field(z.enum(['service', 'worker', 'cronjob']), {
    description: 'service: has ports and a Service. worker: runs without ports. cronjob: runs on a schedule.',
    default: 'service',
    why: 'most apps answer requests',
  }).optional(),
  namespace: field(dnsLabel, {
    description: 'Namespace; created with Pod Security labels.',
    defaultText: 'the app’s name',
    why: 'a namespace per app keeps rights and policies apart',
  }).optional(),
  image: field(imageReference, {
    description: 'Image with a version in its tag, or a digest; a tag that moves (latest, main) is a warning.',
    examples: ['ghcr.io/stefanprodan/podinfo:6.9.2'],
  }),
  imagePullPolicy: field(z.enum(['IfNotPresent', 'Always']), {
    description: 'When the image is pulled.',
    default: 'IfNotPresent',
    why: 'a pinned image does not change, and a registry that is down stops no restart',
  }).optional(),
  command: field(z.array(z.string()), { description: 'Replaces the image’s entrypoint.' }).optional(),
  args: field(z.array(z.string()), { description: 'Replaces the image’s arguments.' }).optional(),
  workingDir: field(absolutePath, {
    description: 'Working directory.',
    defaultText: 'the image’s',
    why: 'the image knows where its files are',
  }).optional(),
  port: field(portNumber, { description: 'Short for one port named http.', examples: [8080] }).optional(),
  ports: field(z.array(port).min(1), { description: 'Ports of the container and of the Service.' }).optional(),
  env: field(env, {
    description: 'Environment variables, in order: a value, or {secret}, {configMap}, {field} or {resource}.',
  }).optional(),
  envFrom: field(envFrom, { description: 'Whole Secrets or ConfigMaps as variables.' }).optional(),
  files: field(z.record(absoluteFilePath, z.string()), {
    description:
      'Files by absolute path, with their text. They are in a ConfigMap whose hash stands on the pods, so that a change rolls them. While a canary runs, and after an abort, old pods that start anew read the new files, too.',
  }).optional(),
  health: field(health, {
    description: 'Probes: a path for readiness and liveness, or each by itself.',
    examples: ['/healthz'],
  }).optional(),
  resources: field(resources, { description: 'Requests and limits.' }).optional(),
  init: field(z.array(extraContainer), {
    description: 'Init containers, in order.',
    default: [],
    why: 'most images need no preparation',
  }).optional(),
  sidecars: field(z.array(extraContainer), {
    description: 'Native sidecars: start before the app and stop after it.',
    default: [],
    why: 'one container does one thing',
  }).optional(),
  volumes: field(z.array(appVolume), {
    description: 'Volumes.',
    default: [],
    why: 'what is not kept needs no disk',
  }).optional(),
  capacity: field(z.enum(['overflow', 'prefer-spot', 'on-demand']), {
    description: 'overflow: on-demand first, Spot when it is full. prefer-spot: Spot first. on-demand: never on Spot.',
    default: 'overflow',
    why: 'stable while there is room, cheap when load comes',
  }).optional(),
  scale: field(scale, { description: 'How many pods.' }).optional(),
  release: field(release, { description: 'How a new version comes.' }).optional(),
  delivery: field(delivery, { description: 'Where new builds go. The same on all clusters.' }).optional(),
  schedule: field(schedule, { description: 'When a cronjob runs.', examples: ['0 3 * * *'] }).optional(),
  disruption: field(
    z.strictObject({
      maxUnavailable: field(countOrShare, {
        description: 'Pods that a drain may take at once.',
        default: '25%',
        why: 'rounds up, so a full Spot node drains in at most four rounds, within the two minutes of notice',
      }).optional(),
    }),
    { description: 'PodDisruptionBudget.' },
  ).optional(),
  termination: field(
    z.strictObject({
      gracePeriod: field(duration, {
        description: 'Time from the end’s announcement to the kill, preStop included; at most 90s on Spot.',
        default: '60s',
        why: 'long enough for open requests, short enough for a Spot notice of 120s',
      }).optional(),
      preStop: field(duration, {
        description: 'Sleep before the signal, while load balancers and kube-proxy forget the pod.',
        defaultText: '10s; 20s with an ingress; 0s for workers and cronjobs',
        why: 'endpoints go on sending for some seconds after a pod is told to stop',
      }).optional(),
      work: field(duration, {
        description: 'How long the app needs after the signal to finish its work.',
        default: '15s',
        why: 'most requests are answered within a few seconds',
      }).optional(),
    }),
    { description: 'How a pod ends.' },
  ).optional(),
  spread: field(
    z.strictObject({
      zone: field(spread, {
        description: 'Even spread over availability zones.',
        default: 'ScheduleAnyway',
        why: 'survives the loss of a zone without ever keeping a pod from running',
      }).optional(),
      host: field(spread, {
        description: 'Even spread over nodes.',
        defaultText: 'none for overflow apps, ScheduleAnyway for others with more than one pod',
        why: 'a rule per node fights the preference for on-demand nodes',
      }).optional(),
    }),
    { description: 'Topology spread.' },
  ).optional(),
  security: field(security, {
    description: 'Each field relaxes or sets one thing of Pod Security `restricted`.',
  }).optional(),
  aws: field(aws, { description: 'AWS permissions, by Pod Identity or IRSA as the cluster says.' }).optional(),
  ingress: field(ingress, { description: 'An Application Load Balancer in front.' }).optional(),
  network: field(network, {
    description: 'What is allowed beside DNS; all else is denied, in both directions.',
  }).optional(),
  externalSecrets: field(z.array(externalSecret), {
    description: 'Secrets that the spec names and something else puts into the cluster.',
    default: [],
    why: 'an app without Secrets needs nobody to bring them',
  }).optional(),
  serviceAccountToken: field(z.boolean(), {
    description: 'Whether the pod gets a token for the Kubernetes API.',
    default: false,
    why: 'few apps call the API, and a token is what an attacker looks for first',
  }).optional(),
  priorityClassName: field(objectName, {
    description: 'Name of an existing PriorityClass.',
    defaultText: 'none',
    why: 'apps are equals; the platform’s controllers alone go first',
  }).optional(),
  labels: field(z.record(qualifiedName, labelValue), {
    description: 'More labels on every object and pod.',
  }).optional(),
  podAnnotations: field(z.record(qualifiedName, z.string()), {
    description: 'More annotations on the pods.',
  }).optional(),
  patches: field(z.array(patch), {
    description: 'Changes to rendered objects, for what no field says; checked like everything else.',
    default: [],
    why: 'what a field can say, a field should say',
  }).optional(),
  manifests: field(z.array(repositoryPath), {
    description: 'Files of this repository with more objects for this app’s namespace; checked like everything else.',
    default: [],
    why: 'what a field can say, a field should say',
    examples: [['apps/shop/extra.yaml']],
  }).optional(),
  silence: field(z.record(z.string(), z.string().min(10, 'a reason of at least 10 characters')), {
    description: 'Checks that are silent for this app: their id and the reason.',
  }).optional(),
};

/** An app's spec as it holds for one cluster. */
export const appSpec = z.strictObject(appFields);
export type AppSpec = z.infer<typeof appSpec>;
