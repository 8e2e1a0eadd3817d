import type { ObjectKey } from '../../src/core/object-key';
import type { Hurdle } from './hurdle';
import type { Plan, Plane, Source } from './plan';
import type { ClusterProgress } from './readiness/member-progress';

/** How it ended for one object. */
export type Outcome = 'created' | 'updated' | 'replaced' | 'unchanged' | 'pruned' | 'withdrawn' | 'failed' | 'blocked';

/** One object, when apply is done with it. */
export interface ObjectResult {
  readonly plane: Plane;
  readonly chart: string;
  readonly key: ObjectKey;
  readonly wave: number;
  readonly path: string;
  /** Left out for what is not in the code any more. */
  readonly source?: Source;
  readonly outcome: Outcome;
  /** Why it failed (the server's words, never a value of a Secret), or what blocks it. */
  readonly message?: string;
}

/** An object that a gate waits for. */
export interface Unready {
  readonly plane: Plane;
  readonly key: ObjectKey;
  /** What is missing, such as `1 of 3 replicas are ready`. */
  readonly reason: string;
  /** It does not get there by itself. */
  readonly failed?: true;
  /** Of a template on Karmada, how far it is on each member. */
  readonly clusters?: readonly ClusterProgress[];
  /** What the server says about why, when the wait ended. */
  readonly causes?: readonly string[];
}

/** What a person has to look at has more of it than what only takes its time. */
export function urgency({ failed, causes, clusters }: Pick<Unready, 'failed' | 'causes' | 'clusters'>): number {
  return (failed ? 2 : 0) + (causes?.length || clusters?.length ? 1 : 0);
}

/** What apply says while it runs. `atMs`: since the start. */
export type ApplyEvent = { readonly atMs: number } & (
  | { readonly type: 'plan'; readonly plan: Plan }
  /** This run has the lock of a chart. */
  | { readonly type: 'locked'; readonly plane: Plane; readonly chart: string; readonly holder: string }
  /** A wave begins. */
  | { readonly type: 'wave'; readonly wave: number; readonly objects: number }
  /** All is applied; what left the code is deleted. */
  | { readonly type: 'pruning'; readonly objects: number }
  /** An object goes to its server; `object` says how it ended. */
  | { readonly type: 'sending'; readonly plane: Plane; readonly key: ObjectKey }
  | { readonly type: 'object'; readonly result: ObjectResult }
  /** A Secret of the PKI plan was issued or renewed. */
  | { readonly type: 'issued'; readonly key: ObjectKey; readonly what: string }
  /** Pods of a workload start anew, to read what was renewed. */
  | { readonly type: 'restarted'; readonly key: ObjectKey; readonly why: string }
  /** The CA bundle of an object on Karmada was filled in, beside whoever carries the object. */
  | { readonly type: 'filled'; readonly key: ObjectKey }
  /** Sent when a gate begins to wait and whenever the list changes. `of`: how many objects the gate is about. */
  | { readonly type: 'waiting'; readonly gate: string; readonly of: number; readonly unready: readonly Unready[] }
  /** The gate opened after having waited. */
  | { readonly type: 'ready'; readonly gate: string }
  /** The Karmada API server became reachable. */
  | { readonly type: 'opened'; readonly plane: Plane; readonly url: string }
  | { readonly type: 'warning'; readonly plane: Plane; readonly text: string }
  /** A request is tried again. */
  | {
      readonly type: 'retry';
      readonly plane: Plane;
      readonly key?: ObjectKey;
      readonly reason: string;
      /** What stood in its way; left out where it is only too early. */
      readonly hurdle?: Hurdle;
    }
  | { readonly type: 'summary'; readonly summary: ApplySummary }
);

/** The event without its time, as the engine makes it. */
export type ApplyNews = ApplyEvent extends infer E ? (E extends unknown ? Omit<E, 'atMs'> : never) : never;

export interface ApplySummary {
  readonly created: number;
  readonly updated: number;
  /** Deleted and made anew. */
  readonly replaced: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly blocked: number;
  readonly issued: number;
  /** Workloads whose pods start anew; left out where there is none. */
  readonly restarted?: number;
  /** Objects no longer in the code that were deleted. */
  readonly pruned: number;
  /** Objects of others of which the code no longer sets anything. */
  readonly withdrawn: number;
  /** Objects no longer in the code that were to be deleted, and were not. */
  readonly unpruned: number;
  /** Exit code: 0 done, 4 some failed, 5 timed out while waiting, 10 not all could be pruned or read, 130 interrupted. */
  readonly exitCode: number;
  /** The failed and the blocked ones. */
  readonly problems: readonly ObjectResult[];
  /** What a gate still waited for when its time was over. */
  readonly unready: readonly Unready[];
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}
