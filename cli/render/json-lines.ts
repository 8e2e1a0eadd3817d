import type { ApplyEvent } from '../plan/progress';

/** What comes before all events: how they are to be read. */
export function versionLine(instance: string): string {
  return lineOf({ type: 'version', schema: '1', instance });
}

/** One event of a run, with its time in place of how long after the start it was. */
export function eventLine({ atMs, ...event }: ApplyEvent, startMs: number, more: object = {}): string {
  const { type, ...rest } = event;
  return lineOf({ type, time: new Date(startMs + atMs).toISOString(), ...rest, ...more });
}

function lineOf(record: object): string {
  return `${JSON.stringify(record)}\n`;
}
