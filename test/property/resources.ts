import { Size } from 'cdk8s';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { OverridePolicy } from '../../src/policy/override-policy';
import { MulticloudConfigMap } from '../../src/workload/multicloud-config-map';
import { MulticloudDaemonSet } from '../../src/workload/multicloud-daemon-set';
import { MulticloudGroup } from '../../src/workload/multicloud-group';
import { MulticloudNamespace } from '../../src/workload/multicloud-namespace';
import { MulticloudObject } from '../../src/workload/multicloud-object';
import { MulticloudPersistentVolumeClaim } from '../../src/workload/multicloud-persistent-volume-claim';
import { MulticloudService } from '../../src/workload/multicloud-service';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import type { Dice } from './dice';
import { PolicyParts } from './policy-parts';
import { Words } from './words';

/** What stands beside workloads, and what is given as it is; they may be wrong. */
export class Resources {
  private readonly words: Words;
  private readonly parts: PolicyParts;

  constructor(
    private readonly dice: Dice,
    private readonly chart: MulticloudChart,
  ) {
    this.words = new Words(dice);
    this.parts = new PolicyParts(dice);
  }

  public statefulSet(): MulticloudStatefulSet {
    return new MulticloudStatefulSet(this.chart, 'Db', {
      ...this.named(),
      serviceName: this.words.objectName(),
      containers: [{ image: 'a:1' }],
    });
  }

  public daemonSet(): MulticloudDaemonSet {
    return new MulticloudDaemonSet(this.chart, 'Agent', { ...this.named(), containers: [{ image: 'a:1' }] });
  }

  public service(): MulticloudService {
    const port = this.dice.number(1, 65536);
    return new MulticloudService(this.chart, 'Front', { ...this.named(), ports: [{ port }], selector: { app: 'web' } });
  }

  public configMap(): MulticloudConfigMap {
    const { dice, words } = this;
    const data = dice.map(
      2,
      () => words.labelKey(),
      () => words.text(),
    );
    const made = new MulticloudConfigMap(this.chart, 'Settings', { ...this.named(), data });
    for (const _ of dice.list(0, 1, () => 0)) made.overrideOn(this.parts.clusters(), this.parts.overrider());
    return made;
  }

  public claim(): MulticloudPersistentVolumeClaim {
    const size = Size.gibibytes(this.dice.number(1, 9));
    return new MulticloudPersistentVolumeClaim(this.chart, 'Data', { ...this.named(), size });
  }

  public namespace(): MulticloudNamespace {
    const { dice, parts } = this;
    return new MulticloudNamespace(this.chart, 'Front', {
      name: this.name(),
      placement: dice.maybe(() => parts.placement()),
    });
  }

  public object(): MulticloudObject {
    const made = new MulticloudObject(this.chart, 'Any', { ...this.parts.propagation(), manifest: this.manifest() });
    if (this.dice.chance(50)) made.overrideOn(this.parts.clusters(), this.parts.overrider());
    return made;
  }

  public group(): MulticloudGroup {
    const yaml = this.dice.list(1, 3, () => JSON.stringify(this.manifest())).join('\n---\n');
    return MulticloudGroup.fromYaml(this.chart, 'Given', { ...this.parts.propagation(), yaml });
  }

  public overridePolicy(): OverridePolicy {
    return new OverridePolicy(this.chart, 'Policy', this.overrides());
  }

  public clusterOverridePolicy(): ClusterOverridePolicy {
    return new ClusterOverridePolicy(this.chart, 'Policy', this.overrides());
  }

  private overrides() {
    const { dice, parts } = this;
    return {
      resources: dice.list(1, 2, () => parts.selector()),
      rules: dice.list(0, 2, () => ({
        clusters: dice.maybe(() => parts.clusters()),
        overriders: dice.list(1, 2, () => parts.overrider()),
      })),
    };
  }

  private named() {
    return { ...this.parts.propagation(), name: this.name() };
  }

  /** Of the longest that an object can have, too. */
  private name(): string {
    return this.dice.chance(10) ? 'x'.repeat(this.dice.number(60, 253)) : this.words.objectName();
  }

  private manifest(): any {
    const [apiVersion, kind] = this.dice.one(
      ['v1', 'ConfigMap'],
      ['backup.example/v1', 'Backup'],
      ['apps/v1', 'Deployment'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    );
    const { words } = this;
    const labels = this.dice.map(
      2,
      () => words.labelKey(),
      () => words.labelValue(),
    );
    return { apiVersion, kind, metadata: { name: this.name(), labels } };
  }
}
