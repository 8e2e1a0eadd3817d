import type { ObjectKey } from '../../core/object-key';
import type { Binding } from './binding';
import type { Decision, World } from './decide';
import { afterEviction, needsScheduling, steadyState } from './existing-binding';
import type { ReplicaNeed } from './interpret-replicas';
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
  const run = (tie: Tie) => ({ tie, result: schedule(binding, { clusters, tie, flags: surroundings }) });
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
