import { keyOf, type ObjectKey } from '../../core/object-key';
import { dependenciesOf, type Reference } from '../../core/private/dependencies';
import type { Surroundings } from './assume';
import type { Binding, TargetCluster } from './binding';
import type { Claims } from './claim';
import type { ClusterFacts } from './cluster';
import { needsScheduling, steadyState } from './existing-binding';
import { interpretReplicas, type ReplicaNeed, refuseForeign } from './interpret-replicas';
import { schedule } from './schedule';
import { resourceText } from './uids';
import { Unsupported } from './unsupported';
import { Tie } from './webster';

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
  const decisions = templates.map((template) => decideOne(template, world));
  if (world.surroundings.propagateDeps) attach(decisions, world);
  return decisions;
}

function decideOne(template: any, world: World): Decision {
  const key = keyOf(template);
  const text = resourceText(key);
  const existing = world.bindings.get(text);
  const policy = world.claims.policyOf(template);
  const uid = world.uids.get(text) ?? template.metadata.uid ?? existing?.spec?.resource?.uid;
  const common = { template, key, uid, selectedBy: policy, parents: [] as Decision[] };
  const waitsFor = policy ? missingOverrides(policy, world) : [];
  if (!policy || waitsFor.length > 0) {
    return { ...common, ...UNCLAIMED, need: interpretReplicas(template), waitsFor };
  }
  let need: ReplicaNeed = { replicas: 0 };
  try {
    refuseForeign(template, world.customized);
    refuseGates(template, policy, world.surroundings);
    need = interpretReplicas(template);
    return { ...common, policy, need, waitsFor, ...place(key, need, policy, existing, uid, world) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { ...common, ...UNCLAIMED, policy, need, waitsFor, unsupported: error.what };
  }
}

/** Mirrors `pkg/util/helper/policy.go`: the object waits, no other policy gets it. */
function missingOverrides(policy: any, world: World): string[] {
  const names: readonly string[] = policy.spec.dependentOverrides ?? [];
  return names.filter((name) => !world.overrideNames.has(`${policy.metadata.namespace ?? ''}/${name}`));
}

function refuseGates(template: any, policy: any, surroundings: Surroundings): void {
  if (surroundings.plugins) throw new Unsupported('scheduler: --plugins');
  if (surroundings.workloadAffinity && policy.spec.placement?.workloadAffinity) {
    throw new Unsupported('placement: workloadAffinity');
  }
  if (surroundings.preemption && policy.spec.preemption === 'Always' && template.metadata.labels) {
    const claimed = Object.keys(template.metadata.labels).some((key) => key.endsWith('policy.karmada.io/permanent-id'));
    if (claimed) throw new Unsupported('preemption of an object that another policy has claimed');
  }
}

type Placement = Pick<Decision, 'scheduled' | 'reason' | 'message' | 'affinity' | 'placed' | 'rejections'>;

function place(
  key: ObjectKey,
  need: ReplicaNeed,
  policy: any,
  existing: any,
  uid: string | undefined,
  world: World,
): Placement {
  const { surroundings, clusters } = world;
  const binding: Binding = {
    resource: key,
    need,
    placement: policy.spec.placement ?? {},
    ...steadyState(existing),
  };
  const schedulerName = policy.spec.schedulerName || 'default-scheduler';
  const ignored = schedulerName !== surroundings.schedulerName || existing?.spec?.suspension?.scheduling === true;
  if (ignored || (existing && !needsScheduling(binding, existing, clusters))) return kept(binding, existing, uid);
  const run = (tie: Tie) => ({ tie, result: schedule(binding, { clusters, tie, flags: surroundings }) });
  const first = run(uid === undefined ? Tie.even() : Tie.ofUid(uid));
  const runs = uid === undefined && first.tie.broken ? [first, run(Tie.odd())] : [first];
  const { scheduled, reason, message, affinity, rejections } = first.result;
  const everywhere = new Map(
    [...rejections].filter(([name]) => runs.every((each) => each.result.rejections.has(name))),
  );
  return {
    scheduled,
    reason,
    message,
    affinity,
    placed: runs.map(({ tie, result }) => ({ tie, clusters: result.clusters })),
    rejections: everywhere,
  };
}

/** A binding that the scheduler does not look at keeps its clusters and its condition. */
function kept(binding: Binding, existing: any, uid: string | undefined): Placement {
  const condition = existing?.status?.conditions?.find((each: any) => each.type === 'Scheduled');
  return {
    scheduled: condition ? condition.status === 'True' : null,
    reason: condition?.reason ?? null,
    message: condition?.message ?? null,
    affinity: binding.observedAffinity || null,
    placed: [{ tie: uid === undefined ? Tie.even() : Tie.ofUid(uid), clusters: binding.previous }],
    rejections: new Map(),
  };
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
    if (!parent.unsupported && !distributes(parent, world)) continue;
    for (const reference of dependenciesOf(parent.template) ?? []) {
      for (const decision of found(reference, parent.key.namespace, named, decisions)) {
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
