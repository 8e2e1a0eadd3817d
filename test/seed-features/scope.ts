import { Chart } from 'cdk8s';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { aChart as aChartOfOurs, messageOf } from '../core/fake-instance';
import { aChart, chartOf, cluster, only, placementOf, replicasOn, seen, web, workload } from './seen';

describe('scope', () => {
  test('row 38: without an instance there is no multicloud deployment', () => {
    const chart = new Chart(undefined as any, 'plain');
    expect(messageOf(() => new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1' }] }))).toBe(
      [
        'MulticloudDeployment stands in no MulticloudChart, so there is no Karmada that it could go to',
        '  at plain/web',
        '  fix: make a MulticloudChart with the instance and give it, or a construct in it, as the scope',
      ].join('\n'),
    );
  });

  test('row 39: without member clusters nothing is placed, and the preview says so', () => {
    const { findings } = seen(chartOf(web()));
    expect(findings.map(({ code }: any) => code)).toContain('MC020');
  });

  test('row 40: a region that no cluster has chooses none', () => {
    const deployment = web({
      placement: Placement.duplicated({ clusters: ClusterSelector.location({ regions: ['eu-9'] }) }),
    });
    const { scheduled, outcomes } = workload(seen(chartOf(deployment), cluster('berlin', { region: 'eu-1' })));
    expect({ scheduled, outcomes: outcomes.map(({ clusters }: any) => clusters) }).toEqual({
      scheduled: false,
      outcomes: [[]],
    });
  });

  test('row 41: regions, labels and names hold together', () => {
    const clusters = ClusterSelector.location({ regions: ['eu-1'] })
      .and(ClusterSelector.labels({ tier: 'edge' }))
      .and(ClusterSelector.names('berlin', 'paris'));
    expect(placementOf({ placement: Placement.duplicated({ clusters }) }).clusterAffinity).toStrictEqual({
      clusterNames: ['berlin', 'paris'],
      fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu-1'] }] },
      labelSelector: { matchLabels: { tier: 'edge' } },
    });
  });

  test('row 43: an image is enough', () => {
    expect(only('Deployment', chartOf(web())).spec.template.spec).toStrictEqual({
      containers: [{ image: 'registry.example/web:1', name: 'main' }],
    });
  });

  test('row 46: it goes to the instance of its chart', () => {
    const chart = chartOf(web());
    const parent = chart.toJson().find(({ kind }) => kind === 'ConfigMap');
    expect(chart.instance.instanceName).toBe('east');
    expect(parent.metadata.annotations).toMatchObject({
      'cdk8s-karmada.io/instance': 'east',
      'cdk8s-karmada.io/target': 'karmada',
    });
  });

  test('row 47: basic information, containers, advanced settings and overrides in one construct', () => {
    const deployment = web({
      replicas: 2,
      containers: [{ name: 'web', image: 'a:1' }],
      hostNetwork: true,
      placement: Placement.aggregated(),
    });
    deployment.overrideOn(ClusterSelector.names('berlin'), Overrider.image({ tag: '2' }));
    expect(
      chartOf(deployment)
        .toJson()
        .slice(2)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['Deployment', 'OverridePolicy', 'PropagationPolicy']);
  });
});

describe('a Karmada that the code installs', () => {
  test('row 50: a cluster name that is none, with the one that was meant', () => {
    const chart = aChartOfOurs();
    new MemberCluster(chart, 'berlin');
    new MulticloudDeployment(chart, 'web', {
      containers: [{ image: 'a:1' }],
      placement: Placement.duplicated({ clusters: ClusterSelector.names('berln') }),
    });
    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/web/Propagation] instance "east" has no member cluster "berln"',
        '    at shop/web/Propagation (PropagationPolicy/default/web-deployment)',
        '    fix: did you mean berlin? known clusters: berlin',
      ].join('\n'),
    );
  });
});

describe('member clusters', () => {
  test('row 53: a provider is a label value', () => {
    expect(messageOf(() => new MemberCluster(aChart(), 'berlin', { provider: 'Red Hat OpenShift' }))).toBe(
      [
        '"Red Hat OpenShift" cannot be the provider of a cluster',
        '  at shop/berlin',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
      ].join('\n'),
    );
  });

  test('row 54: a region of any name', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin', { region: 'eu-1' });
    expect(only('Cluster', chart).spec).toStrictEqual({ region: 'eu-1' });
  });

  test('row 55: one zone in common is enough', () => {
    const clusters = ClusterSelector.location({ zones: ['b', 'x'] });
    const deployment = web({ placement: Placement.duplicated({ clusters }) });
    const fleet = [cluster('berlin', { zones: ['a', 'b'] }), cluster('paris', { zones: ['c'] })];
    expect(replicasOn(chartOf(deployment), ...fleet)).toEqual({ berlin: 1 });
  });
});
