import { describe, expect, test } from '@jest/globals';
import { daemonSets } from '../../../src/facts/daemonsets.js';
import { objectNamed } from '../../support/repository.js';
import { asList } from '../../support/workloads.js';
import { componentObjects, containerOf, expectedRights, kinds, podSpecOf, rights, specOf } from './parts.js';

const name = 'aws-node-termination-handler';
const objects = componentObjects('node-termination-handler');
const podSpec = podSpecOf(objects, 'DaemonSet', name);
const container = containerOf(objects, 'DaemonSet', name);

describe('the Node Termination Handler', () => {
  test('is a DaemonSet with an account and its rights', () => {
    expect(kinds(objects)).toEqual([
      `ServiceAccount ${name}`,
      `ClusterRole ${name}`,
      `ClusterRoleBinding ${name}`,
      `DaemonSet ${name}`,
    ]);
    expect(objectNamed(objects, 'ClusterRoleBinding', name)).toMatchObject({
      roleRef: { kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'kube-system' }],
    });
  });

  test('may drain nodes, and nothing else', () => {
    expect(rights(objectNamed(objects, 'ClusterRole', name))).toEqual(
      expectedRights('get,list,patch,update nodes', 'get,list pods', 'create pods/eviction', 'get apps/daemonsets'),
    );
  });

  test('runs on Spot nodes that AWS does not manage, whatever their taints', () => {
    expect(podSpec['affinity']).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'node-lifecycle', operator: 'In', values: ['spot'] },
                { key: 'eks.amazonaws.com/nodegroup', operator: 'DoesNotExist' },
              ],
            },
          ],
        },
      },
    });
    expect(podSpec['tolerations']).toEqual([{ operator: 'Exists' }]);
    expect(podSpec['nodeSelector']).toEqual({ 'kubernetes.io/os': 'linux' });
  });

  test('states every setting of the chart', () => {
    const env = asList(container['env']);
    const fields = { NODE_NAME: 'spec.nodeName', POD_NAME: 'metadata.name', NAMESPACE: 'metadata.namespace' };
    expect(env.slice(0, 3)).toEqual(
      Object.entries(fields).map(([variable, fieldPath]) => ({
        name: variable,
        valueFrom: { fieldRef: { fieldPath } },
      })),
    );
    expect(Object.fromEntries(env.slice(3).map((variable) => [variable['name'], variable['value']]))).toEqual({
      ENABLE_SPOT_INTERRUPTION_DRAINING: 'true',
      ENABLE_SCHEDULED_EVENT_DRAINING: 'true',
      ENABLE_ASG_LIFECYCLE_DRAINING: 'true',
      ENABLE_REBALANCE_MONITORING: 'false',
      ENABLE_REBALANCE_DRAINING: 'false',
      ENABLE_SQS_TERMINATION_DRAINING: 'false',
      TAINT_NODE: 'true',
      CORDON_ONLY: 'false',
      DRY_RUN: 'false',
      DELETE_LOCAL_DATA: 'true',
      IGNORE_DAEMON_SETS: 'true',
      POD_TERMINATION_GRACE_PERIOD: '-1',
      NODE_TERMINATION_GRACE_PERIOD: '120',
      ENABLE_OUT_OF_SERVICE_TAINT: 'false',
      EXCLUDE_FROM_LOAD_BALANCERS: 'false',
      METADATA_TRIES: '3',
      UPTIME_FROM_FILE: '/proc/uptime',
      EMIT_KUBERNETES_EVENTS: 'false',
      LOG_LEVEL: 'info',
      LOG_FORMAT_VERSION: '1',
      JSON_LOGGING: 'false',
      ENABLE_PROBES_SERVER: 'false',
      PROBES_SERVER_PORT: '8080',
      PROBES_SERVER_ENDPOINT: '/healthz',
      ENABLE_PROMETHEUS_SERVER: 'false',
      PROMETHEUS_SERVER_PORT: '9092',
    });
  });

  test('reads the metadata service through the host, and opens no port of it', () => {
    expect(podSpec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(container).not.toHaveProperty('ports');
    expect(container).not.toHaveProperty('livenessProbe');
    expect(podSpec['volumes']).toEqual([{ name: 'uptime', hostPath: { path: '/proc/uptime' } }]);
    expect(container['volumeMounts']).toEqual([{ name: 'uptime', mountPath: '/proc/uptime', readOnly: true }]);
  });

  test('is critical to its node and restricted', () => {
    expect(podSpec['priorityClassName']).toBe('system-node-critical');
    expect(podSpec['securityContext']).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('asks for what the fit checks subtract from a Spot node', () => {
    const fact = daemonSets.find((daemonSet) => daemonSet.name === name);
    expect(container['resources']).toEqual({
      requests: { cpu: `${fact?.cpuMillis ?? 0}m`, memory: `${fact?.memoryMiB ?? 0}Mi` },
      limits: { memory: '128Mi' },
    });
  });

  test('is updated on a quarter of the nodes at a time', () => {
    expect(specOf(objectNamed(objects, 'DaemonSet', name))['updateStrategy']).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '25%' },
    });
  });
});
