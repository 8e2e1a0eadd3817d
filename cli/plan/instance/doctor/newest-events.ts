import { masked } from './masked';

const MOST = 3;

/** The newest warnings about objects, by kind and name, one of each reason, as a part of a sentence; empty without any. */
export function newestEvents(events: readonly any[], kind: string, named: (name: string) => boolean): string {
  const about = events.filter(
    ({ type, involvedObject }) => type === 'Warning' && involvedObject?.kind === kind && named(involvedObject.name),
  );
  const newest = [...about].sort((a, b) => (when(a) === when(b) ? 0 : when(a) < when(b) ? 1 : -1));
  const byReason = new Map<string, string>();
  for (const { reason, message, involvedObject } of newest) {
    if (!byReason.has(reason)) byReason.set(reason, `${involvedObject.name} ${reason}: ${masked(message ?? '')}`);
  }
  const told = [...byReason.values()].slice(0, MOST);
  return told.length ? `; last events: ${told.join('; ')}` : '';
}

function when({ lastTimestamp, eventTime, metadata }: any): string {
  return lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? '';
}
