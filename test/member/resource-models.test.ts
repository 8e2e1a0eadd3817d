import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Admission } from '../../src/admission/admission';
import { type ResourceModelBound, ResourceModels } from '../../src/member/resource-models';
import { messageOf } from '../core/fake-instance';

/** What Karmada stores of a cluster with these models; the findings when it takes them for wrong. */
function stored(resourceModels?: any[]): any {
  const cluster = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'berlin' },
    spec: { syncMode: 'Push', ...(resourceModels && { resourceModels }) },
  };
  const verdict = Admission.of().review(cluster);
  return verdict.stored?.spec.resourceModels ?? verdict.findings;
}

test("Karmada's own grades are those that it sets by itself", () => {
  expect(ResourceModels.karmadaGrades()._toKarmada()).toStrictEqual(stored());
});

test.each<[string, ResourceModelBound[], string[]]>([
  ['whole numbers', [{ cpu: Cpu.units(1) }, { cpu: Cpu.units(2) }], ['1', '2']],
  ['one number written in two ways', [{ cpu: Cpu.millis(1000) }, { cpu: Cpu.units(1.5) }], ['1', '1500m']],
  ['memory in many units', [{ memory: Size.mebibytes(512) }, { memory: Size.gibibytes(1024) }], ['512Mi', '1Ti']],
  ['a fraction of a unit', [{ memory: Size.gibibytes(1.5) }], ['1610612736']],
  ['more than Karmada compares in its unit', [{ ephemeralStorage: Size.tebibytes(100) }], ['109951162777600']],
  ['other resources', [{ others: { 'nvidia.com/gpu': 1 } }, { others: { 'nvidia.com/gpu': 8 } }], ['1', '8']],
])('%s: what Karmada stores is what is written', (_, bounds, ends) => {
  const models = ResourceModels.endingAt(...bounds)._toKarmada();

  expect(models.map(({ grade }) => grade)).toStrictEqual([...Array(bounds.length + 1).keys()]);
  expect(models.map(({ ranges }) => ranges[0].max)).toStrictEqual([...ends, '9223372036854775807']);
  expect(models.map(({ ranges }) => ranges[0].min)).toStrictEqual(['0', ...ends]);
  expect(stored(models)).toStrictEqual(models);
});

test('resources stand in one order, in whatever order they are given', () => {
  const models = ResourceModels.endingAt(
    { memory: Size.gibibytes(4), cpu: Cpu.units(1), others: { 'a.example/gpu': 1 } },
    { others: { 'a.example/gpu': 2 }, cpu: Cpu.units(2), memory: Size.gibibytes(8) },
  )._toKarmada();

  expect(models.map(({ ranges }) => ranges.map(({ name }: any) => name))).toStrictEqual(
    Array(3).fill(['a.example/gpu', 'cpu', 'memory']),
  );
  expect(stored(models)).toStrictEqual(models);
});

test.each<[string, ResourceModelBound[], string]>([
  ['there is no bound', [], 'ResourceModels.endingAt is given no bound\n  fix: give one or more; each ends a grade'],
  [
    'a bound says nothing',
    [{}],
    'bound 1 names no resource\n  fix: give `cpu`, `memory`, `ephemeralStorage` or `others`',
  ],
  [
    'the bounds differ, do not grow, and are impossible: all at once',
    [
      { cpu: Cpu.units(2), others: { 'no such': 1 } },
      { cpu: Cpu.millis(2000), others: { 'no such': 0.5 } },
      { memory: Size.gibibytes(0) },
    ],
    [
      'bound 3 names memory, and bound 1 names cpu, no such',
      '  fix: name the same resources in each bound',
      '"no such" cannot be the name of a resource',
      '  fix: name it as nodes do',
      'bound 2 says 0.5 of no such',
      '  fix: give more than nothing, and a whole number of what is not CPU',
      'bound 3 says 0Gi of memory',
      '  fix: give more than nothing, and a whole number of what is not CPU',
      'bound 2 says 2000m of cpu, not more than the 2 of bound 1',
      '  fix: begin with the smallest nodes, and let every resource grow from bound to bound',
      'bound 2 says 0.5 of no such, not more than the 1 of bound 1',
      '  fix: begin with the smallest nodes, and let every resource grow from bound to bound',
    ].join('\n'),
  ],
])('fails when %s', (_, bounds, message) => {
  expect(messageOf(() => ResourceModels.endingAt(...bounds))).toBe(message);
});
