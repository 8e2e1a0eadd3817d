import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { type Member, memberId } from './apply-set';
import { PART_OF } from './chart-input';
import { parseReference } from './edges';
import { type DataLeave, judgeBelonging } from './instance/belonging';
import { rankOf } from './order';
import type { Plan } from './plan';
import { allowance, isAllowed, isWrittenByUs, protectionOf } from './protection';

/** What becomes of an object that left the code. */
export type Judgement =
  | { readonly action: 'prune' }
  /** It is not ours to delete: only what the code had set on it goes. */
  | { readonly action: 'withdraw' }
  /** It stays, and the record goes on to list it. */
  | { readonly action: 'keep'; readonly why: string; readonly allow?: string }
  /** It is not of this chart any more: the record forgets it. `why` only where a person should hear of it. */
  | { readonly action: 'release'; readonly why?: string };

/** What an object that left the code is judged by. */
export interface Departure {
  /** ID of its set. */
  readonly id: string;
  /** IDs of all sets of the input, between which an object may move. */
  readonly siblings: ReadonlySet<string>;
  /** UIDs of all objects that the code names: a kind that moved to another API group is the same object. */
  readonly uids: ReadonlySet<string>;
  /** All that the code names on this server, whether or not this run applies it. */
  readonly wanted: readonly ObjectKey[];
  /** Objects and kinds that a person has named as ones that may be deleted. */
  readonly allowed: readonly string[];
  /** False: nothing is deleted in this run. */
  readonly prune: boolean;
  /** What becomes of the data of its instance. @default - nothing: the instance is not destroyed */
  readonly data?: DataLeave;
  /** Why an object of the instance stays though its chart is destroyed. */
  readonly stays?: (member: Member) => string | undefined;
}

const NO_PRUNE = 'nothing is deleted in this run (--no-prune)';

/** Is it deleted, kept or let go? `live`: as it is now, which is there. */
export function judge(member: Member, live: any, departure: Departure): Judgement {
  const { id, siblings, uids, allowed } = departure;
  const set: string | undefined = live.metadata.labels?.[PART_OF];
  if (member.belonging && set === undefined) return judgeBelonging(member, live, departure.data);
  // a run that ended between an object and its label: the record has no UID of it yet
  const unfinished = set === undefined && member.uid === undefined && isWrittenByUs(live);
  if (set === undefined && !unfinished) {
    return { action: 'release', why: `somebody took its label ${PART_OF} away: it is let go, and not deleted` };
  }
  if (set !== undefined && set !== id) {
    if (siblings.has(set)) return { action: 'release' };
    return { action: 'release', why: `it is in the set ${set} now: it is let go, and not deleted` };
  }
  if (uids.has(live.metadata.uid)) return { action: 'release' };
  if (member.joined) return departure.prune ? { action: 'withdraw' } : keep(NO_PRUNE);
  const stays = departure.stays?.(member);
  if (stays) return keep(stays);
  const users = usersOf(member, live, departure.wanted);
  if (users) return keep(users);
  const protection = protectionOf(live, member);
  if (protection && !(protection.allowable && isAllowed(member, allowed))) {
    return keep(protection.why, protection.allowable ? allowance(member) : undefined);
  }
  return departure.prune ? { action: 'prune' } : keep(NO_PRUNE);
}

function keep(why: string, allow?: string): Judgement {
  return { action: 'keep', why, ...(allow ? { allow } : {}) };
}

/** Objects of the code that would go with it. */
function usersOf({ apiVersion, kind, name }: ObjectKey, live: any, wanted: readonly ObjectKey[]): string | undefined {
  const users =
    kind === 'Namespace' && apiVersion === 'v1'
      ? wanted.filter(({ namespace }) => namespace === name)
      : kind === 'CustomResourceDefinition'
        ? wanted.filter((key) => key.kind === live.spec?.names?.kind && groupOf(key.apiVersion) === live.spec?.group)
        : [];
  return users.length ? `the code has ${some(users.map(keyText))} in it` : undefined;
}

const SHOWN = 3;

/** The first few of a list, and how many more there are. */
export function some(names: readonly string[], shown = SHOWN): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(', ')} and ${more} more` : names.join(', ');
}

const POLICY = /^(Cluster)?(Propagation|Override)Policy$/;

/** Is it a policy that says where the template runs, or as what? Labels are taken to fit. */
export function isPolicyFor(policy: ObjectKey, live: any, template: ObjectKey): boolean {
  if (groupOf(policy.apiVersion) !== 'policy.karmada.io' || !POLICY.test(policy.kind)) return false;
  if (policy.namespace !== '' && policy.namespace !== template.namespace) return false;
  const selectors: any[] = live.spec?.resourceSelectors ?? [];
  // an override that names nothing is for everything
  if (!selectors.length) return policy.kind.endsWith('OverridePolicy') && !POLICY.test(template.kind);
  return selectors.some(
    ({ apiVersion, kind, namespace, name }) =>
      apiVersion === template.apiVersion &&
      kind === template.kind &&
      (!namespace || namespace === template.namespace) &&
      (!name || name === template.name),
  );
}

/**
 * The turn of each object when all are deleted: the reverse of the order in which they are made, what depends on others
 * before them, definitions late and namespaces last.
 */
export function pruneTurns(members: readonly Member[]): Map<Member, string> {
  const byId = new Map(members.map((member) => [memberId(member), member]));
  const dependents = new Map<Member, Member[]>();
  for (const member of members) {
    for (const reference of (member.dependsOn ?? '').split(',')) {
      const [group, kind, namespace, name] = parseReference(reference.trim()) ?? [];
      const needed = byId.get([group, kind, namespace, name].join('|'));
      if (needed && needed !== member) dependents.set(needed, [...(dependents.get(needed) ?? []), member]);
    }
  }
  const turns = new Map<Member, Turn>();
  for (const member of members) turnOf(member, dependents, turns, []);
  const text = (turn: Turn) => turn.map((part) => String(part).padStart(4, '0')).join(' ');
  return new Map(members.map((member) => [member, text(turns.get(member) ?? ownTurn(member))]));
}

type Turn = readonly [late: number, wave: number, rank: number, depth: number];

const LAST = 99;

function ownTurn(member: Member): Turn {
  const { kind, wave } = member;
  const late = kind === 'Namespace' ? 2 : kind === 'CustomResourceDefinition' ? 1 : 0;
  return [late, LAST - wave, LAST - rankOf(member, wave), 0];
}

function turnOf(
  member: Member,
  dependents: ReadonlyMap<Member, readonly Member[]>,
  turns: Map<Member, Turn>,
  chain: readonly Member[],
): Turn {
  const known = turns.get(member);
  if (known) return known;
  let turn = ownTurn(member);
  if (chain.includes(member)) return turn;
  for (const dependent of dependents.get(member) ?? []) {
    const after = turnOf(dependent, dependents, turns, [...chain, member]);
    if (compare(turn, after) <= 0) turn = [after[0], after[1], after[2], after[3] + 1];
  }
  turns.set(member, turn);
  return turn;
}

function compare(a: Turn, b: Turn): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}

/** From so many objects on, or so large a part of what is recorded, a person has to say the number. */
const MANY = 10;
const PART = 0.2;
/** So few are never many, unless they are all. */
const FEW = 3;

/** How many objects a plan deletes, where that needs to be acknowledged; else undefined. */
export function massPrune({
  prunes,
  sets,
  objects,
  totals,
}: Plan): { readonly of: number; readonly all: boolean } | undefined {
  const of = sets.reduce((sum, { recorded }) => sum + recorded, 0);
  // a chart of which nothing is left is what an input looks like that was not synthesized whole
  const emptied = new Set(sets.filter(({ recorded }) => recorded > 0).map(({ chart }) => chart));
  const own = (path: string) => sets.find(({ chart }) => chart === path)?.key.namespace;
  for (const { chart, key } of objects)
    if (!(key.kind === 'Namespace' && key.name === own(chart))) emptied.delete(chart);
  const all = prunes.some(({ action, chart }) => action === 'prune' && emptied.has(chart));
  const many = totals.prune > MANY || (totals.prune > FEW && totals.prune > PART * of);
  return totals.prune > 0 && (many || all) ? { of, all } : undefined;
}

/** What is special about a large prune, in words. */
export function massText(prune: number, { of, all }: { readonly of: number; readonly all: boolean }): string {
  return `${prune} of ${of} recorded objects would be deleted${all ? ', and a chart would be left with nothing' : ''}`;
}
