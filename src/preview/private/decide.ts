import { keyOf, type ObjectKey } from '../../core/object-key';
import { dependenciesOf } from '../../core/private/dependencies';
import type { Reference } from '../../core/private/references';
import type { Surroundings } from './assume';
import type { TargetCluster } from './binding';
import type { Claims } from './claim';
import type { ClusterFacts } from './cluster';
import { heldNeed, steadyState } from './existing-binding';
import { interpretReplicas, refuseForeign } from './interpret-replicas';
import { bindingName } from './names';
import { kept, type Placement, place } from './place';
import type { ReplicaNeed } from './replica-need';
import { resourceText } from './uids';
import { Unsupported } from './unsupported';
import type { Tie } from './webster';
import {
  ALONE,
  type Company,
  groupsOfBinding,
  placeNeighbours,
  type WorkloadGroups,
  workloadGroups,
} from './workload-affinity';

/** Everything that decides with the templates. */
export interface World {
  readonly claims: Claims;
  readonly clusters: readonly ClusterFacts[];
  readonly surroundings: Surroundings;
  /** Existing bindings by {@link resourceText} of their resource. */
  readonly bindings: ReadonlyMap<string, any>;
  /** UIDs by {@link resourceText}. */
  readonly uids: ReadonlyMap<string, string>;
  /** `apiVersion kind` of kinds that a ResourceInterpreterCustomization reads. */
  readonly customized: ReadonlySet<string>;
  /** Names of override policies: `<namespace>/<name>`, or `/<name>` of cluster-scoped ones. */
  readonly overrideNames: ReadonlySet<string>;
}

/** Where a resource goes, under one reading of ties. */
export interface Placed {
  readonly clusters: readonly TargetCluster[];
  readonly tie: Tie;
}

/** What Karmada decides about one template. */
export interface Decision {
  readonly template: any;
  readonly key: ObjectKey;
  readonly uid?: string;
  readonly need: ReplicaNeed;
  /** The policy that claims it. */
  readonly policy?: any;
  /** The policy that selects it, whether it claims it or has to wait. */
  readonly selectedBy?: any;
  /** Override policies that the policy waits for. */
  readonly waitsFor: readonly string[];
  readonly scheduled: boolean | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly affinity: string | null;
  /** One, or two where a tie is broken by a UID that is not known: first for an even hash. None when nothing claims it. */
  readonly placed: readonly Placed[];
  /** Why clusters get nothing. */
  readonly rejections: ReadonlyMap<string, string>;
  /** Whom it follows. */
  readonly parents: Decision[];
  /** Set when a rule is not known here: then nothing is said about where it goes. */
  readonly unsupported?: string;
}

const UNCLAIMED = { scheduled: null, reason: null, message: null, affinity: null, placed: [], rejections: new Map() };

/** Decides about every template, in the order given. */
export function decide(templates: readonly any[], world: World): Decision[] {
  const decisions = placeAll(
    templates.map((template) => claim(template, world)),
    world,
  );
  if (world.surroundings.propagateDeps) attach(decisions, world);
  return decisions;
}

type Place = (company: Company) => Placement;

/** A template, its decision so far, and how the scheduler places it once its neighbours are known. */
interface Pending {
  readonly decision: Decision;
  readonly groups: WorkloadGroups;
  readonly existing?: any;
  readonly place?: Place;
}

function claim(template: any, world: World): Pending {
  const key = keyOf(template);
  const text = resourceText(key);
  const existing = world.bindings.get(text);
  const uid = world.uids.get(text) ?? template.metadata.uid ?? existing?.spec?.resource?.uid;
  const common = { ...UNCLAIMED, template, key, uid, waitsFor: [], parents: [] };
  let need: ReplicaNeed = { replicas: 0 };
  let policy: any;
  try {
    policy = world.claims.policyOf(template, existing);
    need = interpretReplicas(template, world.surroundings.multiplePodTemplates);
    if (!policy) {
      need = existing?.spec?.placement ? heldNeed(need, existing) : need;
      return { decision: { ...common, need, ...left(existing, uid) }, groups: {}, existing };
    }
    const waitsFor = missingOverrides(policy, world);
    if (waitsFor.length > 0) return { decision: { ...common, need, selectedBy: policy, waitsFor }, groups: {} };
    refuseForeign(template, world.customized);
    if (world.surroundings.plugins) throw new Unsupported('scheduler: --plugins');
    if (isUntouched(template, policy)) {
      const decision = { ...common, need, policy, selectedBy: policy };
      if (!existing) return { decision, groups: {} };
      need = heldNeed(need, existing);
      policy = { ...policy, spec: { ...policy.spec, placement: existing.spec.placement ?? policy.spec.placement } };
    }
    const placing = { key, need, policy, existing, uid };
    const groups = world.surroundings.workloadAffinity ? workloadGroups(template, policy) : {};
    const decision = { ...common, need, policy, selectedBy: policy };
    return { decision, groups, existing, place: (company) => place(placing, world, company) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { decision: { ...common, need, policy, selectedBy: policy, unsupported: error.what }, groups: {} };
  }
}

/** Mirrors `pkg/util/helper/policy.go`: the object waits, no other policy gets it. */
function missingOverrides(policy: any, world: World): string[] {
  const names: readonly string[] = policy.spec.dependentOverrides ?? [];
  return names.filter((name) => !world.overrideNames.has(`${policy.metadata.namespace ?? ''}/${name}`));
}

/** Of a policy that is lazy: an object that is as it was waits for its next change. */
function isUntouched({ metadata }: any, policy: any): boolean {
  return policy.spec.activationPreference === 'Lazy' && metadata.resourceVersion !== undefined;
}

/** What no policy claims any more stays where it is: nothing looks after it. */
function left(existing: any, uid: string | undefined): Partial<Decision> {
  return existing?.spec?.placement ? kept(steadyState(existing), existing, uid) : {};
}

/** Where everything goes: what keeps together or apart is placed together. */
function placeAll(pending: readonly Pending[], world: World): Decision[] {
  const settle = ({ decision }: Pending, work: () => Placement): Decision => {
    try {
      return { ...decision, ...work() };
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return { ...decision, unsupported: error.what };
    }
  };
  const grouped = pending.filter(({ groups, place }) => place && (groups.affinity || groups.antiAffinity));
  const own = new Set(grouped.map(({ decision }) => resourceText(decision.key)));
  const outsiders = world.surroundings.workloadAffinity ? [...world.bindings].filter(([text]) => !own.has(text)) : [];
  const results = placeNeighbours<Placement>([
    ...grouped.map(({ groups, existing, place }) => ({
      groups,
      previous: clusterNames(steadyState(existing).previous),
      place: (company: Company) => {
        const result = (place as Place)(company);
        return { place: result, clusters: result.placed.map(({ clusters }) => clusterNames(clusters)) };
      },
    })),
    ...outsiders.map(([, existing]) => ({
      groups: groupsOfBinding(existing),
      previous: clusterNames(steadyState(existing).previous),
    })),
  ]);
  const joint = new Map(grouped.map((each, index) => [each, results[index]]));
  return pending.map((each) => {
    if (!each.place) return each.decision;
    return settle(each, () => {
      const result = joint.get(each) ?? (each.place as Place)(ALONE);
      if (result instanceof Unsupported) throw result;
      return result;
    });
  });
}

function clusterNames(targets: readonly TargetCluster[]): string[] {
  return targets.map(({ name }) => name);
}

/**
 * What a placed workload refers to follows it. Dependencies of dependencies are not followed.
 *
 * Mirrors `pkg/dependenciesdistributor/dependencies_distributor.go` of Karmada v1.18.2.
 */
function attach(decisions: readonly Decision[], world: World): void {
  const named = new Map(decisions.map((decision) => [resourceText(decision.key), decision]));
  for (const parent of decisions) {
    if (!parent.policy?.spec.propagateDeps || parent.key.namespace === '') continue;
    if (world.customized.has(`${parent.key.apiVersion} ${parent.key.kind}`)) continue;
    const distributing = parent.unsupported || distributes(parent, world);
    for (const reference of dependenciesOf(parent.template) ?? []) {
      for (const decision of found(reference, parent.key.namespace, named, decisions)) {
        if (!distributing && !isAttached(decision, parent, world)) continue;
        if (!decision.parents.includes(parent)) decision.parents.push(parent);
      }
    }
  }
}

/** A binding that has never had a cluster is looked at only once something in it changes. */
function distributes(parent: Decision, world: World): boolean {
  const before = world.bindings.get(resourceText(parent.key))?.spec;
  const changed = before && ((before.replicas ?? 0) !== parent.need.replicas || (before.clusters ?? []).length > 0);
  return Boolean(changed) || parent.placed.some((each) => each.clusters.length > 0);
}

/** A binding that follows its parent already goes on doing so, also to nowhere. */
function isAttached({ key }: Decision, parent: Decision, world: World): boolean {
  const name = bindingName(parent.key.kind, parent.key.name);
  const followed: readonly any[] = world.bindings.get(resourceText(key))?.spec?.requiredBy ?? [];
  return followed.some((each) => each.name === name && each.namespace === parent.key.namespace);
}

function found(
  { apiVersion, kind, name, label }: Reference,
  namespace: string,
  named: ReadonlyMap<string, Decision>,
  all: readonly Decision[],
): Decision[] {
  if (name !== undefined) {
    const decision = named.get(resourceText({ apiVersion, kind, namespace, name }));
    return decision?.key.apiVersion === apiVersion ? [decision] : [];
  }
  return all.filter(
    ({ key, template }) =>
      key.apiVersion === apiVersion &&
      key.kind === kind &&
      key.namespace === namespace &&
      label !== undefined &&
      template.metadata.labels?.[label.key] === label.value,
  );
}
