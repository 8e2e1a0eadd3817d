import { ApiObject } from 'cdk8s';
import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { OverridePolicy } from '../../src/policy/override-policy';
import { Overrider } from '../../src/policy/overrider';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

const berlin = ClusterSelector.names('berlin');

test('every prop', () => {
  const chart = aChart();
  const policy = new ClusterOverridePolicy(chart, 'Mirror', {
    name: 'mirror',
    labels: { team: 'shop' },
    annotations: { note: 'x' },
    resources: [ResourceSelector.everything('apps/v1', 'Deployment'), ResourceSelector.named('v1', 'ConfigMap', 'a')],
    rules: [{ clusters: berlin, overriders: [Overrider.label('a', 'b')] }],
  });
  policy.addRule({ overriders: [Overrider.annotation('c', 'd')] });
  const [object] = bare(chart, 'ClusterOverridePolicy');

  expect(policy.policyName).toBe('mirror');
  expect(object).toEqual({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterOverridePolicy',
    metadata: { name: 'mirror', labels: { team: 'shop' }, annotations: { note: 'x' } },
    spec: {
      overrideRules: [
        {
          overriders: { labelsOverrider: [{ operator: 'add', value: { a: 'b' } }] },
          targetCluster: { clusterNames: ['berlin'] },
        },
        { overriders: { annotationsOverrider: [{ operator: 'add', value: { c: 'd' } }] }, targetCluster: {} },
      ],
      resourceSelectors: [
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' },
      ],
    },
  });
  expect(Admission.of().review(objects(chart)[0])).toMatchObject({ admitted: true });
});

test('an object of the code is found in its own namespace, by name', () => {
  const chart = aChart();
  const web = new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'prod' },
    spec: { template: { spec: { containers: [{ name: 'web', image: 'a:1' }] } } },
  });
  new ClusterOverridePolicy(chart, 'Overrides', {
    resources: [ResourceSelector.of(web)],
    rules: [{ overriders: [Overrider.env('A', '1')] }],
  });
  const [{ spec }] = bare(chart, 'ClusterOverridePolicy');

  expect(spec.resourceSelectors).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'prod' },
  ]);
  expect(spec.overrideRules[0].overriders.plaintext).toEqual([
    { operator: 'add', path: '/spec/template/spec/containers/0/env', value: [{ name: 'A', value: '1' }] },
  ]);
});

describe('fails when', () => {
  const AT = 'shop/Overrides (ClusterOverridePolicy';

  test('there are no resources', () => {
    const message = messageOf(() => new ClusterOverridePolicy(aChart(), 'Overrides', { name: 'all', resources: [] }));

    expect(message.replace(/\(Cluster.*all\)/, '(ClusterOverridePolicy/all)')).toBe(
      [
        'ClusterOverridePolicy is given no resources, so in Karmada it would change every object of every namespace and every cluster-scoped one',
        `  at ${AT}/all)`,
        '  fix: give one selector or more in `resources`, such as ResourceSelector.of(object)',
      ].join('\n'),
    );
  });

  test('a name is wrong, with all of them', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin');
    const web = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
    new ClusterOverridePolicy(chart, 'Overrides', {
      name: 'all',
      resources: [ResourceSelector.of(web)],
      rules: [{ clusters: ClusterSelector.names('paris'), overriders: [Overrider.removeLabel('tier')] }],
    });

    expect(messageOf(() => chart.toJson()).replace(/\(Cluster.*all\)/g, '(ClusterOverridePolicy/all)')).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] Overrider.removeLabel("tier") finds no such label in the template',
        `    at ${AT}/all)`,
        '    fix: leave it out: the template has no labels',
        '  [shop/Overrides] instance "east" has no member cluster "paris"',
        `    at ${AT}/all)`,
        '    fix: known clusters: berlin',
      ].join('\n'),
    );
  });

  test('an OverridePolicy is given a cluster-scoped kind', () => {
    const selector = () => ResourceSelector.named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'a');

    expect(messageOf(() => new OverridePolicy(aChart(), 'Overrides', { resources: [selector()] }))).toMatch(
      /^ClusterRole is cluster-scoped, and /,
    );
  });
});
