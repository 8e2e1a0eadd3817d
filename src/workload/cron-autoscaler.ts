import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { place } from '../core/private/place';
import { type Trouble, troubles } from '../core/private/trouble';
import type { IMulticloudResource } from './multicloud-resource';
import { countTroubles } from './private/counts';
import { nameTroubles } from './private/federated-hpa';
import { scaleTargetRef, scaleTargetTroubles } from './private/scale-target';
import { scheduleRule, scheduleTroubles } from './private/schedule';
import type { ReplicasSchedule } from './scaling-schedule';

/** Options of `CronAutoscaler`. */
export interface CronAutoscalerProps {
  /** What is scaled: something with replicas, such as a `MulticloudDeployment`. */
  readonly scaleTarget: IMulticloudResource;

  /** When it is scaled, and to how many replicas: at least one rule. */
  readonly rules: ReplicasSchedule[];

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

/**
 * Changes how many replicas a workload has at fixed times (CronFederatedHPA), whatever its pods use.
 *
 * Where the pods' use decides, use `FederatedAutoscaler` and its `addSchedule`: two that set the replicas of one workload
 * undo each other's work.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/autoscaling/v1alpha1/cronfederatedhpa_types.go
 * @example
 * import { CronAutoscaler, MulticloudChart, MulticloudDeployment } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const reports: MulticloudDeployment;
 *
 * new CronAutoscaler(chart, 'reports-at-night', {
 *   scaleTarget: reports,
 *   rules: [
 *     { name: 'night', schedule: '0 22 * * *', targetReplicas: 12 },
 *     { name: 'day', schedule: '0 6 * * *', targetReplicas: 0 },
 *   ],
 * });
 */
export class CronAutoscaler extends Construct {
  private readonly object: ApiObject;
  private readonly rules: ReplicasSchedule[] = [];

  constructor(scope: Construct, id: string, props: CronAutoscalerProps) {
    super(scope, id);
    const { scaleTarget, rules, labels, annotations } = props;
    MulticloudChart._around(this);
    const name = props.name ?? scaleTarget.policyName;
    const found = [
      ...scaleTargetTroubles(this, scaleTarget),
      ...nameTroubles('an autoscaler', name),
      ...(rules.length === 0
        ? [{ what: '`rules` is empty, so nothing would ever be scaled', fix: 'give one rule or more' }]
        : []),
      ...rules.flatMap((rule, index) => ruleTroubles(rule, rules.slice(0, index))),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));
    this.rules.push(...rules);
    this.object = new ApiObject(this, 'Resource', {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'CronFederatedHPA',
      metadata: { name, namespace: scaleTarget.template.metadata.namespace, labels, annotations },
      spec: {
        scaleTargetRef: scaleTargetRef(scaleTarget),
        rules: Lazy.any({ produce: () => this.rules.map(ruleOf) }),
      },
    });
  }

  /** Name of the object. */
  public get autoscalerName(): string {
    return this.object.name;
  }

  /**
   * Scales it at other times too.
   *
   * @param rule when, and to how many replicas
   * @throws if Karmada would refuse it
   */
  public addSchedule(rule: ReplicasSchedule): void {
    const found = ruleTroubles(rule, this.rules);
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: place(this, this.object) })));
    this.rules.push(rule);
  }
}

function ruleTroubles(rule: ReplicasSchedule, others: readonly ReplicasSchedule[]): Trouble[] {
  return [...scheduleTroubles(rule, others), ...countTroubles({ targetReplicas: rule.targetReplicas })];
}

function ruleOf(rule: ReplicasSchedule): any {
  return scheduleRule(rule, { targetReplicas: rule.targetReplicas });
}
