import { keyOf, type ObjectKey } from '../../core/object-key';
import { dependenciesOf } from '../../core/private/dependencies';
import type { Reference } from '../../core/private/references';
import type { Surroundings } from './assume';
import { attach } from './attach';
import type { TargetCluster } from './binding';
import type { Claims } from './claim';
import type { ClusterFacts } from './cluster';
import { heldNeed, steadyState } from './existing-binding';
import { interpretReplicas, refuseForeign } from './interpret-replicas';
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
  /** The key as {@link resourceText}. */
  readonly text: string;
  readonly uid?: string;
  readonly need: ReplicaNeed;
  /** The policy that claims it. */
  readonly policy?: any;
  /** Whether no policy selects it any more: Karmada leaves its binding, and what clusters have of it, as they are. */
  readonly left: boolean;
  /** What its binding says beside the clusters: as its policy does, or as the one that it lost did. */
  readonly terms?: any;
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
  /** What follows it, where its policy says so. */
  readonly refersTo: readonly Reference[];
  /** Whom it follows. */
  readonly parents: Decision[];
  /** Set when a rule is not known here: then nothing is said about where it goes. */
  readonly unsupported?: string;
}

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
  const common = undecided(template, key, text, uid);
  let { need } = common;
  let policy: any;
  let selectedBy: any;
  try {
    policy = world.claims.policyOf(template, existing);
    if (policy && world.claims.selects(policy, template)) selectedBy = policy;
    need = interpretReplicas(template, world.surroundings.multiplePodTemplates);
    if (!selectedBy) {
      need = existing?.spec?.placement ? heldNeed(need, existing) : need;
      const decision = { ...common, need, policy, ...left(template, existing, uid) };
      return { decision, groups: NO_GROUPS, existing };
    }
    const waitsFor = missingOverrides(policy, world);
    if (waitsFor.length > 0) return { decision: { ...common, need, selectedBy, waitsFor }, groups: NO_GROUPS };
    refuseForeign(template, world.customized);
    if (world.surroundings.plugins) throw new Unsupported('scheduler: --plugins');
    if (isUntouched(template, policy)) {
      const decision = { ...common, need, policy, selectedBy, ...termsOf(template, policy.spec) };
      if (!existing) return { decision, groups: NO_GROUPS };
      need = heldNeed(need, existing);
      policy = { ...policy, spec: { ...policy.spec, placement: existing.spec.placement ?? policy.spec.placement } };
    }
    const placing = { key, need, policy, existing, uid };
    const groups = world.surroundings.workloadAffinity ? workloadGroups(template, policy) : NO_GROUPS;
    const decision = { ...common, need, policy, selectedBy, ...termsOf(template, policy.spec) };
    return { decision, groups, existing, place: (company) => place(placing, world, company) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    const decision = { ...common, need, policy, selectedBy, ...termsOf(template, policy?.spec) };
    return { decision: { ...decision, unsupported: error.what }, groups: NO_GROUPS };
  }
}

const NO_GROUPS: WorkloadGroups = {};
const NO_NEED: ReplicaNeed = { replicas: 0 };
const NO_REJECTIONS: ReadonlyMap<string, string> = new Map();
const NO_REFERENCES: readonly Reference[] = [];

/** All of it is there from the beginning: an object that grows while it is passed on is made anew at each step. */
function undecided(template: any, key: ObjectKey, text: string, uid: string | undefined): Decision {
  return {
    template,
    key,
    text,
    uid,
    need: NO_NEED,
    policy: undefined,
    left: false,
    terms: undefined,
    selectedBy: undefined,
    waitsFor: [],
    unsupported: undefined,
    scheduled: null,
    reason: null,
    message: null,
    affinity: null,
    placed: [],
    rejections: NO_REJECTIONS,
    refersTo: NO_REFERENCES,
    parents: [],
  };
}

function termsOf(template: any, terms: any): Pick<Decision, 'terms' | 'refersTo'> {
  return { terms, refersTo: terms?.propagateDeps ? (dependenciesOf(template) ?? NO_REFERENCES) : NO_REFERENCES };
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
function left(template: any, existing: any, uid: string | undefined): Partial<Decision> {
  if (!existing?.spec?.placement) return {};
  return { left: true, ...kept(steadyState(existing), existing, uid), ...termsOf(template, existing.spec) };
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
  const own = new Set(grouped.map(({ decision }) => decision.text));
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
