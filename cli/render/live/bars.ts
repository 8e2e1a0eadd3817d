import stringWidth from 'string-width';
import type { Line, Piece } from './line';
import type { GateState, PlaneState, RunState } from './run-state';

/** How far something is, and what there is to say about it. */
interface Bar {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly pieces: readonly Piece[];
}

/** Columns of a bar, by how many there are at least. */
const SIZES = [
  [100, 20],
  [72, 14],
  [56, 10],
] as const;
const DONE: Piece = { text: 'done', colour: 'green' };

/** A bar for each server that the run is about, and one for the gate that was met last. */
export function barLines({ planes, gate }: RunState, width: number, atMs: number): Line[] {
  const needed = [...planes.values()].filter(({ total }) => total > 0);
  const bars = [...needed.map((plane) => planeBar(plane, atMs)), ...(gate ? [gateBar(gate)] : [])];
  const counts = Math.max(0, ...bars.map((bar) => countsOf(bar).length));
  return bars.map((bar) => barLine(bar, sizeFor(width), counts));
}

function planeBar(plane: PlaneState, atMs: number): Bar {
  const { plane: name, total, done } = plane;
  const bad = (['failed', 'blocked'] as const)
    .map((outcome) => [plane.count(outcome), outcome] as const)
    .filter(([number]) => number > 0)
    .map(([number, outcome]): Piece => ({ text: `${number} ${outcome}`, colour: 'red' }));
  const present = done < total ? presentOf(plane, atMs) : bad.length ? [] : [DONE];
  return { name, done, total, pieces: [...bad, ...present] };
}

/** What goes on at a server now. */
function presentOf(plane: PlaneState, atMs: number): Piece[] {
  const { unopened, inFlight, throttled } = plane;
  if (unopened) return [{ text: `not open yet: ${unopened}`, colour: 'dim' }];
  const texts = inFlight ? [`${inFlight} in flight`, `${plane.rate(atMs)} objects/s`, `${throttled} throttled`] : [];
  return texts.map((text) => ({ text }));
}

function gateBar({ name, of, unready }: GateState): Bar {
  const text: Piece = unready
    ? { text: `${name}: ${unready} of ${of} not ready`, colour: 'yellow' }
    : { text: `${name} ready`, colour: 'green' };
  return { name: 'gate', done: of - unready, total: of, pieces: [text] };
}

function barLine(bar: Bar, size: number, counts: number): Line {
  const { name, done, total, pieces } = bar;
  const halves = Math.floor((done / total) * size * 2);
  const filled = '█'.repeat(Math.floor(halves / 2)) + (halves % 2 ? '▌' : '');
  return [
    { text: `  ${name.padEnd(7)}  ` },
    { text: filled, colour: 'green' },
    { text: '·'.repeat(size - stringWidth(filled)), colour: 'dim' },
    { text: `${size ? '  ' : ''}${countsOf(bar).padStart(counts)}   ` },
    ...pieces.flatMap((piece, i) => (i ? [{ text: ' · ' }, piece] : [piece])),
  ];
}

/** Where there is little room, counts alone. */
function sizeFor(width: number): number {
  const [, size] = SIZES.find(([least]) => width >= least) ?? [0, 0];
  return size;
}

function countsOf({ done, total }: Bar): string {
  return `${done}/${total}`;
}
