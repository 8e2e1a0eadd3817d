import { Admission } from '../../src/admission/admission';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { aChart } from '../core/fake-instance';
import { Dice } from './dice';
import { Members } from './members';
import { Resources } from './resources';
import { Scaling } from './scaling';
import { Workloads } from './workloads';

/** Whatever our constructs can say is admitted by Karmada; what would not be is refused by them, and says how to mend it. */

const SEED = Number(process.env.CDK8S_KARMADA_SEED ?? 20260711);
const CASES = 300;
/** Karmada as it is by default: every gate that would take more is off. */
const admission = Admission.of();

type Make = (dice: Dice, chart: MulticloudChart) => unknown;

const KINDS: readonly (readonly [string, Make])[] = [
  ...(
    ['deployment', 'job', 'cronJob', 'multiClusterService', 'propagationPolicy', 'clusterPropagationPolicy'] as const
  ).map((kind) => [kind, (dice: Dice, chart: MulticloudChart) => new Workloads(dice, chart)[kind]()] as const),
  ...(['memberCluster', 'clusterTaintPolicy'] as const).map(
    (kind) => [kind, (dice: Dice, chart: MulticloudChart) => new Members(dice, chart)[kind]()] as const,
  ),
  ...(
    [
      'statefulSet',
      'daemonSet',
      'service',
      'configMap',
      'claim',
      'namespace',
      'object',
      'group',
      'overridePolicy',
      'clusterOverridePolicy',
    ] as const
  ).map((kind) => [kind, (dice: Dice, chart: MulticloudChart) => new Resources(dice, chart)[kind]()] as const),
  ...(['autoscaler', 'cronAutoscaler', 'rebalancer'] as const).map(
    (kind) => [kind, (dice: Dice, chart: MulticloudChart) => new Scaling(dice, chart)[kind]()] as const,
  ),
];

/** Objects, or the words of the construct that refused. */
function outcome(make: Make, seed: number): { readonly objects: any[]; readonly refusal?: string } {
  const chart = aChart();
  try {
    make(new Dice(seed), chart);
    return { objects: chart.toJson() };
  } catch (error) {
    return { objects: [], refusal: (error as Error).message };
  }
}

describe.each(KINDS)('%s', (_, make) => {
  const outcomes = Array.from({ length: CASES }, (_, index) => ({
    seed: SEED + index,
    ...outcome(make, SEED + index),
  }));

  test('whatever it can say is admitted', () => {
    const refused = outcomes.flatMap(({ seed, objects }) =>
      objects
        .map((object) => ({ object, verdict: admission.review(object) }))
        .filter(({ verdict }) => !verdict.admitted)
        .map(
          ({ object, verdict }) =>
            `CDK8S_KARMADA_SEED=${seed}\n${JSON.stringify({ findings: verdict.findings, object }, null, 2)}`,
        ),
    );
    expect(refused.slice(0, 1).join()).toBe('');
  });

  test('whatever it refuses comes with a way to mend it', () => {
    const bare = outcomes.filter(({ refusal }) => refusal !== undefined && !/\n {2,4}fix: \S/.test(refusal));
    expect(bare.slice(0, 1).map(({ seed, refusal }) => `CDK8S_KARMADA_SEED=${seed}\n${refusal}`)).toEqual([]);
  });

  test('chance makes right ones and wrong ones', () => {
    const refused = outcomes.filter(({ refusal }) => refusal !== undefined).length;
    expect(refused).toBeGreaterThan(CASES / 50);
    expect(refused).toBeLessThan(CASES * 0.8);
  });
});
