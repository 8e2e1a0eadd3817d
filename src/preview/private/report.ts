import type { ObjectKey } from '../../core/object-key';
import { byName } from '../../core/private/by-name';
import { isDivided, isWorkload, type TargetCluster } from './binding';
import type { ClusterFacts } from './cluster';
import { policyRef } from './collisions';
import type { Decision, Placed } from './decide';
import { goesByCapacity } from './estimate';
import { PatchError } from './json-pointer';
import type { Overrides } from './overrides';
import { differs, render, type Shipment } from './render';
import { jobCompletions } from './revise-replicas';
import { sameJson } from './same-json';
import { Unsupported } from './unsupported';
import { Tie } from './webster';

/** How much is rendered. */
export type Rendering = 'none' | 'changed' | 'all';

/** What rendering needs besides the decision. */
export interface Renderer {
  readonly clusters: ReadonlyMap<string, ClusterFacts>;
  readonly overrides: Overrides;
  readonly rendering: Rendering;
  /** When the fleet was read; undefined where it does not say. */
  readonly asOf?: string;
  /**
   * The clusters that are rendered for.
   *
   * @default - each that gets the resource
   */
  readonly only?: ReadonlySet<string>;
  /** Where an override that fails is told. */
  readonly failed: (key: ObjectKey, cluster: string, why: string) => void;
}

/** One resource of the report, in the format of the command's `-o json`. */
export interface Reported {
  readonly entry: any;
  readonly unsupported: readonly string[];
}

/** Candidates of a decision and of those that it follows; a parent with one candidate has it in each. */
function candidates(decision: Decision): number {
  return Math.max(decision.placed.length, ...decision.parents.map((parent) => parent.placed.length));
}

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[Math.min(index, items.length - 1)];
}

/** Clusters by name, of each list that is there: thousands of workloads that go the same way share theirs. */
const SORTED = new WeakMap<readonly TargetCluster[], readonly TargetCluster[]>();

function targets(clusters: readonly TargetCluster[]): any[] {
  const sorted = SORTED.get(clusters) ?? [...clusters].sort((a, b) => byName(a.name, b.name));
  SORTED.set(clusters, sorted);
  return sorted.map(({ name, replicas }) => (replicas === 0 ? { name } : { name, replicas }));
}

interface Outcome {
  readonly clusters: any[];
  readonly requiredBy: any[];
  readonly suspended: string[];
  readonly rendered: { readonly [cluster: string]: any[] };
}

/** The entry of one template. */
export function report(decision: Decision, renderer: Renderer): Reported {
  const { key, need, policy, scheduled, reason, message, affinity } = decision;
  const unsupported = unknownRules(decision);
  const entry = {
    resource: key,
    policy: policy ? policyRef(policy) : null,
    replicas: need.replicas,
    scheduled,
    reason,
    message,
    affinity,
    outcomes: [] as Outcome[],
    // only where it decides: what was free then may not be free now
    ...(policy && goesByCapacity(need, policy.spec.placement ?? {}) && { asOf: renderer.asOf ?? null }),
  };
  if (unsupported.length === 0 && (decision.placed.length > 0 || decision.parents.length > 0)) {
    try {
      for (let index = 0; index < candidates(decision); index += 1) {
        const outcome = outcomeOf(decision, index, renderer);
        if (entry.outcomes.length === 0 || decision.parents.length > 0 || !sameJson(entry.outcomes[0], outcome)) {
          entry.outcomes.push(outcome);
        }
      }
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      entry.outcomes.length = 0;
      unsupported.push(error.what);
    }
  }
  return { entry, unsupported };
}

function unknownRules(decision: Decision): string[] {
  if (decision.unsupported) return [decision.unsupported];
  const parents = decision.parents.filter((parent) => parent.unsupported);
  if (parents.length > 0) return ['dependency of a resource whose placement is not known here'];
  if (decision.parents.filter((parent) => parent.placed.length > 1).length > 1) {
    return ['dependency of several resources whose ties are open: give their UIDs'];
  }
  return [];
}

function outcomeOf(decision: Decision, index: number, renderer: Renderer): Outcome {
  const own: Placed = at(decision.placed, index) ?? { clusters: [], tie: Tie.even() };
  const requiredBy = decision.parents
    .map((parent) => ({
      namespace: parent.key.namespace,
      name: parent.key.name,
      targets: at(parent.placed, index)?.clusters ?? [],
    }))
    .sort((a, b) => byName(a.namespace, b.namespace) || byName(a.name, b.name));
  const suspension = decision.terms?.suspension;
  // who receives it in all is asked only for what is rendered or held back
  const isAsked = suspension || renderer.rendering !== 'none';
  const all = isAsked ? united([own.clusters, ...requiredBy.map((each) => each.targets)]) : [];
  return {
    clusters: targets(own.clusters),
    requiredBy: requiredBy.map(({ namespace, name, targets: clusters }) => ({
      namespace,
      name,
      clusters: targets(clusters),
    })),
    suspended: suspension ? suspendedOn(suspension, all) : [],
    rendered: renderAll(decision, all, own.tie, renderer),
  };
}

/** Each cluster once, as the first list that names it has it. */
function united(lists: readonly (readonly TargetCluster[])[]): TargetCluster[] {
  const all = new Map<string, TargetCluster>();
  for (const target of lists.flat()) if (!all.has(target.name)) all.set(target.name, target);
  return [...all.values()];
}

function suspendedOn({ dispatching, dispatchingOnClusters }: any, clusters: readonly TargetCluster[]): string[] {
  const names = clusters.map(({ name }) => name).sort();
  if (dispatching === true) return names;
  return names.filter((name) => (dispatchingOnClusters?.clusterNames ?? []).includes(name));
}

function shipmentOf(decision: Decision, all: readonly TargetCluster[], tie: Tie): Shipment {
  const { template, uid, policy, need, terms } = decision;
  const binding = terms ? [terms] : decision.parents.map((parent) => parent.terms);
  const divided = terms && need.replicas > 0 && isDivided(terms.placement ?? {});
  return {
    template,
    uid,
    policy,
    overwrite: binding.some((each) => each?.conflictResolution === 'Overwrite'),
    workload: decision.placed.length > 0 && isWorkload(need),
    completions: divided ? jobCompletions(template, all, tie) : undefined,
  };
}

/** What some clusters receive in one outcome, whatever the preview was asked to render. */
export function rendered(
  decision: Decision,
  index: number,
  only: ReadonlySet<string>,
  renderer: Renderer,
): { readonly [cluster: string]: any[] } {
  const whole: Renderer = { ...renderer, rendering: 'all', only, failed: () => undefined };
  return outcomeOf(decision, Math.min(index, candidates(decision) - 1), whole).rendered;
}

function renderAll(
  decision: Decision,
  all: readonly TargetCluster[],
  tie: Tie,
  renderer: Renderer,
): { [cluster: string]: any[] } {
  const result: { [cluster: string]: any[] } = {};
  if (renderer.rendering === 'none') return result;
  const shipment = shipmentOf(decision, all, tie);
  for (const { name, replicas } of [...all].sort((a, b) => byName(a.name, b.name))) {
    const cluster = renderer.clusters.get(name);
    if (!cluster || renderer.only?.has(name) === false) continue;
    try {
      const manifest = render(shipment, cluster, replicas, renderer.overrides);
      if (renderer.rendering === 'all' || differs(decision.template, manifest)) result[name] = [manifest];
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      renderer.failed(decision.key, name, error.message);
    }
  }
  return result;
}
