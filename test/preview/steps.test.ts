import { Preview } from '../../src/preview/preview';
import { previewed } from './recorded';
import { stepRuns, type VectorRun } from './vector-runs';

const byRule = new Map<string, Map<string, VectorRun[]>>();
for (const run of stepRuns()) {
  const vectors = byRule.get(run.rule) ?? new Map<string, VectorRun[]>();
  byRule.set(run.rule, vectors.set(run.vector, [...(vectors.get(run.vector) ?? []), run]));
}

describe.each([...byRule])('%s', (_rule, vectors) => {
  test.each([...vectors])('%s', (vector, runs) => {
    for (const { props, documents, waiting, unknown, expected } of runs) {
      const json = Preview.of(props).toJson();
      expect({ vector, unknown: unknown(json) }).toEqual({ vector, unknown: [] });
      expect({ vector, ...previewed(json, documents, waiting) }).toEqual({ vector, ...expected(json) });
    }
  });
});
