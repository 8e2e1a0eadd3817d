import { groupOf, keyOf, type ObjectKey } from '../../../src/core/object-key';
import { byName } from '../../../src/core/private/by-name';
import { printable } from '../answer';
import { condition } from '../readiness/condition';
import { targetsOf } from '../readiness/propagation';
import { isPaused } from './operation';

/** A workload on one member. */
export interface WorkloadCluster {
  readonly name: string;
  /** Pods that it is to have there; null where its kind does not count them. */
  readonly replicas: number | null;
  /** Pods that are ready there; null where the member has not said. */
  readonly ready: number | null;
  /** `Healthy`, `Unhealthy` or `Unknown`, in Karmada's words. */
  readonly health: string;
}

/** One workload of a Karmada, as lists show it. */
export interface WorkloadRow {
  readonly key: ObjectKey;
  /** Pods that are ready, on all members; null where its kind does not count them. */
  readonly ready: number | null;
  readonly desired: number | null;
  readonly clusters: readonly WorkloadCluster[];
  /** In words, the first thing that is not as it should be. */
  readonly status: string;
  readonly paused: boolean;
  readonly created: string;
}

/** Which workloads are listed. */
export interface WorkloadFilter {
  /** A member that has it, or is to have it. */
  readonly cluster?: string;
  /** Part of the name. */
  readonly name?: string;
}

/** The newest first; those of one second by name. */
export function workloadRows(
  templates: readonly any[],
  bindings: readonly any[],
  { cluster, name }: WorkloadFilter,
): WorkloadRow[] {
  const byTemplate = new Map(bindings.map((binding) => [idOf(binding.spec?.resource ?? {}), binding]));
  return templates
    .filter(({ metadata }) => name === undefined || metadata.name.includes(name))
    .map((template) => workloadRow(template, byTemplate.get(idOf(keyOf(template)))))
    .filter(({ clusters }) => cluster === undefined || clusters.some((each) => each.name === cluster))
    .sort((a, b) => byName(b.created, a.created) || byName(textOf(a.key), textOf(b.key)));
}

/** Versions of a group are one kind. */
function idOf({ apiVersion = '', kind = '', namespace = '', name = '' }: Partial<ObjectKey>): string {
  return [groupOf(apiVersion), kind, namespace, name].join('/');
}

function textOf({ namespace, name, kind }: ObjectKey): string {
  return [namespace, name, kind].join('/');
}

export function workloadRow(template: any, binding: any): WorkloadRow {
  const clusters = binding ? clustersOf(binding) : [];
  const sum = (field: 'replicas' | 'ready') => {
    const known = clusters.flatMap((each) => each[field] ?? []);
    return known.length ? known.reduce((all, each) => all + each, 0) : null;
  };
  const desired = sum('replicas');
  return {
    key: keyOf(template),
    ready: sum('ready') ?? (desired === null ? null : 0),
    desired,
    clusters,
    status: statusOf(template, binding, clusters),
    paused: isPaused(template),
    created: template.metadata.creationTimestamp ?? '',
  };
}

function clustersOf(binding: any): WorkloadCluster[] {
  const shares = new Map<string, number | undefined>(
    (binding.spec?.clusters ?? []).map(({ name, replicas }: any) => [name, replicas]),
  );
  return targetsOf(binding).map((name) => {
    const item = itemOf(binding, name);
    const { readyReplicas, replicas, numberReady, desiredNumberScheduled } = item?.status ?? {};
    const counted = replicas === undefined ? numberReady : (readyReplicas ?? 0);
    return {
      name,
      replicas: shares.get(name) ?? replicas ?? desiredNumberScheduled ?? null,
      ready: counted ?? null,
      health: item?.health ?? 'Unknown',
    };
  });
}

function itemOf(binding: any, cluster: string): any {
  return (binding.status?.aggregatedStatus ?? []).find(({ clusterName }: any) => clusterName === cluster);
}

function statusOf(template: any, binding: any, clusters: readonly WorkloadCluster[]): string {
  if (template.metadata.deletionTimestamp) return 'being deleted';
  if (!binding) return 'not propagated';
  const scheduled = condition(binding, 'Scheduled');
  if (scheduled?.status === 'False') return `not scheduled (${printable(String(scheduled.reason))})`;
  if (!clusters.length) return 'no cluster';
  const named = (words: string, found: readonly WorkloadCluster[]) =>
    `${words} on ${found.map(({ name }) => name).join(', ')}`;
  const unapplied = clusters.filter(({ name }) => itemOf(binding, name)?.applied !== true);
  const refused = unapplied.filter(({ name }) => itemOf(binding, name)?.appliedMessage);
  if (refused.length) return named('not applied', refused);
  if (binding.spec?.suspension?.dispatching === true) return 'sending is suspended';
  if (unapplied.length) return named('being applied', unapplied);
  const unhealthy = clusters.filter(({ health }) => health === 'Unhealthy');
  if (unhealthy.length) return named('unhealthy', unhealthy);
  const isKnown = clusters.every(({ health }) => health === 'Healthy');
  return isKnown ? 'healthy' : 'applied';
}
