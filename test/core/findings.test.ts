import { ApiObject, Chart } from 'cdk8s';
import { Findings } from '../../src/core/findings';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { acknowledgedBy } from '../../src/core/private/acknowledged';
import { aChart, messageOf, objects } from './fake-instance';

function configMap(chart: MulticloudChart, id: string, data: { [key: string]: string }): ApiObject {
  return new ApiObject(chart, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id.toLowerCase() },
    data,
  });
}

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

test('a rule sees what all charts send to one Karmada, and each finding belongs to the chart of its object', () => {
  const shop = aChart();
  const { instance } = shop;
  const teams = new MulticloudChart(shop.node.root, 'teams', { instance });
  configMap(teams, 'Crowd', { crowd: 'yes' });
  configMap(shop, 'Refused', { refused: 'yes' });
  doubtful(shop);

  expect(Findings.of(teams).all).toEqual([
    {
      ...{
        code: 'MC902',
        level: 'warning',
        path: 'data.crowd',
        message: '2 objects are a crowd',
        fix: 'take some away',
      },
      ...{ constructPath: 'teams/Crowd', object: 'ConfigMap/default/crowd' },
    },
  ]);
  expect(Findings.of(shop).all.map(({ code }) => code)).toEqual(['MC900', 'MC901']);
});

test('what was acknowledged stands on the objects, the closest reason of each code', () => {
  const chart = aChart();
  const object = doubtful(chart);
  configMap(chart, 'Other', {});
  expect(objects(chart).map(({ metadata }) => metadata.annotations['cdk8s-karmada.io/acknowledged'])).toEqual([
    undefined,
    undefined,
  ]);

  Findings.of(chart).acknowledge('MC901', 'far');
  Findings.of(object).acknowledge('MC901', 'near');
  Findings.of(object).acknowledge('MC902', 'few');
  expect(objects(chart).map(({ metadata }) => metadata.annotations['cdk8s-karmada.io/acknowledged'])).toEqual([
    '{"MC901":"near","MC902":"few"}',
    '{"MC901":"far"}',
  ]);
});

test.each([
  [undefined, {}],
  ['{"MC901":"fine"}', { MC901: 'fine' }],
  ['{"MC901":1,"MC902":"fine"}', { MC902: 'fine' }],
  ['null', {}],
  ['fine', {}],
])('an annotation that anybody may have written: %s', (annotation, reasons) => {
  expect(acknowledgedBy(annotation)).toEqual(reasons);
});
