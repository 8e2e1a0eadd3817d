import { Duration } from 'cdk8s';
import { Admission } from '../../src/admission/admission';
import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterToleration, TaintEffect } from '../../src/core/cluster-toleration';
import { ResourceLabel } from '../../src/core/resource-label';
import { ResourceSelector } from '../../src/core/resource-selector';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import type { OverflowingClusterGroup } from '../../src/policy/cluster-group';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { ClusterSpread, type GroupRange } from '../../src/policy/cluster-spread';
import { Placement } from '../../src/policy/placement';
import type { PlacementOptions } from '../../src/policy/placement-options';
import {
  ActivationPreference,
  ConflictResolution,
  Preemption,
  type PropagationOptions,
} from '../../src/policy/propagation-options';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { Suspension } from '../../src/policy/suspension';
import { aChart, bare } from '../core/fake-instance';

const CASES = 1000;

/** Chances that are the same in every run (mulberry32). */
class Dice {
  constructor(private seed: number) {}

  public below(sides: number): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * sides;
  }

  public one<T>(...of: T[]): T {
    return of[Math.floor(this.below(of.length))];
  }

  public maybe<T>(make: () => T): T | undefined {
    return this.below(2) < 1 ? make() : undefined;
  }

  public some<T>(make: (index: number) => T, least = 1): T[] {
    return Array.from({ length: least + Math.floor(this.below(3)) }, (_, index) => make(index));
  }
}

const KEYS = ['tier', 'shop.example/tier', 'a_b.c', 'x'.repeat(63)];
const VALUES = ['', 'edge', 'A-1', '9'.repeat(63)];
const CLUSTERS = ['berlin', 'paris', 'tokyo', 'c'.repeat(48)];

function aSelector(dice: Dice): ClusterSelector {
  const one = () =>
    dice.one(
      () => ClusterSelector.all(),
      () => ClusterSelector.names(...dice.some(() => dice.one(...CLUSTERS))),
      () => ClusterSelector.labels({ [dice.one(...KEYS)]: dice.one(...VALUES) }),
      () => ClusterSelector.matching(ClusterLabel.isNotIn(dice.one(...KEYS), ...dice.some(() => dice.one(...VALUES)))),
      () => ClusterSelector.location({ regions: ['eu-1'], zones: dice.maybe(() => ['a', 'b']) }),
      () => ClusterSelector.notInLocation({ providers: ['metal'] }),
    )();
  const selector = dice.maybe(() => one().and(ClusterSelector.labels({ a: 'b' }))) ?? one();
  return dice.maybe(() => selector.excluding('lab')) ?? selector;
}

function aRange(dice: Dice, most: number): GroupRange {
  const min = 1 + Math.floor(dice.below(most));
  return { min: dice.maybe(() => min), max: min + Math.floor(dice.below(3)) };
}

function aToleration(dice: Dice): ClusterToleration {
  const key = dice.one(...KEYS);
  const effect = dice.maybe(() => dice.one(TaintEffect.NO_EXECUTE, TaintEffect.NO_SCHEDULE));
  const evictAfter =
    effect === TaintEffect.NO_SCHEDULE ? undefined : dice.maybe(() => Duration.minutes(dice.one(0, 7)));
  return dice.one(
    () => ClusterToleration.equal(key, dice.one(...VALUES), { effect, evictAfter }),
    () => ClusterToleration.exists(key, { effect, evictAfter }),
    () => ClusterToleration.unreachable(Duration.minutes(5)),
  )();
}

function aPlacement(dice: Dice): Placement {
  const rest: PlacementOptions = {
    tolerations: dice.maybe(() => dice.some(() => aToleration(dice))),
    colocateByLabel: dice.maybe(() => dice.one(...KEYS)),
    separateByLabel: dice.maybe(() => 'apart'),
  };
  const spread = dice.maybe(() =>
    dice.one(
      () => ClusterSpread.clusters(aRange(dice, 4)),
      () => ClusterSpread.regions(aRange(dice, 2), aRange(dice, 4)),
      () => ClusterSpread.singleRegion(aRange(dice, 3)),
    )(),
  );
  const clusters = () => dice.maybe(() => aSelector(dice));
  const groups = (overflow: boolean): OverflowingClusterGroup[] =>
    dice.some((index) => ({
      name: dice.one(`group-${index}`, `${'g'.repeat(31)}${index}`),
      clusters: aSelector(dice),
      ...(overflow && {
        overflow: dice.maybe(() => dice.some((tier) => ({ name: `o/${tier}`, clusters: aSelector(dice) }))),
      }),
    }));
  return dice.one(
    () => Placement.duplicated({ ...rest, spread, clusters: clusters() }),
    () => Placement.duplicated({ ...rest, spread, groups: groups(false) }),
    () => Placement.aggregated({ ...rest, spread, clusters: clusters() }),
    () => Placement.aggregated({ ...rest, spread, groups: groups(true) }),
    () => Placement.dynamicWeight({ ...rest, spread, groups: groups(true) }),
    () =>
      Placement.staticWeight(
        dice.some(() => ({ clusters: aSelector(dice), weight: dice.one(1, 7, 1000) })),
        { ...rest, clusters: clusters() },
      ),
    () => Placement.staticWeight([{ clusters: aSelector(dice), weight: 1 }], { ...rest, groups: groups(false) }),
  )();
}

function someOptions(dice: Dice): PropagationOptions {
  const statePreservation = () => dice.maybe(() => ({ [dice.one(...KEYS)]: '{.jobStatus.jobID}' }));
  const tolerationSeconds = () => dice.maybe(() => Duration.seconds(dice.one(0, 1, 300)));
  const application = () =>
    dice.one(
      () => ApplicationFailover.directly({ statePreservation: statePreservation() }),
      () => ApplicationFailover.never({ tolerationSeconds: tolerationSeconds() }),
      () => ApplicationFailover.gracefully({ gracePeriodSeconds: dice.maybe(() => Duration.seconds(1)) }),
    )();
  const cluster = () =>
    ClusterFailover[dice.one('directly' as const, 'gracefully')]({ statePreservation: statePreservation() });
  return {
    placement: dice.maybe(() => aPlacement(dice)),
    autoPropagate: dice.maybe(() => dice.one(true, false)),
    priority: dice.maybe(() => dice.one(0, -(2 ** 31), 2 ** 31 - 1, 10)),
    preemption: dice.maybe(() => dice.one(Preemption.ALWAYS, Preemption.NEVER)),
    dependentOverrides: dice.maybe(() => dice.some(() => dice.one('web', 'a.b-c'), 0)),
    schedulerName: dice.maybe(() => 'mine'),
    conflictResolution: dice.maybe(() => dice.one(ConflictResolution.ABORT, ConflictResolution.OVERWRITE)),
    preserveResourcesOnDeletion: dice.maybe(() => dice.one(true, false)),
    activationPreference: dice.maybe(() => ActivationPreference.LAZY),
    suspension: dice.maybe(() => dice.one(Suspension.everywhere(), Suspension.on(dice.one(...CLUSTERS)))),
    failover: dice.maybe(() => ({ application: dice.maybe(application), cluster: dice.maybe(cluster) })),
    schedulePriority: dice.maybe(() => dice.one('high', 'system.low')),
  };
}

function aResource(dice: Dice): ResourceSelector {
  const selector = dice.one(
    () => ResourceSelector.named('apps/v1', 'Deployment', 'web'),
    () => ResourceSelector.named('multicluster.x-k8s.io/v1alpha1', 'ServiceImport', 'web'),
    () => ResourceSelector.labelled('v1', 'Secret', { [dice.one(...KEYS)]: dice.one(...VALUES) }),
    () => ResourceSelector.matching('v1', 'Secret', ResourceLabel.isIn(dice.one(...KEYS), dice.one(...VALUES))),
    () => ResourceSelector.everything('v1', dice.one('ConfigMap', 'Namespace')),
  )();
  return selector._isClusterScoped ? selector : (dice.maybe(() => selector.inNamespace('default')) ?? selector);
}

test('whatever can be said is what Karmada takes', () => {
  const admission = Admission.of();
  const refused: any[] = [];
  const said = { said: 0, unsaid: 0 };
  for (let seed = 0; seed < CASES; seed++) {
    const dice = new Dice(seed);
    const chart = aChart();
    try {
      const props = { name: 'web', resources: dice.some(() => aResource(dice)), ...someOptions(dice) };
      if (dice.below(2) < 1) new PropagationPolicy(chart, 'Policy', props);
      else new ClusterPropagationPolicy(chart, 'Policy', props);
      said.said++;
    } catch (error) {
      // ours says in all its errors what to do; anything else would be a fault of the library
      expect((error as Error).message).toMatch(/\n {2}fix: /);
      said.unsaid++;
      continue;
    }
    const [manifest] = [...bare(chart, 'PropagationPolicy'), ...bare(chart, 'ClusterPropagationPolicy')];
    const { admitted, findings } = admission.review(manifest);
    if (!admitted) refused.push({ seed, findings });
  }

  expect(refused).toEqual([]);
  expect(said.said).toBeGreaterThan(CASES / 4);
});
