import stringWidth from 'string-width';
import { keyText } from '../../../src/core/object-key';
import type { ClusterProgress } from '../../plan/readiness/member-progress';
import { MEMBER_HEADS, memberCells } from '../member-table';
import { count } from '../words';
import { cell, type Line, widthOf } from './line';
import type { Held, RunState } from './run-state';

/** Room for what is held, and when it is. */
export interface HeldOptions {
  readonly width: number;
  readonly rows: number;
  readonly atMs: number;
}

const MOST_BLOCKERS = 3;
const MOST_OBJECTS = 8;
const MOST_MEMBERS = 6;
/** What waits for less time is not worth a look. */
const BRIEF_MS = 5000;
const MARGIN = '       ';
/** Below this width a member is told in two columns. */
const NARROW = 72;

/** What is blocked and what is waited for, the longest first, in so many rows. */
export function heldLines(state: RunState, { width, rows, atMs }: HeldOptions): Line[] {
  const lines = blockedLines(state).slice(0, Math.max(0, rows));
  const held = state.held(atMs);
  const named = state.planes.size > 1 ? fullName : shortName;
  const long = held.filter(({ sinceMs }) => atMs - sinceMs >= BRIEF_MS);
  const first = (long.length ? long : held).slice(0, MOST_OBJECTS);
  const states = widest(first.map((each) => stateOf(each, atMs)));
  const names = Math.min(Math.max(10, width - states - 4), widest(first.map(named)));
  let shown = 0;
  for (const each of first) {
    // the line that says how many more there are needs a row, too
    const isLast = shown + 1 === held.length;
    const room = rows - lines.length - (isLast ? 0 : 1);
    if (room < 1) break;
    lines.push(...objectLines(each, named(each), { names, states, width, atMs }).slice(0, room));
    lines.push(...memberLines(each.clusters ?? [], width, rows - lines.length - (isLast ? 0 : 1)));
    shown++;
  }
  const more = held.slice(shown);
  return more.length && lines.length < rows ? [...lines, moreLine(more, atMs)] : lines;
}

interface Columns {
  readonly names: number;
  readonly states: number;
  readonly width: number;
  readonly atMs: number;
}

/** Why stands below where there is no room beside. */
function objectLines(each: Held, name: string, { names, states, width, atMs }: Columns): Line[] {
  const line: Line = [
    { text: `  ${cell(name, names)}  ` },
    { text: cell(stateOf(each, atMs), states), colour: each.failed ? 'red' : 'yellow' },
  ];
  const reason: Line = [{ text: `   ${reasonOf(each)}` }];
  return widthOf(line) + widthOf(reason) <= width
    ? [[...line, ...reason]]
    : [line, [{ text: `${MARGIN}${reasonOf(each)}` }]];
}

function blockedLines(state: RunState): Line[] {
  const blocked = [...state.blocked()].map(
    ([why, number]): Line => [{ text: '  ' }, { text: `⊘ ${number} blocked`, colour: 'red' }, { text: `   ${why}` }],
  );
  const more = blocked.length - MOST_BLOCKERS;
  if (more <= 0) return blocked;
  return [...blocked.slice(0, MOST_BLOCKERS), [{ text: `  + ${count(more, 'more reason')} why objects are blocked` }]];
}

function moreLine(more: readonly Held[], atMs: number): Line {
  const longest = atMs - Math.min(...more.map(({ sinceMs }) => sinceMs));
  const time = longest < BRIEF_MS ? `< ${BRIEF_MS / 1000} s` : `≤ ${lasting(longest)}`;
  return [{ text: `  + ${more.length} more waiting, all ${time}`, colour: 'dim' }];
}

function shortName({ plane, key }: Held): string {
  return key ? keyText(key) : plane;
}

function fullName({ plane, key }: Held): string {
  return key ? `${plane}: ${keyText(key)}` : plane;
}

function stateOf({ failed, again, sinceMs }: Held, atMs: number): string {
  const word = failed ? 'failed' : again ? 'tried again' : 'waiting';
  return failed ? word : `${word} ${lasting(atMs - sinceMs)}`;
}

/** Which members lack what stands in the table below. */
function reasonOf({ reason, clusters = [] }: Held): string {
  if (!clusters.some(({ cluster }) => reason.startsWith(`${cluster}: `))) return reason;
  return `${clusters.filter(isDone).length} of ${count(clusters.length, 'member')} done`;
}

function isDone({ state }: ClusterProgress): boolean {
  return state === 'done';
}

/** How far it is on each member; the ones that are not done first, where there is no room for all. */
function memberLines(clusters: readonly ClusterProgress[], width: number, room: number): Line[] {
  const rows = Math.min(MOST_MEMBERS + 1, room);
  if (!clusters.length || rows < 3) return [];
  const fits = clusters.length < rows;
  const sorted = fits ? clusters : [...clusters].sort((a, b) => Number(isDone(a)) - Number(isDone(b)));
  const shown = fits ? sorted : sorted.slice(0, rows - 2);
  const all = [[...MEMBER_HEADS], ...shown.map(memberCells)];
  const cells =
    width < NARROW
      ? all.map(([cluster, , , health, detail]) => [cluster, detail === '-' ? health : detail])
      : all.map(once);
  const widths = cells[0].map((_, column) => widest(cells.map((row) => row[column])));
  const lines = cells.map((row, i): Line => {
    const text = row.map((each, column) => (column + 1 < row.length ? cell(each, widths[column]) : each)).join('  ');
    return [{ text: `${MARGIN}${text}`, ...(i ? {} : { colour: 'dim' as const }) }];
  });
  const more = clusters.length - shown.length;
  return more ? [...lines, [{ text: `${MARGIN}+ ${count(more, 'more member')}`, colour: 'dim' }]] : lines;
}

/** What the health says need not stand in the detail, too. */
function once([cluster, seen, applied, health, detail]: readonly string[]): string[] {
  return [cluster, seen, applied, health, detail.startsWith(`${health} `) ? detail.slice(health.length + 1) : detail];
}

function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}
