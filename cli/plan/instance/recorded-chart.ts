import { keyOf } from '../../../src/core/object-key';
import * as keys from '../../../src/core/private/keys';
import type { ChartInput } from '../chart-input';

/** What the command writes to a record besides what was synthesized. */
const WRITTEN = /^applyset\.kubernetes\.io\/(tooling|contains-group-kinds|additional-namespaces)$/;
const ADDED: readonly string[] = ['cdk8s-karmada.io/server', keys.RETAINED];

/** A chart as its record says, for when no code does; it names none of its objects. */
export function recordedChart(parent: any): ChartInput {
  const { name, namespace, labels = {}, annotations = {} } = parent.metadata;
  const key = keyOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  const synthesized = Object.fromEntries(
    Object.entries(annotations).filter(([each]) => !WRITTEN.test(each) && !ADDED.includes(each)),
  );
  return {
    plane: annotations[keys.TARGET] === 'karmada' ? 'karmada' : 'host',
    instance: annotations[keys.INSTANCE] ?? '',
    version: annotations[keys.VERSION] ?? '',
    path: annotations[keys.CHART] ?? '',
    parent: {
      key,
      id: labels[keys.APPLY_SET_ID] ?? '',
      manifest: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace, labels, annotations: synthesized },
      },
      source: { file: `ConfigMap/${namespace}/${name} on the server`, document: 1 },
    },
    objects: [],
  };
}
