import { type Binding, countsSets, isDivided } from './binding';
import type { ClusterFacts } from './cluster';
import { setEstimate } from './estimate-sets';
import { counted, isNodeResource, modelNodes, PODS_PER_NODE } from './model-nodes';
import { type Nanos, units } from './quantity';
import { type ReplicaNeed, requestText } from './replica-need';
import { allowedPods, free } from './resource-summary';
import { Unsupported } from './unsupported';

const MAX_INT32 = 0x7fffffff;

/** How many replicas a cluster could take. */
export type Estimate = (cluster: ClusterFacts) => number;

/** What the scheduler's surroundings say about capacity. */
export interface EstimateFlags {
  /** An estimator in each cluster is asked. */
  readonly estimator: boolean;
  /** Resource models count. */
  readonly resourceModels: boolean;
}

/** Whether free capacity decides where a workload goes, and how many replicas. */
export function goesByCapacity({ replicas, components = [] }: ReplicaNeed, placement: any): boolean {
  return (replicas > 0 || components.length > 0) && capacityMatters(placement);
}

/** Whether capacity can change where this binding goes. */
function capacityMatters(placement: any): boolean {
  const strategy = placement.replicaScheduling;
  return (
    (placement.spreadConstraints ?? []).length > 0 ||
    (isDivided(placement) &&
      (strategy.replicaDivisionPreference === 'Aggregated' || Boolean(strategy.weightPreference?.dynamicWeight)))
  );
}

/**
 * The capacity that the scheduler counts with: what Cluster status says is free, or what the cluster's resource models
 * say where it has some. Answers of `karmada-scheduler-estimator` cannot be had without a cluster.
 *
 * Mirrors `pkg/scheduler/core/util.go` and `pkg/estimator/client/general.go` of Karmada v1.18.2.
 */
export function estimator(binding: Binding, flags: EstimateFlags): Estimate {
  const { need, placement } = binding;
  if (!goesByCapacity(need, placement)) return () => MAX_INT32;
  if (flags.estimator) throw new Unsupported('capacity: answers of karmada-scheduler-estimator');
  const sets = countsSets(binding) ? need.components : undefined;
  const text = sets ? '' : questionOf(need, flags);
  return (cluster) => {
    if (cluster.apis === undefined) throw new Unsupported('capacity of a cluster that is not in the fleet');
    if (sets) return setEstimate(cluster, sets, flags.resourceModels);
    const known = ESTIMATES.get(cluster) ?? new Map<string, number>();
    const general = known.get(text) ?? Number(BigInt.asIntN(32, generalEstimate(cluster, need, flags)));
    ESTIMATES.set(cluster, known.set(text, general));
    return general === MAX_INT32 ? need.replicas : general;
  };
}

/** Estimates by cluster and request: of thousands of workloads most ask for the same, and big integers are slow. */
const ESTIMATES = new WeakMap<ClusterFacts, Map<string, number>>();

function questionOf({ request }: ReplicaNeed, { resourceModels }: EstimateFlags): string {
  return request === undefined ? '' : `${resourceModels} ${requestText(request)}`;
}

function generalEstimate(cluster: ClusterFacts, need: ReplicaNeed, flags: EstimateFlags): bigint {
  const summary = cluster.summary;
  if (!summary) return 0n;
  const pods = allowedPods(summary);
  if (pods <= 0n) return 0n;
  if (need.request === undefined) return pods;
  const models = flags.resourceModels ? modelEstimate(cluster, need.request) : undefined;
  const other = models ?? summaryEstimate(summary, need.request);
  return other === undefined || pods < other ? pods : other;
}

function summaryEstimate(summary: any, request: ReadonlyMap<string, Nanos>): bigint | undefined {
  let least: bigint | undefined;
  for (const [resource, amount] of request) {
    if (units(amount) <= 0n) continue;
    const available = free(summary, resource);
    if (available === undefined || units(available) <= 0n) return 0n;
    const fits = counted(resource, available) / counted(resource, amount);
    if (least === undefined || fits < least) least = fits;
  }
  return least;
}

/**
 * Each grade of the cluster's resource models stands for nodes of its smallest size. Undefined when there is no model to
 * go by.
 */
function modelEstimate(cluster: ClusterFacts, request: ReadonlyMap<string, Nanos>): bigint | undefined {
  const nodes = modelNodes(cluster);
  const wanted = [...request].filter(([name, amount]) => amount > 0n && isNodeResource(name));
  return nodes?.reduce((total, { size, count }) => {
    const fits = wanted.map(([name, amount]) => counted(name, size(name)) / counted(name, amount));
    return total + fits.reduce((least, each) => (each < least ? each : least), PODS_PER_NODE) * BigInt(count);
  }, 0n);
}
