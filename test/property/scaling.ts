import { ApiObject } from 'cdk8s';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { CronAutoscaler } from '../../src/workload/cron-autoscaler';
import { FederatedAutoscaler } from '../../src/workload/federated-autoscaler';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { ScalingSelectPolicy } from '../../src/workload/scaling-behavior';
import { ScalingMetric } from '../../src/workload/scaling-metric';
import { ScalingPolicy } from '../../src/workload/scaling-policy';
import { ScalingTarget } from '../../src/workload/scaling-target';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import type { Dice } from './dice';
import { PolicyParts } from './policy-parts';
import { Words } from './words';

/** What changes how many there are, and where; they may be wrong. */
export class Scaling {
  private readonly words: Words;
  private readonly parts: PolicyParts;

  constructor(
    private readonly dice: Dice,
    private readonly chart: MulticloudChart,
  ) {
    this.words = new Words(dice);
    this.parts = new PolicyParts(dice);
  }

  public autoscaler(): FederatedAutoscaler {
    const { dice, words } = this;
    const made = new FederatedAutoscaler(this.chart, 'Scaler', {
      scaleTarget: this.target(),
      name: dice.maybe(() => words.objectName()),
      minReplicas: dice.maybe(() => words.count(1)),
      maxReplicas: dice.chance(90) ? 2 ** 31 - 1 : words.count(1),
      metrics: dice.maybe(() => dice.list(1, 3, () => this.metric())),
      behavior: dice.maybe(() => ({
        scaleUp: dice.maybe(() => this.rules()),
        scaleDown: dice.maybe(() => this.rules()),
      })),
    });
    for (const name of dice.list(0, 2, () => dice.one('up', 'down', 'x'.repeat(32), 'x'.repeat(33)))) {
      made.addSchedule({
        ...this.schedule(name),
        targetMinReplicas: dice.maybe(() => words.count(1)),
        targetMaxReplicas: dice.maybe(() => words.count(1)),
      });
    }
    return made;
  }

  public cronAutoscaler(): CronAutoscaler {
    const { dice, words } = this;
    const rules = dice.list(1, 2, () => ({ ...this.schedule(words.objectName()), targetReplicas: words.count() }));
    return new CronAutoscaler(this.chart, 'Scaler', { scaleTarget: this.target(), rules });
  }

  public rebalancer(): WorkloadRebalancer {
    const { dice, words } = this;
    return new WorkloadRebalancer(this.chart, 'Once', {
      name: words.objectName(),
      workloads: dice.list(0, 3, () => this.parts.selector()),
      ttlAfterFinished: dice.maybe(() => words.duration()),
    });
  }

  private target(): MulticloudDeployment {
    return new MulticloudDeployment(this.chart, 'Web', { containers: [{ image: 'a:1' }] });
  }

  private schedule(name: string) {
    const { dice, words } = this;
    return {
      name,
      schedule: words.schedule(),
      timeZone: dice.maybe(() => words.timeZone()),
      suspend: dice.maybe(() => dice.chance(50)),
      successfulHistoryLimit: dice.maybe(() => dice.number(1, 33)),
      failedHistoryLimit: dice.maybe(() => dice.number(0, 33)),
    };
  }

  private metric(): ScalingMetric {
    const { dice, words } = this;
    const target = () =>
      dice.chance(50) ? ScalingTarget.averageUtilization(words.count(1)) : ScalingTarget.averageValue(words.quantity());
    const selector = () =>
      dice.map(
        2,
        () => words.labelKey(),
        () => words.labelValue(),
      );
    return dice.one(
      () => ScalingMetric.cpu(target()),
      () => ScalingMetric.memory(target()),
      () => ScalingMetric.containerCpu(words.objectName(), target()),
      () => ScalingMetric.pods(words.labelKey(), words.quantity(), { selector: selector() }),
      () => ScalingMetric.object(this.described(), words.labelKey(), ScalingTarget.value(words.quantity())),
    )();
  }

  private described(): ApiObject {
    return new ApiObject(this.chart, `Ingress${this.chart.node.children.length}`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: `web-${this.chart.node.children.length}` },
    });
  }

  private rules() {
    const { dice, words } = this;
    const policy = () =>
      dice.chance(50)
        ? ScalingPolicy.pods(words.count(1), words.duration())
        : ScalingPolicy.percent(words.count(1), words.duration());
    const { MAX, MIN, DISABLED } = ScalingSelectPolicy;
    return {
      stabilizationWindow: dice.maybe(() => words.duration()),
      selectPolicy: dice.maybe(() => dice.one(MAX, MIN, DISABLED)),
      policies: dice.maybe(() => dice.list(1, 2, policy)),
    };
  }
}
