import { objectsOf, readCharts } from '../../../cli/plan/chart-input';
import { readDocuments } from '../../../cli/plan/document';
import { type ChartOfTest, inputOf, synthesized } from '../apply/engine-input';

const configMap = (name: string, more: any = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  ...more,
});
const shop = (...objects: any[]): ChartOfTest => ({ plane: 'karmada', path: 'app/shop', objects });
const messageOf = (work: () => unknown): [number, string] => {
  try {
    work();
  } catch (error: any) {
    return [error.exitCode, error.message];
  }
  throw new Error('nothing was thrown');
};

test('an object belongs to the chart with the longest construct path, whole segments only', () => {
  const input = inputOf([
    shop(configMap('a')),
    { plane: 'karmada', path: 'app/shop/web', objects: [configMap('b')] },
    { plane: 'karmada', path: 'app/sho', objects: [] },
  ]);
  const names = input.charts.map(({ path, objects }) => [path, objects.map(({ key }) => key.name)]);
  expect(names).toEqual([
    ['app/shop', ['cdk8s-karmada', 'a']],
    ['app/shop/web', ['cdk8s-karmada', 'b']],
    ['app/sho', ['cdk8s-karmada']],
  ]);
  // the namespace that all three hold is sent once
  expect(objectsOf(input.charts).map(({ key }) => key.name)).toEqual(['cdk8s-karmada', 'a', 'b']);
});

test('what is for the command, and what only a server writes, is not sent', () => {
  const exported = configMap('a', { $wave: 7, $dependsOn: '/namespaces/shop/ConfigMap/b', status: {} });
  exported.metadata = {
    ...exported.metadata,
    annotations: { mine: 'x' },
    uid: '1',
    resourceVersion: '2',
    managedFields: [],
    creationTimestamp: null,
  };
  const [chart] = inputOf([shop(exported)]).charts;
  expect(chart.objects[1].manifest).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'shop', annotations: { mine: 'x' } },
  });
  expect(Object.keys(chart.parent.manifest.metadata.annotations)).toHaveLength(4);
});

test('stringData of a Secret is sent as data, beside the data that is there', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
  const [chart] = inputOf([shop({ ...secret, data: { a: 'QQ==' }, stringData: { b: 'B' } })]).charts;
  expect(chart.objects[1].manifest).toEqual({ ...secret, data: { a: 'QQ==', b: 'Qg==' } });
});

test('all that is wrong with the charts is said at once', () => {
  const labelled = configMap('mine');
  (labelled.metadata as any).labels = { 'applyset.kubernetes.io/part-of': 'x' };
  const text = [
    synthesized(shop(configMap('twice', { $id: 'one' }), configMap('twice', { $id: 'two' }), labelled), {
      plane: 'karmada',
      path: 'app/SHOP',
      objects: [configMap('late', { $wave: 9 })],
    }),
    JSON.stringify(configMap('stray')),
  ].join('\n---\n');
  expect(messageOf(() => readCharts(readDocuments([{ file: 'app.yaml', text }])))).toEqual([
    3,
    [
      'two charts have the same record, ConfigMap/cdk8s-karmada/east-app-shop-karmada',
      '  at app/shop (app.yaml, document 1) and app/SHOP (app.yaml, document 6)',
      '  fix: give one of the charts another id',
      'ConfigMap/shop/twice is in the input twice',
      '  at app/shop/one (app.yaml, document 3) and app/shop/two (app.yaml, document 4)',
      '  fix: keep one of them, or give one another name or namespace',
      'the object says itself that it belongs to the set x',
      '  at ConfigMap/shop/mine (app.yaml, document 5)',
      '  fix: remove the label applyset.kubernetes.io/part-of: apply sets it',
      'the wave of an object is 0 to 8, not "9"',
      '  at ConfigMap/shop/late (app.yaml, document 8)',
      '  fix: correct the annotation cdk8s-karmada.io/wave',
      'ConfigMap/shop/stray belongs to no chart: it has no annotation cdk8s-karmada.io/path',
      '  at app.yaml, document 9',
      '  fix: put it into a MulticloudChart, or give all files of `cdk8s synth` together; other manifests are for kubectl',
    ].join('\n'),
  ]);
});

test('an input without a chart is for preview and validate, not for apply', () => {
  const text = JSON.stringify(configMap('a'));
  expect(messageOf(() => readCharts(readDocuments([{ file: 'a.json', text }])))).toEqual([
    3,
    [
      'the input holds no chart: no ConfigMap in it says which server the objects are for',
      '  fix: give all files of `cdk8s synth` of an app with a MulticloudInstance or a MulticloudChart',
    ].join('\n'),
  ]);
});

test('with several instances one has to be chosen, and only its charts count', () => {
  const charts = [shop(), { ...shop(), path: 'app/west', instance: 'west' }];
  expect(messageOf(() => inputOf(charts))).toEqual([
    1,
    'the input holds 2 instances: "east", "west"\n  fix: choose one with --instance <name>',
  ]);
  expect(messageOf(() => inputOf(charts, { instance: 'north' }))).toEqual([
    1,
    'there is no instance "north" in the input\n  fix: choose one of "east", "west" with --instance <name>',
  ]);
  expect(inputOf(charts, { instance: 'west' }).charts.map(({ path }) => path)).toEqual(['app/west']);
});

test('--only takes the construct path of one chart', () => {
  const charts = [shop(), { ...shop(), path: 'app/team' }];
  const input = inputOf(charts, { only: 'app/team' });
  expect([input.charts, input.all].map((some) => some.map(({ path }) => path))).toEqual([
    ['app/team'],
    ['app/shop', 'app/team'],
  ]);
  expect(messageOf(() => inputOf(charts, { only: 'team' }))).toEqual([
    1,
    [
      'instance "east" has no chart "team" in the input',
      '  fix: --only takes the construct path of a chart: app/shop, app/team',
    ].join('\n'),
  ]);
});
