import { pod } from './pods';

/** Why pods do not run, most frequent first: one line for each cause, with the first pod that has it. */
export function stuckPods(pods: readonly any[]): string[] {
  const byCause = new Map<string, any[]>();
  for (const each of pods) {
    const readiness = pod(each, { nowMs: 0 });
    if (readiness.state !== 'failed') continue;
    byCause.set(readiness.message, [...(byCause.get(readiness.message) ?? []), each]);
  }
  return [...byCause]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([cause, having]) =>
        `${cause} (pod ${having[0].metadata.name}${having.length > 1 ? ` and ${having.length - 1} more` : ''})`,
    );
}
