import type { Chart } from 'cdk8s';
import type { Finding } from '../finding';
import type { Advice } from './advice';
import { applySetId } from './apply-set';
import { addCheck } from './check';
import { FixedObject } from './fixed-object';
import { APPLY_SET_ID, CHART, INSTANCE, KARMADA_PARENT_NAMESPACE, SHARED, TARGET, VERSION } from './keys';
import { makeLate } from './late';
import { limited } from './names';
import { writtenOver } from './one-file';
import { peekAt } from './plain-object';
import { Review } from './review';
import { stamp } from './stamp';
import { register, type Target, targetsOf, within } from './target-registry';
import type { Trouble } from './trouble';

/** What makes a chart a target. */
export interface TargetChartOptions {
  /** The server that the output goes to. */
  readonly target: 'host' | 'karmada';
  readonly instanceName: string;
  /** Karmada's version, such as `v1.18.2`. */
  readonly version: string;
  /** The namespace of the ApplySet parent: the instance's on the host, `KARMADA_PARENT_NAMESPACE` on Karmada. */
  readonly namespace: string;
  /** The wave of every object that has no `cdk8s-karmada.io/wave` annotation of its own. */
  readonly wave: number;
  /** The chart whose path is in the parent's name, when it is another one: the host chart, for its Karmada-side child. */
  readonly namedAfter?: Chart;
  /** What else the parent has to say, such as what happens when the chart leaves the code. */
  readonly annotations?: { readonly [key: string]: string };
  /** Labels of the parent, beside its own. */
  readonly labels?: { readonly [key: string]: string };
  /** What the server would say to an object; errors fail synth. Nothing is asked when it is left out. */
  readonly admit?: (manifest: any) => Finding[];
  /** What is doubtful in the objects that go to the same server, those of other charts too. Nothing is asked when it is left out. */
  readonly advise?: (manifests: readonly any[]) => Advice[];
}

/**
 * Makes a chart a target: for `MulticloudChart`, and for the charts of an instance.
 *
 * Call it in the constructor, before the chart's objects are made: it adds the ApplySet parent, and before it, on Karmada,
 * the shared Namespace; on the host, make the instance's Namespace first. At synth every object below the chart gets its path,
 * its wave and its dependencies as annotations, a namespace when it has none and its kind is not cluster-scoped, and is
 * checked. The chart's `toJson` has to be `renderTarget(this)`, else synth is quadratic.
 */
export function targetChart(chart: Chart, options: TargetChartOptions): void {
  const { target, instanceName, version, namespace } = options;
  const name = parentName(options.namedAfter ?? chart, instanceName, target);
  if (target === 'karmada') new FixedObject(chart, 'ApplySetNamespace', sharedNamespace());
  new FixedObject(chart, 'ApplySetParent', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      annotations: {
        ...options.annotations,
        [CHART]: chart.node.path,
        [INSTANCE]: instanceName,
        [TARGET]: target,
        [VERSION]: version,
      },
      labels: { ...options.labels, [APPLY_SET_ID]: applySetId(name, namespace) },
      name,
      namespace,
    },
  });
  const admit = options.admit ?? (() => []);
  const review = new Review(admit);
  const registered: Target = {
    chart,
    server: target,
    instanceName,
    parent: { name, namespace },
    wave: options.wave,
    admit,
    advise: options.advise,
    review: (manifests) => [...namesakes(registered), ...lostFiles(registered), ...review.of(manifests)],
    isRendering: false,
  };
  register(registered);
  addCheck(chart, () => {
    if (registered.isRendering) return [];
    makeLate(registered);
    return registered.review(stamp(registered, within(registered, chart)).map(peekAt));
  });
}

/** The parent's name: the path in lower case, with `-` for what a name cannot hold. */
function parentName(chart: Chart, instanceName: string, target: string): string {
  const path = chart.node.path.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return limited(`${instanceName}-${path}-${target}`);
}

/** The namespace of ApplySet parents on Karmada, which must not spread to member clusters. */
function sharedNamespace(): any {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      annotations: { [SHARED]: 'true' },
      labels: { 'namespace.karmada.io/skip-auto-propagation': 'true' },
      name: KARMADA_PARENT_NAMESPACE,
    },
  };
}

/** Of the app as a whole, so its first chart says it. */
function lostFiles(target: Target): Trouble[] {
  return targetsOf(target.chart)[0] === target ? writtenOver(target.chart) : [];
}

/** Two charts with one parent would prune each other's objects. */
function namesakes(target: Target): Trouble[] {
  return targetsOf(target.chart)
    .filter(
      (other) =>
        other !== target &&
        other.server === target.server &&
        other.instanceName === target.instanceName &&
        other.parent.name === target.parent.name &&
        other.parent.namespace === target.parent.namespace,
    )
    .map((other) => ({
      what: `two charts would keep their records in one ConfigMap, "${target.parent.namespace}/${target.parent.name}"`,
      at: `${target.chart.node.path} and ${other.chart.node.path}`,
      fix: 'give one of the two charts another id',
    }));
}
