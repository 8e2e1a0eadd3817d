import { type Binding, isDivided } from './binding';
import type { ClusterFacts } from './cluster';
import type { ReplicaNeed } from './interpret-replicas';
import { millis, type Nanos, quantity, units } from './quantity';
import { Unsupported } from './unsupported';

const FLEET = 'the fleet';
const MAX_INT32 = 0x7fffffff;
/** Pods that a node of a resource model can hold. */
const PODS_PER_NODE = 110n;

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
export function goesByCapacity({ replicas }: ReplicaNeed, placement: any): boolean {
  return replicas > 0 && capacityMatters(placement);
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
  const text = requestText(need, flags);
  return (cluster) => {
    if (cluster.apis === undefined) throw new Unsupported('capacity of a cluster that is not in the fleet');
    const known = ESTIMATES.get(cluster) ?? new Map<string, number>();
    const general = known.get(text) ?? Number(BigInt.asIntN(32, generalEstimate(cluster, need, flags)));
    ESTIMATES.set(cluster, known.set(text, general));
    return general === MAX_INT32 ? need.replicas : general;
  };
}

/** Estimates by cluster and request: of thousands of workloads most ask for the same, and big integers are slow. */
const ESTIMATES = new WeakMap<ClusterFacts, Map<string, number>>();

function requestText({ request }: ReplicaNeed, { resourceModels }: EstimateFlags): string {
  return request === undefined ? '' : `${resourceModels} ${[...request].join()}`;
}

function generalEstimate(cluster: ClusterFacts, need: ReplicaNeed, flags: EstimateFlags): bigint {
  const summary = cluster.summary;
  if (!summary) return 0n;
  const pods = units(free(summary, 'pods') ?? 0n);
  if (pods <= 0n) return 0n;
  if (need.request === undefined) return pods;
  const models = flags.resourceModels ? modelEstimate(cluster, need.request) : undefined;
  const other = models ?? summaryEstimate(summary, need.request);
  return other === undefined || pods < other ? pods : other;
}

/** Capacity by summary: thousands of templates ask the same clusters. */
const FREE = new WeakMap<object, Map<string, Nanos>>();

/** Allocatable less allocated less allocating; undefined when the cluster does not have the resource at all. */
export function free(summary: any, resource: string): Nanos | undefined {
  let known = FREE.get(summary);
  if (known === undefined) {
    const of = (list: any, name: string) => quantity(list?.[name] ?? 0, FLEET);
    known = new Map(
      Object.entries(summary.allocatable ?? {}).map(([name, amount]) => [
        name,
        quantity(amount, FLEET) - of(summary.allocated, name) - of(summary.allocating, name),
      ]),
    );
    FREE.set(summary, known);
  }
  return known.get(resource);
}

function summaryEstimate(summary: any, request: ReadonlyMap<string, Nanos>): bigint | undefined {
  let least: bigint | undefined;
  for (const [resource, amount] of request) {
    if (units(amount) <= 0n) continue;
    const available = free(summary, resource);
    if (available === undefined || units(available) <= 0n) return 0n;
    const fits = resource === 'cpu' ? millis(available) / millis(amount) : units(available) / units(amount);
    if (least === undefined || fits < least) least = fits;
  }
  return least;
}

/** Resources that a virtual node has an opinion on; whatever else is asked for is ignored. */
function isNodeResource(name: string): boolean {
  return (
    ['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name) ||
    name.startsWith('hugepages-') ||
    name.startsWith('attachable-volumes-') ||
    (name.includes('/') && !name.startsWith('requests.'))
  );
}

/**
 * Each grade of the cluster's resource models stands for nodes of its smallest size. Undefined when there is no model to
 * go by.
 */
function modelEstimate(cluster: ClusterFacts, request: ReadonlyMap<string, Nanos>): bigint | undefined {
  const modelings: readonly any[] = cluster.summary.allocatableModelings ?? [];
  if (modelings.length === 0 || cluster.models.length === 0 || modelings.some((each) => each.count < 0)) {
    return undefined;
  }
  const wanted = [...request].filter(([name, amount]) => amount > 0n && isNodeResource(name));
  let total = 0n;
  for (const { grade, count } of modelings) {
    const model = cluster.models.find((each) => each.grade === grade);
    if (!model) continue;
    let perNode = PODS_PER_NODE;
    for (const [name, amount] of wanted) {
      const range = (model.ranges ?? []).find((each: any) => each.name === name);
      const size = range ? quantity(range.min ?? 0, FLEET) : 0n;
      const fits = name === 'cpu' ? millis(size) / millis(amount) : units(size) / units(amount);
      if (fits < perNode) perNode = fits;
    }
    total += perNode * BigInt(count);
  }
  return total;
}
