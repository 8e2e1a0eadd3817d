import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { loadAll } from 'js-yaml';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { aChart, anInstance, messageOf, objects } from './fake-instance';

function configMap(scope: Construct, id: string, data: any = {}, metadata: any = {}): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id.toLowerCase(), ...metadata },
    data,
  });
}

test('minimal: the shared namespace, the record of the chart, then the objects', () => {
  const chart = aChart();
  configMap(chart, 'Settings', { a: 'b' });

  expect(Testing.synth(chart)).toStrictEqual([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        annotations: { 'cdk8s-karmada.io/shared': 'true' },
        labels: { 'namespace.karmada.io/skip-auto-propagation': 'true' },
        name: 'cdk8s-karmada',
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        annotations: {
          'cdk8s-karmada.io/chart': 'shop',
          'cdk8s-karmada.io/instance': 'east',
          'cdk8s-karmada.io/target': 'karmada',
          'cdk8s-karmada.io/version': 'v1.18.2',
        },
        labels: { 'applyset.kubernetes.io/id': 'applyset-AlRb2iUEaOlXoK0qAKzK7AQ2zo_3jczypykcrE1N4nU-v1' },
        name: 'east-shop-karmada',
        namespace: 'cdk8s-karmada',
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        annotations: { 'cdk8s-karmada.io/path': 'shop/Settings', 'cdk8s-karmada.io/wave': '7' },
        name: 'settings',
        namespace: 'default',
      },
      data: { a: 'b' },
    },
  ]);
});

test('labels of the chart go onto its objects and not onto its records', () => {
  const chart = aChart({ labels: { team: 'shop' } });
  configMap(chart, 'Settings');
  const [namespace, parent, settings] = chart.toJson();

  expect(namespace.metadata.labels).toEqual({ 'namespace.karmada.io/skip-auto-propagation': 'true' });
  expect(Object.keys(parent.metadata.labels)).toEqual(['applyset.kubernetes.io/id']);
  expect(settings.metadata.labels).toEqual({ team: 'shop' });
});

describe('namespaces', () => {
  test('are the chart’s where an object names none', () => {
    const chart = aChart({ namespace: 'shop' });
    configMap(chart, 'Settings');
    configMap(chart, 'Other', {}, { namespace: 'other' });

    expect(objects(chart).map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'other']);
  });

  test('are left out of cluster-scoped kinds', () => {
    const chart = aChart();
    new ApiObject(chart, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'a' },
    });

    expect(objects(chart)[0].metadata).toEqual({
      annotations: { 'cdk8s-karmada.io/path': 'shop/Role', 'cdk8s-karmada.io/wave': '7' },
      name: 'a',
    });
  });

  test('are left out of custom kinds whose definition in the chart says that they are cluster-scoped', () => {
    const chart = aChart();
    new ApiObject(chart, 'Definition', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'tenants.example.com' },
      spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Tenant', plural: 'tenants' } },
    });
    new ApiObject(chart, 'Tenant', { apiVersion: 'example.com/v1', kind: 'Tenant', metadata: { name: 'a' } });

    expect(objects(chart).map(({ metadata }) => metadata.namespace)).toEqual([undefined, undefined]);
  });

  test('come from the chart also in a chart of cdk8s inside', () => {
    const chart = aChart({ namespace: 'shop' });
    configMap(chart, 'Outer');
    const inner = new Chart(chart, 'inner');
    configMap(inner, 'Settings');
    configMap(inner, 'More');

    expect(inner.toJson()[0].metadata).toEqual({
      annotations: { 'cdk8s-karmada.io/path': 'shop/inner/Settings', 'cdk8s-karmada.io/wave': '7' },
      name: 'settings',
      namespace: 'shop',
    });
  });
});

describe('dependencies', () => {
  const DEPENDS_ON = 'config.kubernetes.io/depends-on';

  test('between objects become an annotation and the order', () => {
    const chart = aChart();
    const web = configMap(chart, 'Web');
    const role = new ApiObject(chart, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'reader' },
    });
    const settings = configMap(chart, 'Settings');
    web.addDependency(role, settings);

    expect(objects(chart).map(({ metadata }) => [metadata.name, metadata.annotations[DEPENDS_ON]])).toEqual([
      ['reader', undefined],
      ['settings', undefined],
      ['web', 'rbac.authorization.k8s.io/ClusterRole/reader,/namespaces/default/ConfigMap/settings'],
    ]);
  });

  test('of a construct are those of all its objects', () => {
    const chart = aChart();
    const group = new Construct(chart, 'group');
    configMap(group, 'A');
    configMap(group, 'B');
    group.node.addDependency(configMap(chart, 'Settings'));

    expect(objects(chart).map(({ metadata }) => [metadata.name, metadata.annotations[DEPENDS_ON]])).toEqual([
      ['settings', undefined],
      ['a', '/namespaces/default/ConfigMap/settings'],
      ['b', '/namespaces/default/ConfigMap/settings'],
    ]);
  });

  test('that leave the chart are not written', () => {
    const instance = anInstance();
    const one = new MulticloudChart(instance.node.root as App, 'one', { instance });
    const two = new MulticloudChart(instance.node.root as App, 'two', { instance });
    configMap(one, 'A').addDependency(configMap(two, 'B'));

    expect(objects(one)[0].metadata.annotations).toEqual({
      'cdk8s-karmada.io/path': 'one/A',
      'cdk8s-karmada.io/wave': '7',
    });
  });

  test('stay the same when the chart is synthesized again', () => {
    const chart = aChart();
    configMap(chart, 'Web').addDependency(configMap(chart, 'Settings'));

    expect(chart.toJson()).toEqual(chart.toJson());
  });
});

test.each(Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number'))(
  'objects are stamped in output type %s',
  (yamlOutputType) => {
    const outdir = mkdtempSync(join(tmpdir(), 'multicloud-chart-'));
    const instance = anInstance(false, { outdir, yamlOutputType });
    configMap(new MulticloudChart(instance.node.root as App, 'shop', { instance }), 'Settings');
    (instance.node.root as App).synth();

    const found = readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as any[]);
    rmSync(outdir, { recursive: true });

    expect(found.map(({ metadata }) => metadata.name).sort()).toEqual([
      'cdk8s-karmada',
      'east-shop-karmada',
      'settings',
    ]);
    expect(found.find(({ metadata }) => metadata.name === 'settings').metadata).toEqual({
      annotations: { 'cdk8s-karmada.io/path': 'shop/Settings', 'cdk8s-karmada.io/wave': '7' },
      name: 'settings',
      namespace: 'default',
    });
  },
);

test('objects of Include are stamped and keep their names', () => {
  const chart = aChart({ namespace: 'shop' });
  new Include(chart, 'yaml', { url: join(__dirname, 'included.yaml') });

  expect(
    objects(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace, metadata.annotations]),
  ).toEqual([
    ['ConfigMap', 'one', 'shop', { 'cdk8s-karmada.io/path': 'shop/yaml/one-configmap', 'cdk8s-karmada.io/wave': '7' }],
    [
      'Namespace',
      'two',
      undefined,
      { 'cdk8s-karmada.io/path': 'shop/yaml/two-namespace', 'cdk8s-karmada.io/wave': '7', mine: 'kept' },
    ],
  ]);
});

describe('fails when', () => {
  test('Karmada would refuse objects, with all of them', () => {
    const chart = aChart();
    configMap(chart, 'A', { refused: '1' });
    configMap(chart, 'B', { refused: '2' });

    expect(messageOf(() => (chart.node.root as App).synth())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop] the value "1" is refused',
        '    at shop/A (ConfigMap/default/a), field data.key',
        '    fix: take the key away',
        '  [shop] the value "2" is refused',
        '    at shop/B (ConfigMap/default/b), field data.key',
        '    fix: take the key away',
      ].join('\n'),
    );
    expect(messageOf(() => chart.toJson())).toBe(messageOf(() => (chart.node.root as App).synth()));
  });

  test('two objects have one name', () => {
    const chart = aChart();
    configMap(chart, 'A', {}, { name: 'same' });
    configMap(chart, 'B', {}, { name: 'same' });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop] two objects have one name, "ConfigMap/default/same"',
        '    at shop/A and shop/B',
        '    fix: give one of the two another name or namespace',
      ].join('\n'),
    );
  });

  test('two charts would have one record', () => {
    const instance = anInstance();
    const app = instance.node.root as App;
    const one = new MulticloudChart(app, 'a-b', { instance });
    new MulticloudChart(new Construct(app, 'a'), 'b', { instance });

    expect(messageOf(() => one.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [a-b] two charts would keep their records in one ConfigMap, "cdk8s-karmada/east-a-b-karmada"',
        '    at a-b and a/b',
        '    fix: give one of the two charts another id',
      ].join('\n'),
    );
  });

  test('a patch takes the annotations away', () => {
    const chart = aChart();
    configMap(chart, 'A').addJsonPatch(JsonPatch.add('/metadata/annotations', { mine: 'only' }));

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop] a patch took the annotation "cdk8s-karmada.io/path" away',
        '    at ConfigMap/default/a',
        '    fix: add annotations with metadata.addAnnotation, or with a patch of one key, never of all annotations',
      ].join('\n'),
    );
  });

  test('a validation of the user’s own does', () => {
    const chart = aChart();
    configMap(chart, 'A').node.addValidation({ validate: () => ['not on a Friday'] });

    expect(messageOf(() => chart.toJson())).toBe(
      'Validation failed with the following errors:\n  [shop/A] not on a Friday',
    );
  });

  test('something of ours stands in no MulticloudChart', () => {
    const chart = new Chart(new App(), 'plain');

    expect(messageOf(() => new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1' }] }))).toBe(
      [
        'MulticloudDeployment stands in no MulticloudChart, so there is no Karmada that it could go to',
        '  at plain/web',
        '  fix: make a MulticloudChart with the instance and give it, or a construct in it, as the scope',
      ].join('\n'),
    );
  });
});

test('a long path is cut in the name of the record, and stays apart from one like it', () => {
  const instance = anInstance();
  const long = 'x'.repeat(300);
  const names = ['one', 'two'].map(
    (end) => new MulticloudChart(instance.node.root as App, `${long}${end}`, { instance }).toJson()[1].metadata.name,
  );

  expect(names.map((name) => name.length)).toEqual([253, 253]);
  expect(names[0]).not.toBe(names[1]);
  expect(names[0]).toMatch(/^east-x+-[0-9a-f]{8}$/);
});

test('the server is asked once about objects that differ only in their names', () => {
  const instance = anInstance();
  const app = instance.node.root as App;
  const chart = new MulticloudChart(app, 'shop', { instance });
  const asked = (id: string, spec: any, name: string) => {
    new ApiObject(chart, id, { apiVersion: 'apps.karmada.io/v1', kind: 'Any', metadata: { name }, spec });
    chart.toJson();
    chart.toJson();
    return instance.asked.splice(0);
  };

  expect(asked('A', {}, 'a')).toEqual(['a']);
  expect(asked('B', {}, 'b')).toEqual([]);
  expect(asked('C', { new: 'data' }, 'c')).toEqual(['c']);
  expect(asked('D', {}, 'd.d')).toEqual(['d.d']);
  expect(asked('E', {}, 'e'.repeat(49))).toEqual(['e'.repeat(49)]);
  expect(asked('F', { name: 'f' }, 'f')).toEqual(['f']);
  expect(asked('G', { name: 'f' }, 'g')).toEqual(['g']);
  expect(asked('H', { name: 'h' }, 'h')).toEqual([]);
  expect(asked('I', {}, 'i'.repeat(16))).toEqual(['i'.repeat(16)]);
  expect(asked('J', {}, 'j--j')).toEqual(['j--j']);
});

test('what a caller does to a manifest does not come back', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1' }] });
  const before = JSON.stringify(chart.toJson());
  for (const manifest of objects(chart)) manifest.spec.replicas = 99;

  expect(JSON.stringify(chart.toJson())).toBe(before);
});
