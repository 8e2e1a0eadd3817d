import type { ObjectKey } from '../../core/object-key';
import type { Binding } from './binding';
import type { Decision, World } from './decide';
import { afterEviction, needsScheduling, steadyState } from './existing-binding';
import { type ReplicaNeed, requestText } from './replica-need';
import { schedule } from './schedule';
import { Tie } from './webster';
import type { Company } from './workload-affinity';

/** What the scheduler decides about one binding. */
export type Placement = Pick<Decision, 'scheduled' | 'reason' | 'message' | 'affinity' | 'placed' | 'rejections'>;

/** What is placed, and from where it starts. */
export interface Placing {
  readonly key: ObjectKey;
  readonly need: ReplicaNeed;
  readonly policy: any;
  /** The binding that Karmada holds already. */
  readonly existing?: any;
  readonly uid?: string;
}

/** The scheduler's answer about one binding, next to others of its groups. */
export function place({ key, need, policy, existing, uid }: Placing, world: World, company: Company): Placement {
  const { surroundings, clusters } = world;
  const binding: Binding = {
    resource: key,
    need,
    placement: policy.spec.placement ?? {},
    ...(surroundings.evicts ? afterEviction(existing, clusters) : steadyState(existing)),
    ...company,
  };
  const schedulerName = policy.spec.schedulerName || 'default-scheduler';
  const ignored = schedulerName !== surroundings.schedulerName || existing?.spec?.suspension?.scheduling === true;
  if (ignored || (existing && !needsScheduling(binding, existing, clusters))) return kept(binding, existing, uid);
  const question = questionOf(binding, uid);
  if (question === undefined) return answer(binding, uid, world);
  const answers = ANSWERS.get(world) ?? new Map<string, Placement>();
  ANSWERS.set(world, answers);
  const given = answers.get(question) ?? answer(binding, uid, world);
  answers.set(question, given);
  return given;
}

/** Answers of the scheduler by question: most workloads of a fleet ask what another one has asked. */
const ANSWERS = new WeakMap<World, Map<string, Placement>>();

function answer(binding: Binding, uid: string | undefined, world: World): Placement {
  const run = (tie: Tie) => {
    return { tie, result: schedule(binding, { clusters: world.clusters, tie, flags: world.surroundings }) };
  };
  const first = run(uid === undefined ? Tie.even() : Tie.ofUid(uid));
  const runs = uid === undefined && first.tie.broken ? [first, run(Tie.odd())] : [first];
  const { scheduled, reason, message, affinity, rejections } = first.result;
  const everywhere =
    runs.length === 1
      ? rejections
      : new Map([...rejections].filter(([name]) => runs.every((each) => each.result.rejections.has(name))));
  return {
    scheduled,
    reason,
    message,
    affinity,
    placed: runs.map(({ tie, result }) => ({ tie, clusters: result.clusters })),
    rejections: everywhere,
  };
}

/** All that the scheduler goes by, for what is nowhere yet and keeps no company; undefined for anything else. */
function questionOf(binding: Binding, uid: string | undefined): string | undefined {
  const { resource, need, placement, previous, observedAffinity, fresh, evicting, together, apart } = binding;
  const isNew = previous.length === 0 && observedAffinity === '' && !fresh && evicting.size === 0;
  if (!isNew || together !== undefined || apart?.size) return undefined;
  const tie = uid === undefined ? 'open' : Tie.ofUid(uid).descending;
  const request = need.request && requestText(need.request);
  return [resource.apiVersion, resource.kind, need.replicas, tie, numberOf(placement), request].join(' ');
}

const NUMBERS = new WeakMap<object, number>();
let last = 0;

/** Placements that are alike are one object here, so that none has to be read to tell them apart. */
function numberOf(placement: object): number {
  const known = NUMBERS.get(placement);
  if (known !== undefined) return known;
  last += 1;
  NUMBERS.set(placement, last);
  return last;
}

/** A binding that the scheduler does not look at keeps its clusters and its condition. */
export function kept(
  binding: Pick<Binding, 'observedAffinity' | 'previous'>,
  existing: any,
  uid: string | undefined,
): Placement {
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
