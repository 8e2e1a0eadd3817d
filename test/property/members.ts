import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy } from '../../src/member/cluster-taint-policy';
import { MemberCluster, SyncMode } from '../../src/member/member-cluster';
import { ResourceModels } from '../../src/member/resource-models';
import type { Dice } from './dice';
import { PolicyParts } from './policy-parts';
import { Words } from './words';

/** Member clusters, and what is written for them; they may be wrong. */
export class Members {
  private readonly words: Words;
  private readonly parts: PolicyParts;

  constructor(
    private readonly dice: Dice,
    private readonly chart: MulticloudChart,
  ) {
    this.words = new Words(dice);
    this.parts = new PolicyParts(dice);
  }

  public memberCluster(): MemberCluster {
    const { dice, words } = this;
    return new MemberCluster(this.chart, 'Member', {
      clusterName: words.cluster(),
      syncMode: dice.maybe(() => dice.one(SyncMode.PULL, SyncMode.PUSH)),
      provider: dice.maybe(() => words.place()),
      region: dice.maybe(() => words.place()),
      zones: dice.maybe(() => dice.list(0, 3, () => words.place())),
      labels: dice.map(
        2,
        () => words.labelKey(),
        () => words.labelValue(),
      ),
      taints: dice.list(0, 2, () => this.taint(true)),
      schedulingPaused: dice.maybe(() => dice.chance(50)),
      resourceModels: dice.maybe(() => this.models()),
    });
  }

  /** NoExecute is left out: whether Karmada takes it here is a flag of its webhook. */
  public clusterTaintPolicy(): ClusterTaintPolicy {
    const { dice } = this;
    return new ClusterTaintPolicy(this.chart, 'Policy', {
      targetClusters: dice.maybe(() => this.parts.clusters()),
      addOnConditions: dice.maybe(() => dice.list(1, 2, () => this.condition())),
      removeOnConditions: dice.maybe(() => dice.list(1, 2, () => this.condition())),
      taints: dice.list(dice.chance(5) ? 0 : 1, 2, () => this.taint(false)),
    });
  }

  private taint(executes: boolean): ClusterTaint {
    const { dice, words } = this;
    const value = dice.maybe(() => words.labelValue());
    return executes && dice.chance(50)
      ? ClusterTaint.noExecute(words.labelKey(), value)
      : ClusterTaint.noSchedule(words.labelKey(), value);
  }

  private condition(): ClusterCondition {
    const { dice } = this;
    const statuses = dice.list(1, 2, () =>
      dice.one(ConditionStatus.TRUE, ConditionStatus.FALSE, ConditionStatus.UNKNOWN),
    );
    const type = dice.chance(97) ? `Condition${dice.number(1, 9)}` : '';
    return dice.chance(50) ? ClusterCondition.isIn(type, ...statuses) : ClusterCondition.isNotIn(type, ...statuses);
  }

  private models(): ResourceModels {
    const { dice } = this;
    if (dice.chance(20)) return ResourceModels.karmadaGrades();
    let [cpu, memory] = [0, 0];
    return ResourceModels.endingAt(
      ...dice.list(1, 4, () => {
        cpu += dice.number(0, 9);
        memory += dice.number(0, 9);
        return { cpu: Cpu.units(cpu), memory: Size.gibibytes(memory) };
      }),
    );
  }
}
