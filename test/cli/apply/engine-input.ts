import { type ChartInput, type Input, readCharts } from '../../../cli/plan/chart-input';
import type { InputSelection } from '../../../cli/plan/chart-selection';
import { readDocuments } from '../../../cli/plan/document';
import type { Plane } from '../../../cli/plan/plan';
import { applySetId } from '../../../src/core/private/apply-set';

/** A chart as the library synthesizes it: the parent, then the objects with their construct paths and waves. */
export interface ChartOfTest {
  readonly plane: Plane;
  readonly path: string;
  readonly instance?: string;
  /** Of the parent. */
  readonly namespace?: string;
  /** Manifests; `$wave`, `$dependsOn`, `$id`, `$shared` and `$ca` become the library's annotations. */
  readonly objects: readonly any[];
}

/** The text that `cdk8s synth` would have written for the charts. */
export function synthesized(...charts: readonly ChartOfTest[]): string {
  const manifests = charts.flatMap((chart) => {
    const { plane, path, instance = 'east' } = chart;
    const { namespace = plane === 'host' ? 'karmada-system' : 'cdk8s-karmada' } = chart;
    const name = `${instance}-${path.replaceAll('/', '-').toLowerCase()}-${plane}`;
    const parent = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace,
        labels: { 'applyset.kubernetes.io/id': applySetId(name, namespace) },
        annotations: {
          'cdk8s-karmada.io/target': plane,
          'cdk8s-karmada.io/instance': instance,
          'cdk8s-karmada.io/version': 'v1.18.2',
          'cdk8s-karmada.io/chart': path,
        },
      },
    };
    const home =
      plane === 'karmada'
        ? {
            apiVersion: 'v1',
            kind: 'Namespace',
            $shared: true,
            metadata: {
              name: namespace,
              labels: { 'namespace.karmada.io/skip-auto-propagation': 'true' },
            },
          }
        : { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace }, $wave: 0 };
    return [parent, ...[home, ...chart.objects].map((object) => annotated(object, path))];
  });
  return manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
}

function annotated(object: any, chart: string): any {
  const { $wave, $dependsOn, $id, $shared, $ca, ...manifest } = object;
  const annotations = {
    ...manifest.metadata.annotations,
    ...($shared ? {} : { 'cdk8s-karmada.io/path': `${chart}/${$id ?? manifest.metadata.name}` }),
    ...($wave === undefined ? {} : { 'cdk8s-karmada.io/wave': `${$wave}` }),
    ...($dependsOn ? { 'config.kubernetes.io/depends-on': $dependsOn } : {}),
    ...($shared ? { 'cdk8s-karmada.io/shared': 'true' } : {}),
    ...($ca ? { 'cdk8s-karmada.io/inject-ca': $ca } : {}),
  };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

export function inputOf(charts: readonly ChartOfTest[], selection?: InputSelection): Input {
  return readCharts(readDocuments([{ file: 'dist/app.k8s.yaml', text: synthesized(...charts) }]), selection);
}

/** The ID of the set of a chart. */
export function setOf(input: Input, path: string): string {
  return (input.all.find((chart) => chart.path === path) as ChartInput).parent.id;
}
