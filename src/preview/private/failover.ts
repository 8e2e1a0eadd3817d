import { keyOf, keyText } from '../../core/object-key';
import { clusterAffinity } from '../../core/private/cluster-affinity';
import { FailoverEnd, type FailoverStep, type FailoverTimeline } from '../failover-timeline';
import type { TargetCluster } from './binding';
import type { ClusterFacts } from './cluster';
import type { Decision } from './decide';
import type { FailoverFlags } from './failover-flags';
import { tolerates } from './filter/taint-toleration';

/** What the time line of one workload on one cluster is made from. */
export interface Loss {
  readonly decision: Decision;
  readonly cluster: ClusterFacts;
  readonly flags: FailoverFlags;
  /** ClusterTaintPolicies, in the order in which Karmada takes them. */
  readonly taintPolicies: readonly any[];
  /** Objects that are evicted from the cluster by the same queue. */
  readonly neighbours: number;
  /** Decides again, once the cluster has these taints and the resource is being evicted from it. */
  readonly evicted: (taints: readonly any[]) => Decision;
}

/** A probe of the API server gives up after so many seconds (pkg/util/membercluster_client.go at v1.18.2). */
const PROBE_TIMEOUT = 32;
/** Evictions of one queue at once (`ConcurrentReconciles` in cmd/controller-manager/app/controllermanager.go at v1.18.2). */
const EVICTION_WORKERS = 3;

/**
 * What happens from the loss of a cluster on, at worst; what controllers need between two steps, well under a second each, is not
 * counted.
 *
 * Mirrors pkg/controllers/status/cluster_status_controller.go and cluster_condition_cache.go, pkg/controllers/cluster,
 * pkg/controllers/taint, pkg/controllers/gracefuleviction and pkg/controllers/binding of Karmada v1.18.2.
 */
export function failover(loss: Loss): FailoverTimeline {
  const { decision, cluster } = loss;
  const before = decision.placed[0]?.clusters ?? [];
  const common = { cluster: cluster.name, replicas: before.find(({ name }) => name === cluster.name)?.replicas ?? 0 };
  const steps = noticed(loss);
  const stops = (end: FailoverEnd, what: string, because: string): FailoverTimeline => ({
    ...{ ...common, end, steps: [...steps, { seconds: last(steps), what, because }], goesTo: [] },
  });
  const tainted = noExecute(loss);
  if (tainted.length === 0)
    return stops(
      FailoverEnd.STAYS,
      'nothing more: it stays as it is until the cluster is back',
      loss.flags.taints ? NO_TAINT : NO_TAINT_CONTROLLER,
    );
  for (const { policy, taint } of tainted) {
    steps.push({
      seconds: last(steps),
      what: `taint ${taint.key}:NoExecute on the cluster`,
      because: keyText(keyOf(policy)),
    });
  }
  if (loss.flags.missing.length > 0) {
    return stops(
      FailoverEnd.STAYS,
      'nothing is evicted',
      `karmada-controller-manager runs without ${loss.flags.missing.join(' and ')}`,
    );
  }
  const taints = [...cluster.taints, ...tainted.map(({ taint }) => taint)];
  const patience = toleration(
    taints.filter(({ effect }) => effect === 'NoExecute'),
    decision.policy.spec.placement?.clusterTolerations ?? [],
  );
  if (patience === undefined)
    return stops(
      FailoverEnd.STAYS,
      'it tolerates the taint for ever',
      'spec.placement.clusterTolerations without tolerationSeconds',
    );
  steps.push({
    seconds: last(steps) + patience,
    what: 'it is to be evicted',
    because: patience > 0 ? `tolerationSeconds: ${patience}` : 'no toleration for the taint',
  });
  const wait = (Math.ceil(loss.neighbours / EVICTION_WORKERS) - 1) * loss.flags.evictEvery;
  steps.push({
    seconds: last(steps) + Math.max(0, wait),
    what: 'it is evicted, when its turn comes',
    because: `${loss.neighbours} of the input on this cluster, ${EVICTION_WORKERS} at once, ${loss.flags.evictEvery} s after each (--resource-eviction-rate)`,
  });
  return settled(loss, { ...common, steps }, before, loss.evicted([...taints, scheduling(cluster)]));
}

type Begun = Pick<FailoverTimeline, 'cluster' | 'replicas' | 'steps'>;

const NO_TAINT =
  'no ClusterTaintPolicy here adds a NoExecute taint to a cluster that is not ready, and Karmada adds none by itself';
const NO_TAINT_CONTROLLER =
  'ClusterTaintPolicies are acted on only with --feature-gates=Failover=true, and Karmada adds no NoExecute taint by itself';

function last(steps: readonly FailoverStep[]): number {
  return steps[steps.length - 1].seconds;
}

function readiness({ pull }: ClusterFacts): 'Unknown' | 'False' {
  return pull ? 'Unknown' : 'False';
}

/** The taint that Karmada itself adds: it keeps new workloads away. */
function scheduling({ pull }: ClusterFacts): any {
  return { key: `cluster.karmada.io/${pull ? 'unreachable' : 'not-ready'}`, effect: 'NoSchedule' };
}

/** Until Karmada knows: it probes a cluster that is pushed to, and waits for the agent of one that pulls. */
function noticed({ cluster, flags }: Loss): FailoverStep[] {
  const what = `Ready is ${readiness(cluster)}: the taint ${scheduling(cluster).key} keeps new workloads away`;
  if (cluster.pull) {
    return [
      {
        seconds: flags.monitorGrace + 2 * flags.monitorEvery,
        what,
        because: `no lease of its agent for --cluster-monitor-grace-period=${flags.monitorGrace}s, looked at every ${flags.monitorEvery} s (--cluster-monitor-period)`,
      },
    ];
  }
  const probe = flags.probeEvery + PROBE_TIMEOUT;
  return [
    {
      seconds: probe,
      what: 'a probe of the cluster fails',
      because: `every ${flags.probeEvery} s (--cluster-status-update-frequency), and gives up after ${PROBE_TIMEOUT} s`,
    },
    {
      seconds: probe + flags.failureThreshold + probe,
      what,
      because: `they fail for --cluster-failure-threshold=${flags.failureThreshold}s, which the next one sees`,
    },
  ];
}

function holds({ conditionType, operator, statusValues = [] }: any, conditions: readonly any[]): boolean {
  const found = conditions.find(({ type }) => type === conditionType);
  if (!found) return false;
  if (operator === 'In') return statusValues.includes(found.status);
  return operator === 'NotIn' && !statusValues.includes(found.status);
}

/** NoExecute taints that policies put on the cluster once it is not ready. */
function noExecute({ cluster, flags, taintPolicies }: Loss): { readonly policy: any; readonly taint: any }[] {
  if (!flags.taints) return [];
  const conditions = [
    ...cluster.conditions.filter(({ type }) => type !== 'Ready'),
    { type: 'Ready', status: readiness(cluster) },
  ];
  const all = (wanted: readonly any[] = []) => wanted.length > 0 && wanted.every((each) => holds(each, conditions));
  return taintPolicies.flatMap((policy) => {
    const { targetClusters, addOnConditions, removeOnConditions, taints = [] } = policy.spec ?? {};
    const isMeant = !targetClusters || clusterAffinity(targetClusters)(cluster);
    if (!isMeant || !all(addOnConditions) || all(removeOnConditions)) return [];
    const isNew = (taint: any) =>
      !cluster.taints.some(({ key, effect }) => key === taint.key && effect === taint.effect);
    return taints
      .filter((taint: any) => taint.effect === 'NoExecute' && isNew(taint))
      .map((taint: any) => ({ policy, taint }));
  });
}

/** Seconds that the taints are tolerated; undefined for ever. The first toleration that fits a taint is the one that counts. */
function toleration(taints: readonly any[], tolerations: readonly any[]): number | undefined {
  const used = taints.map((taint) => tolerations.find((each) => tolerates(each, taint)));
  if (used.some((each) => each === undefined)) return 0;
  const waits = used.map(({ tolerationSeconds }) => tolerationSeconds).filter((each) => typeof each === 'number');
  return waits.length > 0 ? Math.max(0, Math.min(...waits)) : undefined;
}

function settled(
  { decision, cluster, flags }: Loss,
  begun: Begun,
  before: readonly TargetCluster[],
  after: Decision,
): FailoverTimeline {
  const { steps } = begun;
  const seconds = last(steps);
  const step = (what: string, because: string) => steps.push({ seconds, what, because });
  if (after.unsupported) {
    step('it is scheduled again: where to is not decided here', after.unsupported);
    return { ...begun, end: FailoverEnd.UNKNOWN, goesTo: [] };
  }
  const now = after.placed[0]?.clusters ?? [];
  const held = new Map(before.map(({ name, replicas }) => [name, replicas]));
  const goesTo = now
    .filter(({ name, replicas }) => name !== cluster.name && replicas > (held.get(name) ?? -1))
    .map(({ name, replicas }) => ({ name, replicas: replicas - (held.get(name) ?? 0) }));
  const kept = now.filter(({ name }) => name !== cluster.name);
  if (kept.length === 0 || (after.scheduled === false && goesTo.length === 0)) {
    step('no other cluster takes it', after.message ?? 'no cluster is left');
    return { ...begun, end: FailoverEnd.NOWHERE, goesTo: [] };
  }
  if (goesTo.length === 0) {
    step('the other clusters keep what they have: nothing has to start', 'each of them has all of it');
    return { ...begun, end: FailoverEnd.ELSEWHERE, seconds, goesTo };
  }
  step('it is scheduled again', 'the cluster it is evicted from is left out');
  const { failover: behaviour, suspension } = decision.policy.spec;
  const own = behaviour?.cluster ? (behaviour.cluster.purgeMode ?? 'Gracefully') : undefined;
  const mode = own ?? flags.purgeMode;
  const where = own ? 'spec.failover.cluster.purgeMode' : '--no-execute-taint-eviction-purge-mode';
  if (mode === 'Directly' || mode === 'Immediately') {
    step(
      'nothing is sent before its copy on the lost cluster is deleted, which waits for that cluster to be back',
      `${where}: ${mode}`,
    );
    return { ...begun, end: FailoverEnd.BLOCKED, goesTo };
  }
  if (suspension?.dispatching === true) {
    step('nothing is sent', 'spec.suspension.dispatching');
    return { ...begun, end: FailoverEnd.BLOCKED, goesTo };
  }
  step('the other clusters are told; images and probes take what they take', `${where}: ${mode}`);
  steps.push({
    seconds: seconds + flags.gracefulEviction,
    what: 'its copy on the lost cluster is given up, as soon as it is healthy elsewhere; it is deleted once that cluster is back',
    because: `--graceful-eviction-timeout=${flags.gracefulEviction}s at the latest`,
  });
  return { ...begun, end: FailoverEnd.ELSEWHERE, seconds, goesTo };
}
