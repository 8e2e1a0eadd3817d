import type { Paint } from '../paint';
import { clock } from '../words';
import { barLines } from './bars';
import { heldLines } from './held';
import { cut, inert, type Line, type Piece, painted, widthOf } from './line';
import type { RunState } from './run-state';

/** Where a frame is painted, and when. */
export interface FrameOptions {
  /** Columns and rows that it may take. */
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  /** Since the start of the run. */
  readonly atMs: number;
}

/** What a frame is about. */
export interface FrameTitle {
  /** Such as `Apply shop`. */
  readonly name: string;
  /** Which plan, short. */
  readonly plan?: string;
  /** The user wants it to end. */
  readonly stopping: boolean;
}

const GAP = 2;
/** Of use to others only. */
const OWN_PROCESS = / \(process \d+\)$/;

/** A run as it is now, in lines that fit the terminal. */
export function frame(state: RunState, title: FrameTitle, options: FrameOptions): string[] {
  const { width, height, paint, atMs } = options;
  const top: Line[] = [header(state, title, width, atMs), ...section(barLines(state, width, atMs))];
  const lines = [...top, ...section(heldLines(state, { width, rows: height - top.length - 1, atMs }))];
  return lines.slice(0, height).map((line) => painted(cut(inert(line), width), paint));
}

/** A space before it, when there is any of it. */
function section(lines: readonly Line[]): Line[] {
  return lines.length ? [[], ...lines] : [];
}

/** What is of least use is left out first, where there is no room for all. */
function header(
  { plan, holder }: RunState,
  { name, plan: id, stopping }: FrameTitle,
  width: number,
  atMs: number,
): Line {
  const time: Piece = { text: clock(atMs) };
  const hint: Piece = stopping
    ? { text: 'stopping: what has begun is ended; ^C again: at once', colour: 'yellow' }
    : { text: '^C stops safely', colour: 'dim' };
  const facts = [
    plan ? '' : 'reading the servers',
    id ? `plan ${id}` : '',
    holder ? `lock held as ${holder.replace(OWN_PROCESS, '')}` : '',
  ].filter(Boolean);
  const bare = inert([{ text: name, colour: 'bold' }]);
  const starts = facts.map((_, i): Line => {
    const kept = facts.slice(0, facts.length - i).map((fact) => ({ text: ` · ${fact}` }));
    return [...bare, ...kept];
  });
  const all = [...starts, bare].map((start) => [start, [time, { text: '  ' }, hint]]);
  const [start, end] = all.find((both) => widthOf(both.flat()) + GAP <= width) ?? [bare, [time]];
  const gap = Math.max(GAP, width - widthOf(start) - widthOf(end));
  return [...start, { text: ' '.repeat(gap) }, ...end];
}
