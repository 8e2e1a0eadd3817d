import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Findings } from '../../src/core/findings';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import type { MulticloudDeploymentProps } from '../../src/workload/multicloud-deployment';
import { bare } from '../core/fake-instance';
import { chartOf, cluster, only, seen, web, workload } from './seen';

const containers = [
  {
    image: 'registry.example/web:1',
    envVariables: { MODE: kplus.EnvValue.fromValue('core'), LEVEL: kplus.EnvValue.fromValue('3') },
  },
];

/** What berlin and paris receive of a deployment that differs on berlin. */
function received(
  overriders: Overrider[],
  props: Partial<MulticloudDeploymentProps> = {},
): { berlin: any; paris: any } {
  const deployment = web({ containers, ...props });
  if (overriders.length > 0) deployment.overrideOn(ClusterSelector.names('berlin'), ...overriders);
  const { rendered } = workload(seen(chartOf(deployment), cluster('berlin'), cluster('paris'))).outcomes[0];
  return { berlin: rendered.berlin[0], paris: rendered.paris[0] };
}

describe('overrides', () => {
  test('row 107: the template stays as it is', () => {
    const deployment = web({ containers });
    const before = only('Deployment', chartOf(deployment));
    deployment.overrideOn(
      ClusterSelector.names('berlin'),
      Overrider.image({ tag: '2' }),
      Overrider.env('MODE', 'edge'),
    );
    expect(only('Deployment', chartOf(deployment))).toStrictEqual(before);
  });

  test('row 108: the default is changed in the code', () => {
    expect(received([], { replicas: 3 }).paris.spec.replicas).toBe(3);
  });

  test('row 109: a set of differences for a choice of clusters', () => {
    const deployment = web({ containers });
    deployment.overrideOn(ClusterSelector.names('berlin'), Overrider.image({ tag: '2' }));
    deployment.overrideOn(ClusterSelector.location({ regions: ['eu-2'] }), Overrider.label('tier', 'edge'));
    const { overrideRules } = only('OverridePolicy', chartOf(deployment)).spec;
    expect(overrideRules.map(({ targetCluster }: any) => targetCluster)).toStrictEqual([
      { clusterNames: ['berlin'] },
      { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu-2'] }] } },
    ]);
  });

  test('row 110: differences for clusters that the placement never chooses', () => {
    const doubts = (name: string) => {
      const clusters = ClusterSelector.names('berlin', 'paris');
      const deployment = web({ containers, placement: Placement.duplicated({ clusters }) });
      deployment.overrideOn(ClusterSelector.names(name), Overrider.image({ tag: '2' }));
      return Findings.of(chartOf(deployment)).all.map(({ code, message, fix }) => `${code} ${message}; ${fix}`);
    };
    expect(doubts('oslo')).toEqual([
      'MC070 the rule is for "oslo", where PropagationPolicy/default/web-deployment can send nothing that it selects; take ' +
        'the rule away, or let the placement choose its clusters',
    ]);
    expect(doubts('paris')).toEqual([]);
  });

  test('row 111: a cluster without differences gets the template', () => {
    const { paris } = received([Overrider.image({ tag: '2' }), Overrider.env('MODE', 'edge')]);
    const [{ image, env }] = paris.spec.template.spec.containers;
    expect({ image, mode: env[0].value }).toEqual({ image: 'registry.example/web:1', mode: 'core' });
  });

  test('row 112: another image', () => {
    const image = Overrider.image({ registry: 'mirror.example', repository: 'shop/web', tag: '2' });
    expect(received([image]).berlin.spec.template.spec.containers[0].image).toBe('mirror.example/shop/web:2');
  });

  test('row 113: another variable, by name; those beside it stay', () => {
    const { berlin } = received([Overrider.env('LEVEL', '9'), Overrider.env('NEW', 'yes')]);
    expect(berlin.spec.template.spec.containers[0].env).toEqual([
      { name: 'MODE', value: 'core' },
      { name: 'LEVEL', value: '9' },
      { name: 'NEW', value: 'yes' },
    ]);
  });

  test('row 114: another label', () => {
    const { berlin } = received([Overrider.label('tier', 'edge')], { labels: { tier: 'core', team: 'shop' } });
    expect(berlin.metadata.labels).toMatchObject({ team: 'shop', tier: 'edge' });
  });

  test('row 115: another annotation', () => {
    const { berlin, paris } = received([Overrider.annotation('why', 'edge')], { annotations: { why: 'core' } });
    expect([berlin, paris].map(({ metadata }) => metadata.annotations.why)).toEqual(['edge', 'core']);
  });

  test('row 116: more than those four', () => {
    const { berlin } = received([Overrider.removeEnv('MODE')]);
    expect(berlin.spec.template.spec.containers[0].env).toEqual([{ name: 'LEVEL', value: '3' }]);
  });

  test('row 117: no differences, no override policy', () => {
    expect(bare(chartOf(web()), 'OverridePolicy')).toEqual([]);
  });
});
