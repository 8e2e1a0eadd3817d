import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { place } from '../core/private/place';
import { PlainObject } from '../core/private/plain-object';
import { troubles } from '../core/private/trouble';
import type { IMulticloudResource } from './multicloud-resource';
import { autoscalerTroubles, boundsTroubles, federatedHpaSpec, unreachableBounds } from './private/federated-hpa';
import { scaleTargetTroubles } from './private/scale-target';
import { scheduleRule, scheduleTroubles } from './private/schedule';
import type { ScalingBehavior } from './scaling-behavior';
import type { ScalingMetric } from './scaling-metric';
import type { BoundsSchedule } from './scaling-schedule';

/** What `autoscale` of a workload can be told. */
export interface FederatedAutoscalerOptions {
  /**
   * The smallest number of replicas, in all clusters together.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** The largest number of replicas, in all clusters together. */
  readonly maxReplicas: number;

  /**
   * What it looks at, at least one metric; the one that asks for most replicas decides.
   *
   * @default - CPU at an average utilisation of 80 percent
   */
  readonly metrics?: ScalingMetric[];

  /**
   * How fast replicas may change.
   *
   * @default - as fast as Karmada scales by itself
   */
  readonly behavior?: ScalingBehavior;

  /**
   * Name of the object.
   *
   * @default - that of the policies of what is scaled, such as `web-deployment`
   */
  readonly name?: string;

  /**
   * Labels of the object.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Options of `FederatedAutoscaler`. */
export interface FederatedAutoscalerProps extends FederatedAutoscalerOptions {
  /** What is scaled: something with replicas, such as a `MulticloudDeployment`. It should not be duplicated. */
  readonly scaleTarget: IMulticloudResource;
}

/**
 * Changes how many replicas a workload has, by what its pods on all member clusters use together (FederatedHPA), and its bounds
 * at fixed times (CronFederatedHPA).
 *
 * Karmada needs its metrics adapter for it, the member clusters a metrics server, and the pods requests for what is held at a
 * utilisation. Where the replicas go is still the placement's decision.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/autoscaling/v1alpha1/federatedhpa_types.go
 * @example
 * import { FederatedAutoscaler, MulticloudChart, MulticloudDeployment, ScalingMetric, ScalingTarget } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const web: MulticloudDeployment;
 *
 * const autoscaler = new FederatedAutoscaler(chart, 'web-autoscaler', {
 *   scaleTarget: web,
 *   minReplicas: 3,
 *   maxReplicas: 30,
 *   metrics: [ScalingMetric.cpu(ScalingTarget.averageUtilization(60))],
 * });
 * autoscaler.addSchedule({ name: 'morning', schedule: '0 8 * * MON-FRI', timeZone: 'Europe/Berlin', targetMinReplicas: 10 });
 */
export class FederatedAutoscaler extends Construct {
  private readonly object: ApiObject;
  private readonly props: FederatedAutoscalerProps;
  private readonly schedules: BoundsSchedule[] = [];
  private schedule?: ApiObject;

  constructor(scope: Construct, id: string, props: FederatedAutoscalerProps) {
    super(scope, id);
    const { scaleTarget, labels, annotations } = props;
    MulticloudChart._around(this);
    const name = props.name ?? scaleTarget.policyName;
    const found = [...scaleTargetTroubles(this, scaleTarget), ...autoscalerTroubles(name, props)];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));
    this.props = props;
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name, namespace: scaleTarget.template.metadata.namespace, labels, annotations },
      spec: federatedHpaSpec(props),
    });
    addCheck(this, () =>
      unreachableBounds(this.props, this.schedules).map((trouble) => ({ ...trouble, at: place(this, this.object) })),
    );
  }

  /** Name of the object, and of that with the schedules. */
  public get autoscalerName(): string {
    return this.object.name;
  }

  /**
   * Changes the bounds at fixed times; the first one makes a CronFederatedHPA of the same name.
   *
   * @param rule when, and to what
   * @throws if Karmada would refuse it
   */
  public addSchedule(rule: BoundsSchedule): void {
    const found = [...scheduleTroubles(rule, this.schedules), ...boundsTroubles(rule)];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: place(this, this.object) })));
    this.schedules.push(rule);
    const { apiVersion, kind, name, metadata } = this.object;
    this.schedule ??= new ApiObject(this, 'Schedule', {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'CronFederatedHPA',
      metadata: { name, namespace: metadata.namespace, labels: this.props.labels, annotations: this.props.annotations },
      spec: {
        scaleTargetRef: { apiVersion, kind, name },
        rules: Lazy.any({ produce: () => this.schedules.map(ruleOf) }),
      },
    });
  }
}

function ruleOf(rule: BoundsSchedule): any {
  const { targetMinReplicas, targetMaxReplicas } = rule;
  return scheduleRule(rule, { targetMinReplicas, targetMaxReplicas });
}
