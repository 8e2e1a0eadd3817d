import { ApiObject, JsonPatch } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { OverridePolicy } from '../../src/policy/override-policy';
import type { OverrideRule } from '../../src/policy/override-rule';
import { Overrider } from '../../src/policy/overrider';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

const berlin = ClusterSelector.names('berlin');
const paris = ClusterSelector.names('paris');
const edge = ClusterSelector.labels({ tier: 'edge' });

/** A deployment with two containers and one init container. */
function workload(chart: MulticloudChart, name = 'web', kind = 'Deployment'): ApiObject {
  const pod = {
    containers: [
      {
        name: 'web',
        image: 'registry.example/shop/web:1',
        env: [
          { name: 'REGION', value: 'none' },
          { name: 'LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'DEBUG', value: '1' },
        ],
      },
      { name: 'proxy', image: 'registry.example/proxy:1' },
    ],
    initContainers: [{ name: 'init', image: 'registry.example/init:1' }],
  };
  const spec = { template: { spec: pod } };
  return new ApiObject(chart, name, {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, labels: { tier: 'edge' }, annotations: { note: 'x' } },
    spec: kind === 'CronJob' ? { jobTemplate: { spec } } : spec,
  });
}

function policy(chart: MulticloudChart, object: ApiObject, ...rules: OverrideRule[]): OverridePolicy {
  return new OverridePolicy(chart, 'Overrides', { name: 'web', resources: [ResourceSelector.of(object)], rules });
}

/** The overriders of rules for one workload. */
function overriders(...rules: OverrideRule[]): any[] {
  const chart = aChart();
  policy(chart, workload(chart), ...rules);
  return bare(chart, 'OverridePolicy')[0].spec.overrideRules.map((rule: any) => rule.overriders);
}

/** What synth says about overrides of one workload. */
function refusal(...rules: OverrideRule[]): string {
  const chart = aChart();
  policy(chart, workload(chart), ...rules);
  return messageOf(() => chart.toJson());
}

const AT = '    at shop/Overrides (OverridePolicy/default/web)';

test('minimal', () => {
  const chart = aChart();
  policy(chart, workload(chart), { clusters: berlin, overriders: [Overrider.label('a', 'b')] });

  expect(objects(chart)[1]).toStrictEqual({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: {
      annotations: { 'cdk8s-karmada.io/path': 'shop/Overrides/Resource', 'cdk8s-karmada.io/wave': '7' },
      name: 'web',
      namespace: 'default',
    },
    spec: {
      overrideRules: [
        {
          overriders: { labelsOverrider: [{ operator: 'add', value: { a: 'b' } }] },
          targetCluster: { clusterNames: ['berlin'] },
        },
      ],
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' }],
    },
  });
});

test('a rule without clusters is for all of them', () => {
  const chart = aChart();
  policy(chart, workload(chart), { overriders: [Overrider.label('a', 'b')] });

  expect(bare(chart, 'OverridePolicy')[0].spec.overrideRules[0].targetCluster).toEqual({});
});

test('labels and annotations, in order', () => {
  expect(
    overriders({
      overriders: [
        Overrider.label('a', '1'),
        Overrider.label('b', '2'),
        Overrider.removeLabel('tier'),
        Overrider.annotation('c', 'any text'),
        Overrider.removeAnnotation('note'),
      ],
    }),
  ).toStrictEqual([
    {
      annotationsOverrider: [
        { operator: 'add', value: { c: 'any text' } },
        { operator: 'remove', value: { note: '' } },
      ],
      labelsOverrider: [
        { operator: 'add', value: { a: '1', b: '2' } },
        { operator: 'remove', value: { tier: '' } },
      ],
    },
  ]);
});

describe('image', () => {
  test('of one container, with all its parts', () => {
    expect(
      overriders({
        overriders: [Overrider.image({ container: 'proxy', registry: 'mirror:5000', repository: 'p/x', tag: '2' })],
      }),
    ).toStrictEqual([
      {
        imageOverrider: [
          ['Registry', 'mirror:5000'],
          ['Repository', 'p/x'],
          ['Tag', '2'],
        ].map(([component, value]) => ({
          component,
          operator: 'replace',
          predicate: { path: '/spec/template/spec/containers/1/image' },
          value,
        })),
      },
    ]);
  });

  test('of an init container', () => {
    const [{ imageOverrider }] = overriders({ overriders: [Overrider.image({ container: 'init', tag: '2' })] });

    expect(imageOverrider[0].predicate).toEqual({ path: '/spec/template/spec/initContainers/0/image' });
  });

  test('of every container, by registry', () => {
    expect(overriders({ overriders: [Overrider.image({ registry: 'mirror.example' })] })).toStrictEqual([
      { imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.example' }] },
    ]);
  });

  test('by digest, which Karmada takes as a tag', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const [{ imageOverrider }] = overriders({ overriders: [Overrider.image({ container: 'web', digest })] });

    expect(imageOverrider[0]).toMatchObject({ component: 'Tag', value: digest });
  });

  test('of kinds that Karmada’s own overrider skips is found by path', () => {
    const chart = aChart();
    policy(chart, workload(chart, 'web', 'CronJob'), { overriders: [Overrider.image({ registry: 'mirror.example' })] });

    expect(
      bare(chart, 'OverridePolicy')[0].spec.overrideRules[0].overriders.imageOverrider.map(
        (item: any) => item.predicate,
      ),
    ).toEqual([
      { path: '/spec/jobTemplate/spec/template/spec/containers/0/image' },
      { path: '/spec/jobTemplate/spec/template/spec/containers/1/image' },
    ]);
  });

  test('is found where a later patch of the template put it', () => {
    const chart = aChart();
    const object = workload(chart);
    policy(chart, object, { overriders: [Overrider.image({ container: 'web', tag: '2' })] });
    object.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0', { name: 'first', image: 'a:1' }));

    expect(bare(chart, 'OverridePolicy')[0].spec.overrideRules[0].overriders.imageOverrider[0].predicate).toEqual({
      path: '/spec/template/spec/containers/1/image',
    });
  });
});

describe('environment variables', () => {
  const web = { container: 'web' };
  const env = '/spec/template/spec/containers/0/env';

  test('that are there are replaced as a whole, others added at the end', () => {
    expect(
      overriders({
        overriders: [
          Overrider.env('LEVEL', 'high', web),
          Overrider.env('NEW', '1', web),
          Overrider.env('NEW', '2', web),
        ],
      }),
    ).toStrictEqual([
      {
        plaintext: [
          { operator: 'replace', path: `${env}/1`, value: { name: 'LEVEL', value: 'high' } },
          { operator: 'add', path: `${env}/-`, value: { name: 'NEW', value: '2' } },
        ],
      },
    ]);
  });

  test('after a removed one are found where they have moved to', () => {
    expect(
      overriders({ overriders: [Overrider.removeEnv('REGION', web), Overrider.env('DEBUG', '0', web)] }),
    ).toStrictEqual([
      {
        plaintext: [
          { operator: 'remove', path: `${env}/0` },
          { operator: 'replace', path: `${env}/1`, value: { name: 'DEBUG', value: '0' } },
        ],
      },
    ]);
  });

  test('of a container without any are one new list', () => {
    expect(
      overriders({
        clusters: berlin,
        overriders: [
          Overrider.env('A', '1', { container: 'proxy' }),
          Overrider.env('B', '2', { container: 'proxy' }),
          Overrider.env('A', '3', { container: 'proxy' }),
        ],
      }),
    ).toStrictEqual([
      {
        plaintext: [
          {
            operator: 'add',
            path: '/spec/template/spec/containers/1/env',
            value: [
              { name: 'A', value: '3' },
              { name: 'B', value: '2' },
            ],
          },
        ],
      },
    ]);
  });

  test('of a container without any, in rules that cannot meet, are a list in each', () => {
    const rule = (clusters: ClusterSelector) => ({
      clusters,
      overriders: [Overrider.env('A', '1', { container: 'proxy' })],
    });

    expect(overriders(rule(berlin), rule(paris))).toHaveLength(2);
  });

  test('of a container without any, in rules that may meet, are added to a list that is made before', () => {
    const list = '/spec/template/spec/containers/1/env';

    expect(
      overriders(
        { clusters: edge, overriders: [Overrider.env('A', '1', { container: 'proxy' })] },
        { clusters: berlin, overriders: [Overrider.env('B', '2', { container: 'proxy' })] },
      ),
    ).toStrictEqual([
      { plaintext: [{ operator: 'add', path: list, value: [] }] },
      { plaintext: [{ operator: 'add', path: `${list}/-`, value: { name: 'A', value: '1' } }] },
      { plaintext: [{ operator: 'add', path: `${list}/-`, value: { name: 'B', value: '2' } }] },
    ]);
  });

  test('are found after every earlier rule that surely holds on the same clusters', () => {
    const later = { clusters: berlin, overriders: [Overrider.env('DEBUG', '0', web)] };
    const found = { plaintext: [{ operator: 'replace', path: `${env}/1`, value: { name: 'DEBUG', value: '0' } }] };

    for (const clusters of [undefined, berlin, ClusterSelector.names('paris', 'berlin')]) {
      const [, rule] = overriders({ clusters, overriders: [Overrider.removeEnv('REGION', web)] }, later);
      expect(rule).toStrictEqual(found);
    }
  });

  test('may be removed in one rule and changed in another where the two cannot meet', () => {
    expect(
      overriders(
        { clusters: ClusterSelector.all().excluding('berlin'), overriders: [Overrider.removeEnv('REGION', web)] },
        { clusters: berlin, overriders: [Overrider.env('DEBUG', '0', web)] },
      ),
    ).toHaveLength(2);
  });

  test('fail when one rule removes some and a later one that may meet it changes others', () => {
    expect(
      refusal(
        { clusters: edge, overriders: [Overrider.removeEnv('REGION', web)] },
        { clusters: berlin, overriders: [Overrider.env('DEBUG', '0', web)] },
      ),
    ).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] one rule changes what is at /spec/template/spec/containers/0/env/0, and a later one relies on what the template has at /spec/template/spec/containers/0/env/2, maybe on the same cluster',
        AT,
        '    fix: choose clusters that cannot be the same, for instance with `excluding`, or do both in one rule',
      ].join('\n'),
    );
  });
});

describe('fails when', () => {
  test('names are not in the template, with all of them', () => {
    expect(
      refusal({
        overriders: [
          Overrider.image({ container: 'wep', tag: '2' }),
          Overrider.image({ tag: '2' }),
          Overrider.env('A', '1'),
          Overrider.removeEnv('REGIO', { container: 'web' }),
          Overrider.removeEnv('A', { container: 'proxy' }),
          Overrider.removeLabel('teir'),
          Overrider.removeAnnotation('other'),
        ],
      }),
    ).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] Overrider.image names container "wep", which the template does not have',
        AT,
        '    fix: did you mean web? known containers: init, proxy, web',
        '  [shop/Overrides] Overrider.image does not say which container it is for',
        AT,
        '    fix: give `container`, one of: web, proxy',
        '  [shop/Overrides] Overrider.env("A") does not say which container it is for',
        AT,
        '    fix: give `container`, one of: web, proxy',
        '  [shop/Overrides] Overrider.removeEnv("REGIO") finds no such variable in container "web"',
        AT,
        '    fix: did you mean REGION? known variables: DEBUG, LEVEL, REGION',
        '  [shop/Overrides] Overrider.removeEnv("A") finds no such variable in container "proxy"',
        AT,
        '    fix: leave it out: the template has no variables',
        '  [shop/Overrides] Overrider.removeLabel("teir") finds no such label in the template',
        AT,
        '    fix: did you mean tier? known labels: tier',
        '  [shop/Overrides] Overrider.removeAnnotation("other") finds no such annotation in the template',
        AT,
        '    fix: known annotations: note',
      ].join('\n'),
    );
  });

  test('the object has no pods', () => {
    const chart = aChart();
    const config = new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    policy(chart, config, { overriders: [Overrider.image({ registry: 'mirror.example' })] });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] Overrider.image needs a container, and the template has none',
        AT,
        '    fix: override a workload: an object with pods',
      ].join('\n'),
    );
  });

  test('a place has to be looked up in an object that the code does not have', () => {
    const chart = aChart();
    new OverridePolicy(chart, 'Overrides', {
      name: 'web',
      resources: [ResourceSelector.named('batch/v1', 'CronJob', 'nightly')],
      rules: [
        {
          overriders: [
            Overrider.env('A', '1'),
            Overrider.image({ registry: 'mirror.example' }),
            Overrider.label('a', 'b'),
          ],
        },
      ],
    });
    const blind =
      'has to look its place up in the template, and the policy selects objects that the code does not have';

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        `  [shop/Overrides] Overrider.env("A") ${blind}`,
        AT,
        '    fix: select one object with ResourceSelector.of',
        `  [shop/Overrides] Overrider.image ${blind}`,
        AT,
        '    fix: select one object with ResourceSelector.of',
      ].join('\n'),
    );
  });

  test('several objects would need different paths', () => {
    const chart = aChart();
    const resources = [workload(chart), workload(chart, 'nightly', 'CronJob')].map((object) =>
      ResourceSelector.of(object),
    );
    new OverridePolicy(chart, 'Overrides', {
      name: 'web',
      resources,
      rules: [{ overriders: [Overrider.env('REGION', 'eu', { container: 'web' })] }],
    });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] the overrides are at other places in shop/web than in shop/nightly',
        AT,
        '    fix: write one OverridePolicy for each of them',
      ].join('\n'),
    );
  });

  test('it names clusters that the instance does not have', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin');
    policy(chart, workload(chart), { clusters: paris, overriders: [Overrider.label('a', 'b')] });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Overrides] instance "east" has no member cluster "paris"',
        AT,
        '    fix: known clusters: berlin',
      ].join('\n'),
    );
  });

  test('there are no resources', () => {
    expect(messageOf(() => new OverridePolicy(aChart(), 'Overrides', { name: 'web', resources: [] }))).toBe(
      [
        'OverridePolicy is given no resources, so in Karmada it would change every object of its namespace',
        '  at shop/Overrides (OverridePolicy/default/web)',
        '  fix: give one selector or more in `resources`, such as ResourceSelector.of(object)',
      ].join('\n'),
    );
  });

  test('a rule has no overrides', () => {
    const chart = aChart();

    expect(messageOf(() => policy(chart, workload(chart), { overriders: [] }))).toBe(
      [
        'a rule is given no overrides, so it would change nothing',
        '  at shop/Overrides (OverridePolicy/default/web)',
        "  fix: give one or more, such as Overrider.env('REGION', 'eu')",
      ].join('\n'),
    );
  });
});

test('objects that the code does not have can be overridden by registry, label and annotation', () => {
  const chart = aChart();
  new OverridePolicy(chart, 'Overrides', {
    resources: [ResourceSelector.everything('apps/v1', 'Deployment')],
    rules: [{ overriders: [Overrider.image({ registry: 'mirror.example' }), Overrider.removeLabel('tier')] }],
  });

  expect(bare(chart, 'OverridePolicy')[0].spec.overrideRules[0].overriders).toStrictEqual({
    imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.example' }],
    labelsOverrider: [{ operator: 'remove', value: { tier: '' } }],
  });
});

test('a deployment of cdk8s-plus can be overridden by name', () => {
  const chart = aChart();
  const web = new plus28.Deployment(chart, 'web', { containers: [{ name: 'web', image: 'a:1' }] });
  new OverridePolicy(chart, 'Overrides', {
    resources: [ResourceSelector.of(web)],
    rules: [{ overriders: [Overrider.env('A', '1')] }],
  });

  expect(bare(chart, 'OverridePolicy')[0].spec.overrideRules[0].overriders.plaintext).toStrictEqual([
    { operator: 'add', path: '/spec/template/spec/containers/0/env', value: [{ name: 'A', value: '1' }] },
  ]);
});
