import type { ObjectKey } from '../../src/core/object-key';
import type { Permission } from './permission';

/** The two kinds of API server that the command talks to. */
export type Plane = 'host' | 'karmada';

/** What will happen to an object. */
export type Action =
  /** It is not there. */
  | 'create'
  /** Fields of it change: `changes` says which. */
  | 'update'
  /** Its server lets a field not be changed: it is deleted and made anew, where that is allowed. `replacement` says more. */
  | 'replace'
  /** Nothing is sent. */
  | 'unchanged'
  /** Somebody else owns what the code names: `conflicts` says who and what. Apply writes nothing at all. */
  | 'conflict'
  /** The server would not take it: `refusal` says why. Apply writes nothing at all. */
  | 'refused';

/** What is sent. */
export const WRITTEN: readonly Action[] = ['create', 'update', 'replace'];

/** Where an object stands in the input. */
export interface Source {
  /** File as it was named to the command; `-` for standard input. */
  readonly file: string;
  /** Number of the document in the file, from 1; items of a list count as documents. */
  readonly document: number;
}

/** One field that changes. Values are as the API server has them; those of a Secret are never here. */
export interface FieldChange {
  /** Dotted path; items of a list that have names are `[name=web]`, others `[0]`. */
  readonly path: string;
  readonly kind: 'add' | 'change' | 'remove';
  /** The live value; left out for `add`, and when masked. */
  readonly from?: unknown;
  /** The value after apply; left out for `remove`, and when masked. */
  readonly to?: unknown;
  /** The values are secret. */
  readonly masked?: true;
}

/** One field that somebody else owns with another value. */
export interface FieldConflict {
  readonly path: string;
  /** Field manager as the API server names it, such as `kubectl-client-side-apply`. */
  readonly manager: string;
  /** When it wrote to the object last. */
  readonly time?: string;
  /** Through which subresource, such as `scale`. */
  readonly subresource?: string;
  /** The value that it has now, where it is one; never of a Secret. */
  readonly live?: unknown;
}

/** One field that a server does not let change. Values as in `FieldChange`. */
export interface ImmutableField {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly masked?: true;
  /** The server's words, such as `field is immutable`. */
  readonly why: string;
}

/** An object that becomes what the code says only by being deleted and made anew. */
export interface Replacement {
  readonly fields: readonly ImmutableField[];
  /** What `--replace` has to say. */
  readonly allow: string;
  /** A person has said it, or the object says so itself; else apply writes nothing at all. */
  readonly allowed: boolean;
  /** What goes with it, such as `its pods are gone meanwhile`. */
  readonly losses: readonly string[];
}

/** Why the server would not take an object. */
export interface Refusal {
  /** `invalid`: the object is wrong. `unknown-kind`: this server has no such kind. `forbidden`: these credentials may not. */
  readonly reason: 'invalid' | 'unknown-kind' | 'forbidden';
  /** The server's words, or ours where it has none; never a value of a Secret. */
  readonly message: string;
}

/** One object of the input, and what will happen to it. */
export interface PlannedObject {
  readonly plane: Plane;
  /** Construct path of its chart. */
  readonly chart: string;
  readonly key: ObjectKey;
  readonly action: Action;
  /** 0 to 8; objects stand in the plan in the order in which they are sent. */
  readonly wave: number;
  /** Construct path. */
  readonly path: string;
  readonly source: Source;
  /** Of an update, sorted by path. */
  readonly changes: readonly FieldChange[];
  /** Of a conflict. */
  readonly conflicts: readonly FieldConflict[];
  /** Of a refusal. */
  readonly refusal?: Refusal;
  /** Of a replacement. */
  readonly replacement?: Replacement;
  /** What the reader should know besides, such as `not checked: its CRD is created in this plan`. */
  readonly notes: readonly string[];
}

/** One API server of the plan. */
export interface PlannedPlane {
  readonly plane: Plane;
  /** Where its credentials come from, such as `context "prod"`; left out when it was planned without a server. */
  readonly name?: string;
  readonly url?: string;
  /** Kubernetes version that it reports. */
  readonly version?: string;
  /** Why its objects were not compared with live ones, such as `opened after wave 4, with the credentials issued in this run`. */
  readonly unopened?: string;
}

/** The record of one chart on its server (an ApplySet parent, KEP-3659). */
export interface PlannedSet {
  readonly plane: Plane;
  /** Construct path of the chart. */
  readonly chart: string;
  readonly instance: string;
  /** Karmada's version that the chart was made for. */
  readonly version: string;
  /** The parent ConfigMap. */
  readonly key: ObjectKey;
  /** Value of the `applyset.kubernetes.io/part-of` label of the members. */
  readonly id: string;
  /** `delete`: with the last object of a chart that is destroyed. */
  readonly action: 'create' | 'update' | 'unchanged' | 'delete';
  /** How many objects it lists. */
  readonly recorded: number;
}

/** An object that an earlier apply of a chart made and the code no longer names. */
export interface PlannedPrune {
  readonly plane: Plane;
  /** Construct path of its chart. */
  readonly chart: string;
  readonly key: ObjectKey;
  /**
   * `withdraw`: it stays, since others made it, and what the code had set on it is taken away. `keep`: it stays on the
   * server and in the record, because of `why`.
   */
  readonly action: 'prune' | 'withdraw' | 'keep';
  /** Construct path that it had. */
  readonly path: string;
  /** Why it is here, such as `dropped from synth at construct app/shop/Legacy`. */
  readonly reason: string;
  /** Of `keep`, in words. */
  readonly why?: string;
  /** What `--allow-prune` has to say so that it is pruned all the same; left out where nothing allows it. */
  readonly allow?: string;
  /** Its server does not tell enough about it now: an apply is incomplete. */
  readonly unread?: true;
  /** What else goes or stays with it, such as `42 Widgets are deleted with it`. */
  readonly notes: readonly string[];
}

/** One Secret of the PKI plan. */
export interface PlannedIssue {
  /** The Secret on the host. */
  readonly key: ObjectKey;
  /** Nothing is sent for `keep`. */
  readonly action: 'issue' | 'renew' | 'keep';
  /** In words, without any secret: subject, names, lifetime. */
  readonly what: string;
}

/** A workload on the host whose pods start anew, because they read only at start what is renewed. */
export interface PlannedRestart {
  readonly key: ObjectKey;
  /** Which Secrets it is about. */
  readonly why: string;
}

export interface PlanTotals {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly unchanged: number;
  readonly conflict: number;
  readonly refused: number;
  /** Records of charts that are made or changed. */
  readonly records: number;
  /** Secrets that would be issued or renewed. */
  readonly issue: number;
  /** Objects no longer in the code that are deleted. */
  readonly prune: number;
  /** Objects of others of which the code no longer sets anything. */
  readonly withdraw: number;
  /** Objects no longer in the code that are kept. */
  readonly keep: number;
}

/** What apply would do. Plain data: rendering and apply read it, nothing else is needed. */
export interface Plan {
  readonly planes: readonly PlannedPlane[];
  readonly sets: readonly PlannedSet[];
  readonly objects: readonly PlannedObject[];
  /** What is no longer in the code, in the order in which it is deleted. */
  readonly prunes: readonly PlannedPrune[];
  readonly issues: readonly PlannedIssue[];
  /** What starts anew when they are issued; left out where nothing does. */
  readonly restarts?: readonly PlannedRestart[];
  readonly totals: PlanTotals;
  /** What these credentials lack to apply it; left out where nothing is known to be lacking. */
  readonly lacking?: readonly Permission[];
  /** What servers warned of; left out where they did not. They are among the notes, too. */
  readonly warnings?: readonly string[];
  /** Of the plan as a whole, such as warnings of a server. */
  readonly notes: readonly string[];
}

/** Does apply have anything to write? */
export function hasChanges(plan: Plan): boolean {
  const { create, update, replace, conflict, refused, records, issue, prune, withdraw } = plan.totals;
  const restarts = plan.restarts?.length ?? 0;
  return create + update + replace + conflict + refused + records + issue + prune + withdraw + restarts > 0;
}

export function totalsOf(
  objects: readonly PlannedObject[],
  issues: readonly PlannedIssue[],
  sets: readonly PlannedSet[],
  prunes: readonly PlannedPrune[],
): PlanTotals {
  const count = (action: Action) => objects.filter((object) => object.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    unchanged: count('unchanged'),
    conflict: count('conflict'),
    refused: count('refused'),
    records: sets.filter((set) => set.action !== 'unchanged').length,
    issue: issues.filter((issue) => issue.action !== 'keep').length,
    prune: prunes.filter(({ action }) => action === 'prune').length,
    withdraw: prunes.filter(({ action }) => action === 'withdraw').length,
    keep: prunes.filter(({ action }) => action === 'keep').length,
  };
}
