import { ApiObject, type App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { MulticloudConfigMap } from '../../src/workload/multicloud-config-map';
import { MulticloudGroup } from '../../src/workload/multicloud-group';
import { aChart, anInstance, bare, messageOf, objects } from '../core/fake-instance';

const BERLIN = ClusterSelector.names('berlin');
const placement = Placement.duplicated({ clusters: BERLIN });

/** An object with nothing in it. */
function object(scope: Construct, kind: string, name: string, rest: any = {}): ApiObject {
  const { metadata, apiVersion = 'v1', ...body } = rest;
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion, kind, metadata: { ...metadata, name }, ...body });
}

/** What the policies of a chart select, as `Kind/name`. */
function selected(chart: MulticloudChart): { [policy: string]: string[] } {
  const policies = objects(chart).filter(({ kind }) => kind.endsWith('PropagationPolicy'));
  return Object.fromEntries(
    policies.map(({ kind, metadata: { name, namespace }, spec }) => [
      [kind, namespace, name].filter((part) => part !== undefined).join('/'),
      spec.resourceSelectors.map((selector: any) => `${selector.kind}/${selector.name}`),
    ]),
  );
}

describe('of a construct', () => {
  test('each object by its name, with one policy for its namespace and one for those that have none', () => {
    const chart = aChart({ namespace: 'shop' });
    const team = new Construct(chart, 'Team');
    const group = MulticloudGroup.of(team, { placement });
    object(team, 'ConfigMap', 'a');
    object(new Construct(team, 'Inner'), 'Service', 'b', { metadata: { namespace: 'other' } });
    object(team, 'ClusterRole', 'c', { apiVersion: 'rbac.authorization.k8s.io/v1' });
    object(team, 'CustomResourceDefinition', 'backups.x.example', {
      apiVersion: 'apiextensions.k8s.io/v1',
      spec: { group: 'x.example', names: { kind: 'Backup' }, scope: 'Cluster' },
    });
    object(team, 'Backup', 'd', { apiVersion: 'x.example/v1' });
    object(chart, 'ConfigMap', 'outside');

    expect(group.policyName).toBe('team-group');
    expect(selected(chart)).toStrictEqual({
      'ClusterPropagationPolicy/team-group': [
        'ClusterRole/c',
        'CustomResourceDefinition/backups.x.example',
        'Backup/d',
      ],
      'PropagationPolicy/shop/team-group': ['ConfigMap/a'],
      'PropagationPolicy/other/team-group': ['Service/b'],
    });
    expect(bare(chart, 'ClusterPropagationPolicy')[0].spec).toStrictEqual({
      placement: {
        clusterAffinity: { clusterNames: ['berlin'] },
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
      },
      propagateDeps: true,
      resourceSelectors: [
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'c' },
        { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'backups.x.example' },
        { apiVersion: 'x.example/v1', kind: 'Backup', name: 'd' },
      ],
    });

    object(team, 'ConfigMap', 'later');
    expect(selected(chart)['PropagationPolicy/shop/team-group']).toStrictEqual(['ConfigMap/a', 'ConfigMap/later']);
  });

  test('all ways of synthesizing see it', () => {
    const instance = anInstance();
    const app = instance.node.root as App;
    const chart = new MulticloudChart(app, 'shop', { instance });
    const team = new Construct(chart, 'Team');
    object(team, 'ConfigMap', 'a');
    MulticloudGroup.of(team);
    expect(app.synthYaml()).toContain('name: team-group');
  });

  test('what goes out otherwise, or never, is left out', () => {
    const chart = aChart();
    const team = new Construct(chart, 'Team');
    new MulticloudConfigMap(team, 'own', {});
    const byPolicy = object(team, 'ConfigMap', 'by-policy');
    new PropagationPolicy(team, 'Policy', { name: 'own', resources: [ResourceSelector.of(byPolicy)] });
    object(team, 'Namespace', 'shop');
    object(team, 'WorkloadRebalancer', 'again', { apiVersion: 'apps.karmada.io/v1alpha1' });
    object(team, 'Job', 'migrate', {
      apiVersion: 'batch/v1',
      metadata: { annotations: { 'helm.sh/hook': 'pre-upgrade' } },
    });
    const inner = new Construct(team, 'Inner');
    object(inner, 'ConfigMap', 'inner');
    MulticloudGroup.of(inner);
    object(team, 'ConfigMap', 'left');
    MulticloudGroup.of(team);

    expect(selected(chart)).toStrictEqual({
      'PropagationPolicy/default/own-configmap': ['ConfigMap/own'],
      'PropagationPolicy/default/own': ['ConfigMap/by-policy'],
      'PropagationPolicy/default/inner-group': ['ConfigMap/inner'],
      'PropagationPolicy/default/team-group': ['ConfigMap/left'],
    });
  });

  test('a whole chart, without the records of the command', () => {
    const chart = aChart();
    object(chart, 'ConfigMap', 'a');
    MulticloudGroup.of(chart, { policyName: 'all' });
    expect(selected(chart)).toStrictEqual({ 'PropagationPolicy/default/all': ['ConfigMap/a'] });
  });

  test('twice is refused, and so is a Secret with its values', () => {
    const chart = aChart();
    const team = new Construct(chart, 'Team');
    MulticloudGroup.of(team);
    expect(messageOf(() => MulticloudGroup.of(team))).toBe(
      'what is below this construct goes out already\n  at shop/Team\n  fix: send it out once',
    );
    object(team, 'Secret', 'key', { data: { key: 'aHVudGVyMg==' } });
    expect(messageOf(() => objects(chart))).toBe(
      `Validation failed with the following errors:
  [shop/Team/Multicloud] Secret key has values in \`data\`, and everybody who reads the output would read them
    at shop/Team/Secret-key
    fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied`,
    );
  });
});

describe('many objects', () => {
  const groupOf = (names: readonly string[]) => {
    const chart = aChart();
    const team = new Construct(chart, 'Team');
    for (const name of names) object(team, 'ConfigMap', name);
    MulticloudGroup.of(team);
    return selected(chart);
  };
  const names = Array.from({ length: 1000 }, (_, index) => `settings-${index}`);

  test('100 have one policy, 1,000 several of at most 100, which select each object once', () => {
    expect(Object.keys(groupOf(names.slice(0, 100)))).toStrictEqual(['PropagationPolicy/default/team-group']);
    const many = groupOf(names);
    expect(Object.values(many).flat().sort()).toStrictEqual(names.map((name) => `ConfigMap/${name}`).sort());
    expect(Math.max(...Object.values(many).map((some) => some.length))).toBeLessThanOrEqual(100);
    expect(Object.keys(many).length).toBeLessThan(40);
    expect(groupOf(names)).toStrictEqual(many);
  });

  test('one more changes one or two policies', () => {
    const before = groupOf(names);
    const after = groupOf(['settings-5001', ...names]);
    const changed = Object.keys(after).filter((policy) => String(after[policy]) !== String(before[policy]));
    expect(changed.length).toBeLessThanOrEqual(2);
  });
});

describe('overrideOn', () => {
  const aGroup = () => {
    const chart = aChart();
    const team = new Construct(chart, 'Team');
    const web = new kplus.Deployment(team, 'Web', {
      metadata: { name: 'web' },
      containers: [{ name: 'web', image: 'registry.example/web:1' }],
    });
    object(team, 'ClusterRole', 'read', { apiVersion: 'rbac.authorization.k8s.io/v1' });
    return { chart, web, group: MulticloudGroup.of(team) };
  };

  test('one object by itself or by its name; its policy waits for it', () => {
    const { chart, web, group } = aGroup();
    group.overrideOn(ResourceSelector.of(web), BERLIN, Overrider.image({ registry: 'mirror.example' }));
    const byName = ResourceSelector.named('apps/v1', 'Deployment', 'web');
    group.overrideOn(byName, ClusterSelector.names('paris'), Overrider.env('REGION', 'fr', { container: 'web' }));
    const role = ResourceSelector.named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'read');
    group.overrideOn(role, BERLIN, Overrider.label('a', 'b'));

    const [policy] = bare(chart, 'OverridePolicy');
    expect(policy.metadata).toStrictEqual({ name: 'web-deployment', namespace: 'default' });
    expect(policy.spec.overrideRules.map((rule: any) => rule.targetCluster.clusterNames)).toStrictEqual([
      ['berlin'],
      ['paris'],
    ]);
    expect(bare(chart, 'ClusterOverridePolicy')).toMatchObject([{ metadata: { name: 'read-clusterrole' } }]);
    expect(bare(chart, 'PropagationPolicy')[0].spec.dependentOverrides).toStrictEqual(['web-deployment']);
    expect(bare(chart, 'ClusterPropagationPolicy')[0].spec.dependentOverrides).toStrictEqual(['read-clusterrole']);
  });

  test('what the group has not is refused', () => {
    const { group } = aGroup();
    const act = (selector: ResourceSelector) =>
      messageOf(() => group.overrideOn(selector, BERLIN, Overrider.label('a', 'b')));
    expect(act(ResourceSelector.named('apps/v1', 'Deployment', 'wed'))).toBe(
      `the group sends no apps/v1 Deployment wed
  at shop/Team
  fix: did you mean web? known objects of kind Deployment: web`,
    );
    expect(act(ResourceSelector.everything('v1', 'Service'))).toBe(
      `the group sends no v1 Service that is chosen by name
  at shop/Team
  fix: it has none of kind Service`,
    );
  });
});

describe('from text', () => {
  const web =
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, uid: abc}, spec: {replicas: 2}, status: {}}';
  const policy = (kind: string, name: string, spec: string) => `
---
apiVersion: policy.karmada.io/v1alpha1
kind: ${kind}
metadata: {name: mine}
spec: {resourceSelectors: [{apiVersion: apps/v1, kind: Deployment, name: ${name}}], ${spec}}`;

  test('a workload with its policies; what they do not select goes out with the policies of the group', () => {
    const chart = aChart();
    const text = `${web}${policy('PropagationPolicy', 'web', 'placement: {}')}${policy('OverridePolicy', 'web', 'overrideRules: []')}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}`;
    MulticloudGroup.fromYaml(chart, 'Web', { yaml: text, placement });

    expect(selected(chart)).toStrictEqual({
      'PropagationPolicy/default/mine': ['Deployment/web'],
      'PropagationPolicy/default/web-group': ['Service/web'],
    });
    expect(bare(chart, 'Deployment')).toStrictEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'default' },
        spec: { replicas: 2 },
      },
    ]);
    expect(bare(chart, 'OverridePolicy')).toHaveLength(1);
  });

  test('a list as kubectl prints it', () => {
    const chart = aChart();
    MulticloudGroup.fromYaml(chart, 'Web', { yaml: `{apiVersion: v1, kind: List, items: [${web}]}` });
    expect(selected(chart)).toStrictEqual({ 'PropagationPolicy/default/web-group': ['Deployment/web'] });
  });

  test('all that is wrong is said', () => {
    const secret = '\n---\n{apiVersion: v1, kind: Secret, metadata: {name: key}, data: {key: aHVudGVyMg==}}';
    const yaml = `${web}${policy('PropagationPolicy', 'wed', 'placement: {}')}${secret}`;
    expect(messageOf(() => MulticloudGroup.fromYaml(aChart(), 'Web', { yaml }))).toBe(
      `PropagationPolicy mine selects apps/v1 Deployment wed, and the text has no such object
  at shop/Web
  fix: correct apiVersion, kind, namespace and name in its \`resourceSelectors\`, or add the object
Secret key has values in \`data\`, and everybody who reads the output would read them
  at shop/Web
  fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied`,
    );
    expect(messageOf(() => MulticloudGroup.fromYaml(aChart(), 'Web', { yaml: '' }))).toBe(
      '`yaml` holds no objects\n  at shop/Web\n  fix: give one or more, with --- between them',
    );
  });

  test('an object that is there twice is refused; names may differ in case where their kind takes that', () => {
    const role = (name: string, apiVersion = 'rbac.authorization.k8s.io/v1') =>
      `{apiVersion: ${apiVersion}, kind: ClusterRole, metadata: {name: "${name}"}}\n---\n`;
    const chart = aChart();
    MulticloudGroup.fromYaml(chart, 'Roles', { yaml: role('Edit') + role('edit') });
    expect(bare(chart, 'ClusterRole').map(({ metadata }) => metadata.name)).toEqual(['Edit', 'edit']);
    const yaml = role('edit') + role('edit', 'rbac.authorization.k8s.io/v1beta1') + role('view');
    expect(messageOf(() => MulticloudGroup.fromYaml(aChart(), 'Roles', { yaml }))).toBe(
      '`yaml` holds ClusterRole "edit" more than once\n  at shop/Roles\n  fix: give each object once',
    );
  });
});
