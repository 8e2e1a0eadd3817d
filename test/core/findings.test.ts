import { ApiObject, Chart } from 'cdk8s';
import { Findings } from '../../src/core/findings';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { aChart, messageOf } from './fake-instance';

function doubtful(chart: MulticloudChart): ApiObject {
  return new ApiObject(chart, 'Doubtful', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { doubtful: 'yes' },
  });
}

test('minimal: a warning does not fail synth and is there as data', () => {
  const chart = aChart();
  doubtful(chart);

  expect(chart.toJson()).toHaveLength(3);
  expect(Findings.of(chart.node.root).all).toEqual([
    {
      code: 'MC901',
      level: 'warning',
      path: 'data.key',
      message: 'the value is doubtful',
      fix: 'take the key away',
      constructPath: 'shop/Doubtful',
      object: 'ConfigMap/default/a',
    },
  ]);
});

test('an acknowledged warning stays, with the reason given closest to it', () => {
  const chart = aChart();
  const object = doubtful(chart);
  Findings.of(chart).acknowledge('MC901', 'far');
  expect(Findings.of(chart).all.map(({ acknowledged }) => acknowledged)).toEqual(['far']);

  Findings.of(object).acknowledge('MC901', 'near');
  expect(Findings.of(chart).all.map(({ acknowledged }) => acknowledged)).toEqual(['near']);
});

test('an error cannot be acknowledged', () => {
  const chart = aChart();
  new ApiObject(chart, 'Refused', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { refused: '1' },
  });
  Findings.of(chart).acknowledge('MC900', 'we know better');

  expect(Findings.of(chart).all.map(({ acknowledged }) => acknowledged)).toEqual([undefined]);
  expect(messageOf(() => chart.toJson())).toBe(
    [
      'Validation failed with the following errors:',
      '  [shop] the value "1" is refused',
      '    at shop/Refused (ConfigMap/default/a), field data.key',
      '    fix: take the key away',
    ].join('\n'),
  );
});

test('a reason is needed', () => {
  expect(messageOf(() => Findings.of(aChart()).acknowledge('MC901', ' '))).toBe(
    [
      'finding MC901 is acknowledged without a reason',
      '  at shop',
      '  fix: say in `reason` why it is fine: the next reader will ask',
    ].join('\n'),
  );
});

test('objects of other charts have none', () => {
  const chart = aChart();
  const plain = new Chart(chart.node.root, 'plain');
  new ApiObject(plain, 'Doubtful', { apiVersion: 'v1', kind: 'ConfigMap', data: { doubtful: 'yes' } });

  expect(Findings.of(plain).all).toEqual([]);
});
