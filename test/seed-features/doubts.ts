import { App } from 'cdk8s';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Findings } from '../../src/core/findings';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudObject } from '../../src/workload/multicloud-object';
import { messageOf } from '../core/fake-instance';
import { advice } from '../rules/advice';
import { aChart, chartOf, cluster, only, seen, web, workload } from './seen';

/** The findings of a chart, without where they are. */
function doubts(chart: MulticloudChart): string[] {
  return Findings.of(chart).all.map(({ code, object, message }) => `${code} ${object}: ${message}`);
}

describe('what is taken and then does nothing', () => {
  test('row 71: what is used does not go along where the gate for it is off, as the Helm chart has it', () => {
    const chart = chartOf(web());
    expect(advice('MC041', chart.toJson())).toEqual([]);
    const assume = ['controller-manager.feature-gates=PropagateDeps=false'];
    expect(advice('MC041', chart.toJson(), { assume })).toEqual([
      'PropagationPolicy/default/web-deployment spec.propagateDeps: propagateDeps has no effect: the feature gate ' +
        'PropagateDeps of karmada-controller-manager is off; start karmada-controller-manager with ' +
        '--feature-gates=PropagateDeps=true, and say so with --assume ' +
        'controller-manager.feature-gates=PropagateDeps=true; or leave it out',
    ]);
  });

  test('row 182: a policy that matches nothing', () => {
    const chart = chartOf(web());
    new PropagationPolicy(chart, 'Other', {
      name: 'other',
      resources: [ResourceSelector.named('apps/v1', 'Deployment', 'wbe')],
    });
    expect(doubts(chart)).toEqual(['MC042 PropagationPolicy/default/other: it selects no Deployment of the input']);
  });

  test('row 220: a workload of several components is not divided', () => {
    const manifest = { apiVersion: 'ray.io/v1', kind: 'RayJob', metadata: { name: 'train' }, spec: {} };
    const placed = (placement: Placement) => {
      const chart = aChart();
      new MulticloudObject(chart, 'train', { manifest, placement });
      return doubts(chart);
    };
    expect(placed(Placement.duplicated())).toEqual([]);
    expect(placed(Placement.aggregated())).toEqual([
      'MC032 RayJob/default/train: PropagationPolicy/default/train-rayjob divides, but a workload of several components goes whole to each cluster',
    ]);
  });
});

describe('names and instances', () => {
  test('row 133: nothing refers to what another instance has', () => {
    const app = new App();
    const [east, west] = ['east', 'west'].map(
      (instanceName) =>
        new MulticloudChart(app, `${instanceName}-shop`, {
          instance: MulticloudInstance.fromExisting(app, instanceName, { instanceName }),
        }),
    );
    const { template } = new MulticloudDeployment(west, 'web', { containers: [{ image: 'a:1' }] });
    const resources = [ResourceSelector.of(template)];
    expect(messageOf(() => new PropagationPolicy(east, 'Policy', { name: 'web', resources }))).toBe(
      [
        'Deployment (west-shop/web/Resource) goes to the Karmada of instance "west", and what refers to it goes to the Karmada of instance "east"',
        '  at east-shop/Policy (PropagationPolicy/default/web)',
        '  fix: give an object of a chart that goes to the Karmada of instance "east"',
      ].join('\n'),
    );
  });

  test('row 155: names are checked, and there once', () => {
    expect(messageOf(() => web({ name: 'Web' }))).toBe(
      [
        '"Web" cannot be the name of a deployment',
        '  at shop/web',
        '  fix: give a `name` of at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
      ].join('\n'),
    );
    const chart = aChart();
    for (const id of ['A', 'B']) {
      new MulticloudDeployment(chart, id, { name: 'web', containers: [{ image: 'a:1' }] });
    }
    expect(
      messageOf(() => chart.toJson())
        .split('\n')
        .slice(1, 4),
    ).toEqual([
      '  [shop] two objects have one name, "Deployment/default/web"',
      '    at shop/A/Resource and shop/B/Resource',
      '    fix: give one of the two another name or namespace',
    ]);
  });
});

describe('what Karmada will do', () => {
  const placement = Placement.staticWeight([
    { clusters: ClusterSelector.names('berlin'), weight: 1 },
    { clusters: ClusterSelector.names('paris'), weight: 2 },
  ]);
  const preview = (deployment: MulticloudDeployment) =>
    workload(seen(chartOf(deployment), cluster('berlin'), cluster('paris'), cluster('rome')));

  test('row 150: the total under a policy', () => {
    const { policy, replicas, outcomes } = preview(web({ replicas: 9, placement }));
    expect([policy.name, replicas]).toEqual(['web-deployment', 9]);
    expect(outcomes[0].clusters.map((each: any) => each.replicas)).toEqual([3, 6]);
  });

  test('row 151: the clusters that are expected', () => {
    const { outcomes } = preview(web({ placement: Placement.duplicated({ clusters: ClusterSelector.names('rome') }) }));
    expect(outcomes[0].clusters).toEqual([{ name: 'rome', replicas: 1 }]);
  });

  test('row 199: the policy that is most specific', () => {
    const deployment = web();
    const chart = chartOf(deployment);
    const everything = [ResourceSelector.everything('apps/v1', 'Deployment')];
    new PropagationPolicy(chart, 'Any', { name: 'a', resources: everything });
    expect(preview(deployment).policy.name).toBe('web-deployment');
    new PropagationPolicy(chart, 'First', { name: 'b', resources: everything, priority: 1 });
    expect(preview(deployment).policy.name).toBe('b');
  });

  test('row 216: overrides of the whole Karmada first, and the image before the rest', () => {
    const deployment = web({ labels: { from: 'template' } });
    deployment.overrideOn(ClusterSelector.names('berlin'), Overrider.label('from', 'namespace'));
    new ClusterOverridePolicy(chartOf(deployment), 'Whole', {
      resources: [ResourceSelector.of(deployment.template)],
      rules: [{ overriders: [Overrider.label('from', 'karmada'), Overrider.image({ tag: '2' })] }],
    });
    const { berlin, paris } = preview(deployment).outcomes[0].rendered;
    expect([berlin, paris].map(([{ metadata }]) => metadata.labels.from)).toEqual(['namespace', 'karmada']);
    expect(Object.keys(only('ClusterOverridePolicy', chartOf(deployment)).spec.overrideRules[0].overriders)).toEqual(
      expect.arrayContaining(['imageOverrider', 'labelsOverrider']),
    );
    expect(berlin[0].spec.template.spec.containers[0].image).toBe('registry.example/web:2');
  });
});
