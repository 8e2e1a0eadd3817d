import { ApiObject } from 'cdk8s';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import { ServiceExposure } from '../../src/workload/service-exposure';
import type { Dice } from './dice';
import { PolicyParts } from './policy-parts';
import { Words } from './words';

/**
 * Workloads and policies, with whatever the dice say; they may be wrong. Names and labels of policies are left out: constructs
 * leave them to admission, which synth asks.
 */
export class Workloads {
  private readonly words: Words;
  private readonly parts: PolicyParts;

  constructor(
    private readonly dice: Dice,
    private readonly chart: MulticloudChart,
  ) {
    this.words = new Words(dice);
    this.parts = new PolicyParts(dice);
  }

  public deployment(): MulticloudDeployment {
    const { dice, words } = this;
    const made = new MulticloudDeployment(this.chart, 'Web', {
      ...this.parts.propagation(),
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
    for (const overriders of dice.list(0, 2, () => dice.list(1, 3, () => this.parts.overrider()))) {
      made.overrideOn(this.parts.clusters(), ...overriders);
    }
    return made;
  }

  public job(): MulticloudJob {
    const { dice, words } = this;
    return new MulticloudJob(this.chart, 'Report', {
      ...this.parts.propagation(),
      parallelism: dice.maybe(() => words.count()),
      containers: [{ image: 'a:1' }],
    });
  }

  public cronJob(): MulticloudCronJob {
    const { dice, words } = this;
    return new MulticloudCronJob(this.chart, 'Nightly', {
      ...this.parts.propagation(),
      schedule: words.schedule(),
      timeZone: dice.maybe(() => words.timeZone()),
      containers: [{ image: 'a:1' }],
    });
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

  public propagationPolicy(): PropagationPolicy {
    const resources = this.dice.list(1, 3, () => this.parts.selector());
    return new PropagationPolicy(this.chart, 'Policy', { ...this.parts.propagation(), resources });
  }

  public clusterPropagationPolicy(): ClusterPropagationPolicy {
    const resources = this.dice.list(1, 3, () => this.parts.selector());
    return new ClusterPropagationPolicy(this.chart, 'Policy', { ...this.parts.propagation(), resources });
  }
}
