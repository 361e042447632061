import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ControllerRole } from '../../src/model/controller-roles.js';
import { present } from '../present.js';

/** One controller of the platform: its objects bear its name, its pods run as a ServiceAccount of that name. */
export interface Controller {
  readonly name: string;
  readonly namespace: string;
  /** Upstream's release, for `kubectl get -L app.kubernetes.io/version`. */
  readonly version: string;
}

/** Selects the controller's pods and no other's of its namespace. */
export function selectorLabels(controller: Controller): Record<string, string> {
  return { 'app.kubernetes.io/name': controller.name };
}

/** What only the object of one kind has: another name than its controller's, labels or annotations of its own. */
interface OwnMeta {
  readonly name?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string> | undefined;
}

/** Metadata of an object without a namespace. */
export function clusterMeta(controller: Controller, own: OwnMeta = {}): k8s.ObjectMeta {
  return present<k8s.ObjectMeta>({
    name: own.name ?? controller.name,
    labels: {
      ...selectorLabels(controller),
      'app.kubernetes.io/version': controller.version,
      'app.kubernetes.io/managed-by': 'spillway',
      ...own.labels,
    },
    annotations: own.annotations,
  });
}

/** Metadata of an object in the controller's namespace. */
export function objectMeta(controller: Controller, own: OwnMeta = {}): k8s.ObjectMeta {
  return { ...clusterMeta(controller, own), namespace: controller.namespace };
}

/**
 * The ServiceAccount of the controller. With IRSA it wears its role's ARN; Pod Identity needs nothing here, since the association that
 * eksctl makes names the ServiceAccount.
 */
export function addServiceAccount(chart: Chart, controller: Controller, role?: ControllerRole): void {
  new k8s.KubeServiceAccount(chart, 'service-account', {
    metadata: objectMeta(controller, {
      annotations: role?.roleArn === undefined ? undefined : { 'eks.amazonaws.com/role-arn': role.roleArn },
    }),
  });
}

/**
 * One pod may go at a time. Without a budget Cluster Autoscaler keeps the node of a kube-system pod (for an hour as of 1.35, for ever
 * before); with `minAvailable: 1` a single replica could never be drained.
 */
export function addDisruptionBudget(chart: Chart, controller: Controller): void {
  new k8s.KubePodDisruptionBudget(chart, 'disruption-budget', {
    metadata: objectMeta(controller),
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: selectorLabels(controller) },
      // A pod that does not get ready must not keep its node from being drained (stable since Kubernetes 1.31).
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
