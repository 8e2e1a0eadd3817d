import { ApiObject, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterToleration, TaintEffect } from '../../src/core/cluster-toleration';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy } from '../../src/member/cluster-taint-policy';
import { MemberCluster, SyncMode } from '../../src/member/member-cluster';
import { ResourceModels } from '../../src/member/resource-models';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import type { ClusterGroup } from '../../src/policy/cluster-group';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { ClusterSpread } from '../../src/policy/cluster-spread';
import { Overrider } from '../../src/policy/overrider';
import { PatchOperator } from '../../src/policy/patch-operator';
import { Placement } from '../../src/policy/placement';
import {
  ActivationPreference,
  ConflictResolution,
  Preemption,
  type PropagationOptions,
} from '../../src/policy/propagation-options';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { Suspension } from '../../src/policy/suspension';
import { CronAutoscaler } from '../../src/workload/cron-autoscaler';
import { FederatedAutoscaler } from '../../src/workload/federated-autoscaler';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import { ScalingSelectPolicy } from '../../src/workload/scaling-behavior';
import { ScalingMetric } from '../../src/workload/scaling-metric';
import { ScalingPolicy } from '../../src/workload/scaling-policy';
import { ScalingTarget } from '../../src/workload/scaling-target';
import { ServiceExposure } from '../../src/workload/service-exposure';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import type { Dice } from './dice';
import { Words } from './words';

/**
 * Constructs with whatever the dice say, in a chart; they may be wrong. Names and labels of policies are left out: constructs
 * leave them to admission, which synth asks.
 */
export class Constructs {
  private readonly words: Words;

  constructor(
    private readonly dice: Dice,
    private readonly chart: MulticloudChart,
  ) {
    this.words = new Words(dice);
  }

  public deployment(): MulticloudDeployment {
    const { dice, words } = this;
    const made = new MulticloudDeployment(this.chart, 'Web', {
      ...this.propagation(),
      name: words.objectName(),
      replicas: dice.maybe(() => words.count()),
      labels: dice.map(
        2,
        () => words.labelKey(),
        () => words.labelValue(),
      ),
      podLabels: dice.map(
        2,
        () => words.labelKey(),
        () => words.labelValue(),
      ),
      containers: [{ name: 'main', image: 'registry.example/shop/web:1.4.0', args: ['--on'] }],
    });
    for (const overriders of dice.list(0, 2, () => dice.list(1, 3, () => this.overrider()))) {
      made.overrideOn(this.clusters(), ...overriders);
    }
    return made;
  }

  public job(): MulticloudJob {
    const { dice, words } = this;
    return new MulticloudJob(this.chart, 'Report', {
      ...this.propagation(),
      parallelism: dice.maybe(() => words.count()),
      containers: [{ image: 'a:1' }],
    });
  }

  public cronJob(): MulticloudCronJob {
    const { dice, words } = this;
    return new MulticloudCronJob(this.chart, 'Nightly', {
      ...this.propagation(),
      schedule: words.schedule(),
      timeZone: dice.maybe(() => words.timeZone()),
      containers: [{ image: 'a:1' }],
    });
  }

  public propagationPolicy(): PropagationPolicy {
    const resources = this.dice.list(1, 3, () => this.selector());
    return new PropagationPolicy(this.chart, 'Policy', { ...this.propagation(), resources });
  }

  public clusterPropagationPolicy(): ClusterPropagationPolicy {
    const resources = this.dice.list(1, 3, () => this.selector());
    return new ClusterPropagationPolicy(this.chart, 'Policy', { ...this.propagation(), resources });
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
      targetClusters: dice.maybe(() => this.clusters()),
      addOnConditions: dice.maybe(() => dice.list(1, 2, () => this.condition())),
      removeOnConditions: dice.maybe(() => dice.list(1, 2, () => this.condition())),
      taints: dice.list(dice.chance(5) ? 0 : 1, 2, () => this.taint(false)),
    });
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

  public multiClusterService(): MultiClusterService {
    const { dice, words } = this;
    const service = new ApiObject(this.chart, 'Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: words.objectName() },
    });
    const clusters = () => dice.maybe(() => dice.list(1, 3, () => words.cluster()));
    const ports = () =>
      dice.list(1, 3, () => ({ name: dice.maybe(() => words.objectName()), port: dice.number(1, 65536) }));
    const exposure = dice.chance(50)
      ? ServiceExposure.crossCluster({ providerClusters: clusters(), consumerClusters: clusters() })
      : ServiceExposure.loadBalancer({ ports: dice.maybe(ports) });
    return new MultiClusterService(this.chart, 'Exposed', { service, exposure });
  }

  public rebalancer(): WorkloadRebalancer {
    const { dice, words } = this;
    return new WorkloadRebalancer(this.chart, 'Once', {
      name: words.objectName(),
      workloads: dice.list(0, 3, () => this.selector()),
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

  private selector(): ResourceSelector {
    const { dice, words } = this;
    const labels = () => ({ [words.labelKey()]: words.labelValue() });
    return dice.chance(70)
      ? ResourceSelector.named('apps/v1', 'Deployment', words.objectName())
      : ResourceSelector.labelled('v1', 'ConfigMap', labels());
  }

  private propagation(): PropagationOptions {
    const { dice, words } = this;
    const failover = () => ({
      application: dice.maybe(() => this.applicationFailover()),
      cluster: dice.maybe(() => ClusterFailover.gracefully({ statePreservation: this.state() })),
    });
    const suspension = () => (dice.chance(50) ? Suspension.everywhere() : Suspension.on(words.cluster()));
    return {
      placement: dice.maybe(() => this.placement()),
      autoPropagate: dice.maybe(() => dice.chance(70)),
      priority: dice.maybe(() => words.count()),
      preemption: dice.maybe(() => dice.one(Preemption.ALWAYS, Preemption.NEVER)),
      conflictResolution: dice.maybe(() => dice.one(ConflictResolution.ABORT, ConflictResolution.OVERWRITE)),
      preserveResourcesOnDeletion: dice.maybe(() => dice.chance(50)),
      activationPreference: dice.maybe(() => ActivationPreference.LAZY),
      suspension: dice.chance(20) ? suspension() : undefined,
      failover: dice.chance(20) ? failover() : undefined,
      schedulePriority: dice.chance(20) ? words.objectName() : undefined,
      dependentOverrides: dice.chance(20) ? dice.list(0, 2, () => words.objectName()) : undefined,
    };
  }

  private applicationFailover(): ApplicationFailover {
    const { dice, words } = this;
    const tolerationSeconds = dice.maybe(() => words.duration());
    const gracePeriodSeconds = dice.maybe(() => words.duration());
    return dice.chance(50)
      ? ApplicationFailover.directly({ tolerationSeconds, statePreservation: this.state() })
      : ApplicationFailover.gracefully({ tolerationSeconds, gracePeriodSeconds });
  }

  private state(): { [key: string]: string } | undefined {
    const { dice, words } = this;
    return dice.maybe(() => ({ [words.labelKey()]: '{.jobId}' }));
  }

  private placement(): Placement {
    const { dice, words } = this;
    const shared = {
      tolerations: dice.maybe(() => dice.list(0, 2, () => this.toleration())),
      colocateByLabel: dice.chance(10) ? words.labelKey() : undefined,
      separateByLabel: dice.chance(10) ? words.labelKey() : undefined,
    };
    const where = () =>
      dice.chance(70)
        ? { clusters: dice.maybe(() => this.clusters()) }
        : { groups: dice.list(1, 3, () => this.group()) };
    const spread = dice.chance(30) ? this.spread() : undefined;
    const overflowing = () =>
      dice.chance(70)
        ? { clusters: dice.maybe(() => this.clusters()) }
        : {
            groups: dice.list(1, 3, () => ({
              ...this.group(),
              overflow: dice.maybe(() => dice.list(1, 2, () => this.group())),
            })),
          };
    const weights = () => dice.list(1, 3, () => ({ clusters: this.clusters(), weight: words.count(1) }));
    return dice.one(
      () => Placement.duplicated({ ...shared, ...where(), spread }),
      () => Placement.aggregated({ ...shared, ...overflowing(), spread }),
      () => Placement.dynamicWeight({ ...shared, ...overflowing(), spread }),
      () => Placement.staticWeight(weights(), { ...shared, ...where() }),
    )();
  }

  private group(): ClusterGroup {
    const { dice, words } = this;
    const name = dice.chance(90) ? `group-${dice.number(1, 99)}` : words.labelKey();
    return { name, clusters: this.clusters() };
  }

  private spread(): ClusterSpread {
    const { dice } = this;
    const range = () => ({ min: dice.maybe(() => dice.number(0, 3)), max: dice.number(2, 6) });
    return dice.chance(50) ? ClusterSpread.clusters(range()) : ClusterSpread.regions(range(), range());
  }

  private clusters(): ClusterSelector {
    const { dice, words } = this;
    const place = () => dice.list(1, 2, () => words.place());
    const one = () =>
      dice.one(
        () => ClusterSelector.all(),
        () => ClusterSelector.names(...dice.list(1, 3, () => words.cluster())),
        () => ClusterSelector.labels({ [words.labelKey()]: words.labelValue() }),
        () =>
          ClusterSelector.matching(
            ClusterLabel.isIn(words.labelKey(), words.labelValue()),
            ClusterLabel.exists('tier'),
          ),
        () => ClusterSelector.location({ regions: place(), zones: dice.maybe(place), providers: dice.maybe(place) }),
        () => ClusterSelector.notInLocation({ regions: place() }),
      )();
    const chosen = dice.chance(30) ? one().and(one()) : one();
    return dice.chance(20) ? chosen.excluding(words.cluster()) : chosen;
  }

  private toleration(): ClusterToleration {
    const { dice, words } = this;
    const options = {
      effect: dice.maybe(() => dice.one(TaintEffect.NO_EXECUTE, TaintEffect.NO_SCHEDULE)),
      evictAfter: dice.chance(20) ? words.duration() : undefined,
    };
    return dice.chance(50)
      ? ClusterToleration.equal(words.labelKey(), words.labelValue(), options)
      : ClusterToleration.exists(words.labelKey(), options);
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

  private overrider(): Overrider {
    const { dice, words } = this;
    return dice.one(
      () => Overrider.image({ registry: dice.maybe(() => 'mirror.example'), tag: dice.one('2', 'a:b', 'v1.2.3') }),
      () => Overrider.env(words.text(), words.text()),
      () => Overrider.label(words.labelKey(), words.labelValue()),
      () => Overrider.annotation(words.labelKey(), words.text()),
      () => Overrider.podLabel(words.labelKey(), words.labelValue()),
      () => Overrider.podAnnotation(words.labelKey(), words.text()),
      () => Overrider.command([words.text()]),
      () => Overrider.args([words.text()]),
      () => Overrider.removeArgs(['--on']),
      () => Overrider.replicas(words.count()),
      () => Overrider.resources({ requests: { cpu: words.quantity() } }),
      () => Overrider.patch(PatchOperator.ADD, words.text(), dice.number(0, 9)),
    )();
  }
}
