import { groupOf, type ObjectKey } from '../../../src/core/object-key';
import type { Plane } from '../plan';
import * as services from './cluster-services';
import { condition, isBehind, NOT_LOOKED, words } from './condition';
import { cronJob, job, removedByItself, startedJob } from './jobs';
import * as ofKarmada from './karmada-kinds';
import { gateway, ingressWithAddress, route, service } from './network';
import { pod } from './pods';
import { persistentVolume, persistentVolumeClaim } from './storage';
import { byUser, type UserRule } from './user-rule';
import { current, failed, inProgress, NO_GRACE_MS, type Readiness, type Rule, type Surroundings } from './verdict';
import { daemonSet, deployment, replicaSet, statefulSet } from './workloads';

type Rules = { readonly [kind: string]: Rule };

/** Kinds that the API server itself carries out, whichever it is. */
const EVERYWHERE: Rules = {
  'APIService.apiregistration.k8s.io': services.apiService,
  'CustomResourceDefinition.apiextensions.k8s.io': services.customResourceDefinition,
  'Namespace.': services.namespace,
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': services.webhookConfiguration,
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': services.webhookConfiguration,
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': services.admissionPolicy,
};

/** Kinds that a cluster carries out. On Karmada its members do, which is what propagation is about. */
const CLUSTER: Rules = {
  'Deployment.apps': deployment,
  'StatefulSet.apps': statefulSet,
  'DaemonSet.apps': daemonSet,
  'ReplicaSet.apps': replicaSet,
  'Job.batch': job,
  'CronJob.batch': cronJob,
  'Pod.': pod,
  'PersistentVolumeClaim.': persistentVolumeClaim,
  'PersistentVolume.': persistentVolume,
  'Service.': service,
  'ResourceQuota.': services.resourceQuota,
  'PodDisruptionBudget.policy': services.podDisruptionBudget,
  'HorizontalPodAutoscaler.autoscaling': services.horizontalPodAutoscaler,
  'Secret.': services.secret,
  'Gateway.gateway.networking.k8s.io': gateway,
  'HTTPRoute.gateway.networking.k8s.io': route,
  'GRPCRoute.gateway.networking.k8s.io': route,
  'Karmada.operator.karmada.io': ofKarmada.karmada,
};

/** Karmada's own kinds, on its API server. */
const KARMADA: Rules = {
  'Cluster.cluster.karmada.io': ofKarmada.cluster,
  'ResourceBinding.work.karmada.io': ofKarmada.binding,
  'ClusterResourceBinding.work.karmada.io': ofKarmada.binding,
  'Work.work.karmada.io': ofKarmada.work,
  'FederatedResourceQuota.policy.karmada.io': ofKarmada.federatedResourceQuota,
  'FederatedHPA.autoscaling.karmada.io': ofKarmada.federatedHpa,
  'CronFederatedHPA.autoscaling.karmada.io': ofKarmada.cronFederatedHpa,
  'MultiClusterService.networking.karmada.io': ofKarmada.multiClusterService,
  'WorkloadRebalancer.apps.karmada.io': ofKarmada.workloadRebalancer,
};

/** Kinds that are what they are as soon as they are accepted. */
const ACCEPTED = new Set([
  ...['ConfigMap.', 'ServiceAccount.', 'Endpoints.', 'LimitRange.', 'Event.'],
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`),
  ...['EndpointSlice.discovery.k8s.io', 'Ingress.networking.k8s.io', 'IngressClass.networking.k8s.io'],
  ...['NetworkPolicy.networking.k8s.io', 'PriorityClass.scheduling.k8s.io', 'StorageClass.storage.k8s.io'],
  ...['RuntimeClass.node.k8s.io', 'Lease.coordination.k8s.io', 'FlowSchema.flowcontrol.apiserver.k8s.io'],
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
]);

/** How long a kind that may publish a status is given to do so. */
const SETTLE_MS = 5_000;

/** What is to be judged. */
export interface Subject {
  readonly plane: Plane;
  readonly key: ObjectKey;
  /** Undefined when it is not there. */
  readonly live: any;
  /** As it was seen last. */
  readonly seen?: any;
  /** UID that it had when it was written. */
  readonly uid?: string;
  readonly user?: UserRule;
}

/** The rule for a kind; undefined when only what all objects have in common can be judged. */
export function ruleOf(plane: Plane, { kind, apiVersion }: ObjectKey): Rule | undefined {
  const name = `${kind}.${groupOf(apiVersion)}`;
  return EVERYWHERE[name] ?? (plane === 'host' ? CLUSTER[name] : KARMADA[name]);
}

/** Is it ready as soon as it is accepted? */
export function isReadyAtOnce(plane: Plane, { kind, apiVersion }: ObjectKey): boolean {
  const group = groupOf(apiVersion);
  return ACCEPTED.has(`${kind}.${group}`) || (plane === 'karmada' && isWithoutStatus(kind, group));
}

function isWithoutStatus(kind: string, group: string): boolean {
  return /^(Cluster)?(Propagation|Override)Policy$/.test(kind) && group === 'policy.karmada.io';
}

/** How far an object is. The questions stand in an order in which each makes the next one meaningful. */
export function readinessOf(subject: Subject, surroundings: Surroundings): Readiness {
  const { plane, key, live, seen, uid, user } = subject;
  if (user === 'skip') return current('it is not waited for');
  if (!live) {
    if (removedByItself(seen, surroundings.nowMs)) return current('it was done, and is removed');
    return { state: 'absent', message: 'it is not there any more' };
  }
  if (uid !== undefined && live.metadata.uid !== uid)
    return failed(`somebody has put another one in its place${byWhom(live)}`, NO_GRACE_MS);
  if (live.metadata.deletionTimestamp) return { state: 'terminating', message: terminating(live) };
  if (isBehind(live.status?.observedGeneration, live)) return inProgress(NOT_LOOKED);
  if (condition(live, 'Reconciling')?.status === 'True')
    return inProgress(`its controller is at work: ${words(condition(live, 'Reconciling'))}`);
  if (condition(live, 'Stalled')?.status === 'True')
    return failed(`it is stalled: ${words(condition(live, 'Stalled'))}`);
  if (user !== undefined && typeof user !== 'string') return byUser(live, user);
  if (user === 'started') return startedJob(live, surroundings);
  if (user === 'address') return ingressWithAddress(live, surroundings);
  const rule = ruleOf(plane, key);
  if (rule) return rule(live, surroundings);
  return isReadyAtOnce(plane, key) ? current() : generic(live, surroundings);
}

/** What a kind that nobody knows says of itself. */
function generic(live: any, { nowMs, sinceMs = nowMs, publishesStatus }: Surroundings): Readiness {
  for (const type of ['Ready', 'Available']) {
    const found = condition(live, type);
    if (found) return found.status === 'True' ? current() : inProgress(`${type} is ${found.status}: ${words(found)}`);
  }
  const isSilent = Object.keys(live.status ?? {}).length === 0;
  if (!publishesStatus || !isSilent) return current();
  return nowMs - sinceMs < SETTLE_MS ? inProgress('it publishes no status yet') : current('it publishes no status');
}

function terminating({ metadata }: any): string {
  const held: string[] = metadata.finalizers ?? [];
  return `it is being deleted${held.length ? `, held by ${held.join(', ')}` : ''}`;
}

/** The manager that was first to write an object. */
function byWhom({ metadata }: any): string {
  const [first] = [...(metadata.managedFields ?? [])].sort((a, b) => (a.time < b.time ? -1 : 1));
  return first?.manager ? `: ${first.manager}` : '';
}
