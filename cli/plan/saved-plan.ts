import { keyText, type ObjectKey } from '../../src/core/object-key';
import type { Trouble } from '../../src/core/private/trouble';
import type { Action, Plan, Plane, PlannedPrune } from './plan';

/** How long a plan is good for. */
export const GOOD_FOR_MS = 24 * 60 * 60 * 1000;
const KIND = 'cdk8s-karmada plan';

/** One object of a saved plan: digests instead of what is in it. */
export interface SavedObject {
  readonly plane: Plane;
  readonly key: ObjectKey;
  readonly action: Action | PlannedPrune['action'];
  /** Of what the code says; left out where a part of it is read only when it is applied. */
  readonly desired?: string;
  /** Of what was there, without status and versions; left out where nothing was. */
  readonly live?: string;
}

/** A plan that was approved, to be applied later: no values, no credentials. */
export interface SavedPlan {
  readonly kind: typeof KIND;
  readonly schema: '1';
  readonly toolVersion: string;
  readonly instance: string;
  /** Construct path of the only chart that it is about. */
  readonly only?: string;
  /** When it was made, as RFC 3339. */
  readonly time: string;
  readonly planes: readonly { readonly plane: Plane; readonly uid?: string; readonly url?: string }[];
  /** Key of the digests, for this plan alone. */
  readonly salt: string;
  readonly objects: readonly SavedObject[];
  /** Records of charts and Secrets to issue: what happens to them. */
  readonly others: readonly string[];
  /** What a person has allowed about what leaves. */
  readonly leave: { readonly allowed: readonly string[]; readonly prune: boolean; readonly count: number };
  /** What a person has allowed to be replaced. */
  readonly replace: readonly string[];
}

/** An object as it is now, for the comparison with what was approved. */
export interface CurrentObject extends SavedObject {
  /** Field managers that wrote to it since the plan was made, and when. */
  readonly writers: readonly string[];
}

/** What there is now, in the same form. */
export interface Current
  extends Omit<SavedPlan, 'objects' | 'kind' | 'schema' | 'time' | 'salt' | 'leave' | 'replace'> {
  readonly nowMs: number;
  readonly objects: readonly CurrentObject[];
}

/** What happens besides to objects of the code: a part of what is approved. */
export function othersOf({ sets, issues, restarts = [] }: Plan): string[] {
  return [
    ...sets
      .filter(({ action }) => action !== 'unchanged')
      .map(({ plane, key, action }) => `${action} ${plane} ${keyText(key)}`),
    ...issues.filter(({ action }) => action !== 'keep').map(({ key, action }) => `${action} host ${keyText(key)}`),
    ...restarts.map(({ key }) => `restart host ${keyText(key)}`),
  ];
}

export function savedPlan(plan: Omit<SavedPlan, 'kind' | 'schema'>): SavedPlan {
  return { kind: KIND, schema: '1', ...plan };
}

/** The plan in a file; undefined when it is none that this version wrote. */
export function readSavedPlan(text: string): SavedPlan | undefined {
  try {
    const read = JSON.parse(text);
    const isPlan =
      read?.kind === KIND && read.schema === '1' && Array.isArray(read.objects) && Array.isArray(read.planes);
    return isPlan ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Why a saved plan cannot be applied any more: all reasons at once. */
export function staleness(saved: SavedPlan, current: Current): Trouble[] {
  const fixed = [...wrongRun(saved, current), ...wrongPlanes(saved, current)];
  return fixed.length ? fixed : [...movedObjects(saved, current), ...newOthers(saved, current)];
}

const AGAIN = 'make the plan again, have it approved, and apply that; nothing was written';

function wrongRun(saved: SavedPlan, current: Current): Trouble[] {
  const found: Trouble[] = [];
  const age = current.nowMs - Date.parse(saved.time);
  if (!(age < GOOD_FOR_MS))
    found.push({ what: `the plan was made ${saved.time}, and is good for 24 hours`, fix: AGAIN });
  if (saved.toolVersion !== current.toolVersion) {
    const what = `the plan was made by version ${saved.toolVersion} of the command, and this is ${current.toolVersion}`;
    found.push({ what, fix: AGAIN });
  }
  if (saved.instance !== current.instance || saved.only !== current.only) {
    const name = ({ instance, only }: { instance: string; only?: string }) =>
      `"${instance}"${only ? `, chart ${only}` : ''}`;
    found.push({ what: `the plan is for instance ${name(saved)}, and this run for ${name(current)}`, fix: AGAIN });
  }
  return found;
}

function wrongPlanes(saved: SavedPlan, current: Current): Trouble[] {
  return current.planes.flatMap(({ plane, uid, url }) => {
    const before = saved.planes.find((each) => each.plane === plane);
    if (before && (before.uid === undefined || before.uid === uid)) return [];
    const was = before?.uid ? `${before.url} (UID ${before.uid})` : 'no server that was there';
    return [
      {
        what: `${plane} is another cluster than the one of the plan, which was ${was}`,
        at: `${url} (UID ${uid})`,
        fix: 'choose the context that the plan was made with; nothing was written',
      },
    ];
  });
}

function movedObjects(saved: SavedPlan, current: Current): Trouble[] {
  const before = new Map(saved.objects.map((each) => [idOf(each), each]));
  return current.objects.flatMap((each) => {
    const was = before.get(idOf(each));
    const why = whyStale(was, each);
    if (!why) return [];
    return [{ what: `${each.plane}: ${keyText(each.key)} ${why}`, fix: AGAIN }];
  });
}

/** What is done already, or will not be done, is no reason; what was not approved is. */
function whyStale(was: SavedObject | undefined, now: CurrentObject): string | undefined {
  if (now.action === 'unchanged') return undefined;
  const by = now.writers.length ? ` by ${now.writers.join(', ')}` : '';
  if (was?.desired !== undefined && now.desired !== undefined && was.desired !== now.desired)
    return 'is not what the plan was made of: the code says something else now';
  if (!was) return `is not in the plan, and would be ${PAST[now.action]}`;
  // a run that ended between the two halves of a replacement
  if (was.action === 'replace' && now.action === 'create') return undefined;
  if (was.live !== now.live) {
    const what = was.live === undefined ? 'was made' : now.live === undefined ? 'was deleted' : 'was changed';
    return `${what}${by} since the plan was made`;
  }
  return was.action === now.action ? undefined : `would be ${PAST[now.action]} now, and the plan says ${was.action}`;
}

const PAST: { readonly [action in CurrentObject['action']]: string } = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  unchanged: 'left alone',
  conflict: 'a conflict',
  refused: 'refused',
  prune: 'deleted',
  withdraw: 'given up',
  keep: 'kept',
};

function newOthers(saved: SavedPlan, current: Current): Trouble[] {
  const news = current.others.filter((each) => !saved.others.includes(each));
  return news.map((each) => ({ what: `the plan does not say: ${each}`, fix: AGAIN }));
}

function idOf({ plane, key }: SavedObject): string {
  return `${plane} ${key.apiVersion} ${keyText(key)}`;
}
