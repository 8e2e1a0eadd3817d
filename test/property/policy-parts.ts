import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterToleration, TaintEffect } from '../../src/core/cluster-toleration';
import { ResourceSelector } from '../../src/core/resource-selector';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import type { ClusterGroup } from '../../src/policy/cluster-group';
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
import { Suspension } from '../../src/policy/suspension';
import type { Dice } from './dice';
import { Words } from './words';

/** What policies are made of, with whatever the dice say; they may be wrong. */
export class PolicyParts {
  private readonly words: Words;

  constructor(private readonly dice: Dice) {
    this.words = new Words(dice);
  }

  public selector(): ResourceSelector {
    const { dice, words } = this;
    const labels = () => ({ [words.labelKey()]: words.labelValue() });
    return dice.chance(70)
      ? ResourceSelector.named('apps/v1', 'Deployment', words.objectName())
      : ResourceSelector.labelled('v1', 'ConfigMap', labels());
  }

  public propagation(): PropagationOptions {
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

  public clusters(): ClusterSelector {
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

  public overrider(): Overrider {
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

  public placement(): Placement {
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
}
