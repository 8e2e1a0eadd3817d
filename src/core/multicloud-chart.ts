import { Chart, type ChartProps } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { IMulticloudInstance } from './multicloud-instance';
import { KARMADA_PARENT_NAMESPACE } from './private/keys';
import { renderTarget } from './private/rendering';
import { targetChart } from './private/target-chart';
import { troubles } from './private/trouble';

/** cdk8s makes `instanceof` true of every chart, also for its subclasses. */
const CHARTS = new WeakSet<IConstruct>();

/** The wave of an instance that everything multicloud is applied in. */
const WAVE = 7;

/** Options of `MulticloudChart`. */
export interface MulticloudChartProps extends ChartProps {
  /** The instance whose Karmada API server the chart goes to. */
  readonly instance: IMulticloudInstance;
}

/**
 * What goes to the Karmada API server of one instance: workloads, policies, member clusters, and any other Kubernetes object.
 *
 * Everything multicloud stands in one of these. Objects of any cdk8s-plus, of `Include` and of `Helm` may stand in it too. What
 * names no namespace goes to `default`, unless `namespace` says otherwise. Synth fails when Karmada would refuse an object,
 * and says so for all objects at once.
 *
 * Each chart is applied and pruned on its own, so a team's chart is a unit of release. For that its output begins with a
 * ConfigMap in namespace `cdk8s-karmada`, which keeps the record of what was applied.
 *
 * @example
 * import { App } from 'cdk8s';
 * import { ClusterSelector, IMulticloudInstance, MulticloudChart, MulticloudDeployment, Placement } from 'cdk8s-karmada';
 *
 * declare const instance: IMulticloudInstance;
 *
 * const app = new App();
 * const shop = new MulticloudChart(app, 'shop', { instance, namespace: 'shop' });
 * new MulticloudDeployment(shop, 'web', {
 *   replicas: 6,
 *   containers: [{ image: 'registry.example/web:1.4.0' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.labels({ tier: 'edge' }) }),
 * });
 * app.synth();
 */
export class MulticloudChart extends Chart {
  /**
   * The chart that a construct stands in.
   *
   * @internal
   */
  public static _around(construct: IConstruct): MulticloudChart {
    const chart = construct.node.scopes.reverse().find((scope) => CHARTS.has(scope));
    if (chart) return chart as MulticloudChart;
    throw troubles([
      {
        what: `${construct.constructor.name} stands in no MulticloudChart, so there is no Karmada that it could go to`,
        at: construct.node.path,
        fix: 'make a MulticloudChart with the instance and give it, or a construct in it, as the scope',
      },
    ]);
  }

  /** The instance whose Karmada API server the chart goes to. */
  public readonly instance: IMulticloudInstance;

  constructor(scope: Construct, id: string, props: MulticloudChartProps) {
    super(scope, id, { ...props, namespace: props.namespace ?? 'default' });
    this.instance = props.instance;
    CHARTS.add(this);
    targetChart(this, {
      target: 'karmada',
      instanceName: props.instance.instanceName,
      version: props.instance.version.version,
      namespace: KARMADA_PARENT_NAMESPACE,
      wave: WAVE,
      admit: (manifest) => props.instance._admit(manifest),
      advise: (manifests) => props.instance._advise(manifests),
    });
  }

  public toJson(): any[] {
    return renderTarget(this);
  }
}
