import { Preview } from '../../src/preview/preview';
import { previewed, previewedConflicts } from './recorded';
import { ruleRuns, type VectorRun } from './vector-runs';

const byRule = new Map<string, Map<string, VectorRun[]>>();
for (const run of ruleRuns()) {
  const vectors = byRule.get(run.rule) ?? new Map<string, VectorRun[]>();
  byRule.set(run.rule, vectors.set(run.vector, [...(vectors.get(run.vector) ?? []), run]));
}

describe.each([...byRule])('%s', (_rule, vectors) => {
  test.each([...vectors])('%s', (vector, runs) => {
    for (const { props, documents, waiting, conflicts = {}, unknown, expected } of runs) {
      const json = Preview.of(props).toJson();
      expect({ vector, unknown: unknown(json) }).toEqual({ vector, unknown: [] });
      expect({ vector, ...previewedConflicts(json, Object.keys(conflicts)) }).toEqual({ vector, ...conflicts });
      expect({ vector, ...previewed(json, documents, waiting) }).toEqual({ vector, ...expected(json) });
    }
  });
});
