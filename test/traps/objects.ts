import { Construct } from 'constructs';
import * as api from '../../src/api';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { bare, messageOf } from '../core/fake-instance';
import { aChart, chartOf, only, web } from '../seed-features/seen';
import { codes, policy, propsOf, WEB } from './caught';

test('etcd keeps its data in an emptyDir unless told otherwise: where it does is a required prop', () => {
  expect(propsOf('MulticloudInstanceProps')).toContain('etcd');
});

test('the Helm chart turns propagation of what is used off: a finding', () => {
  const sent = policy('{replicaScheduling: {replicaSchedulingType: Duplicated}}', 'propagateDeps: true');
  expect(codes([WEB, sent])).toEqual([]);
  expect(codes([WEB, sent], { assume: ['controller-manager.feature-gates=PropagateDeps=false'] })).toEqual(['MC041']);
});

test('a policy that is replaced without its permanent-id is refused: no output carries one, and all is applied as a patch', () => {
  const chart = chartOf(web());
  expect(JSON.stringify(chart.toJson())).not.toContain('permanent-id');
});

test('Cluster has no CRD to generate from: it is typed by hand, and checked', () => {
  const chart = aChart();
  new api.Cluster(chart, 'berlin', { spec: { syncMode: 'Both' as any } });
  expect(messageOf(() => chart.toJson())).toContain('"Both"');
});

describe('what cdk8s-plus does by itself', () => {
  test('selectors do not change with the construct path', () => {
    const selectorAt = (scope: (chart: Construct) => Construct) => {
      const chart = aChart();
      new MulticloudDeployment(scope(chart), 'web', { containers: [{ image: 'a:1' }] });
      return only('Deployment', chart).spec.selector;
    };
    expect(selectorAt((chart) => chart)).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
    expect(selectorAt((chart) => new Construct(chart, 'team'))).toEqual(selectorAt((chart) => chart));
  });

  test('nothing is filled in: replicas, requests, pull policy, security', () => {
    expect(bare(chartOf(web()), 'Deployment')[0].spec).toEqual({
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
        spec: { containers: [{ image: 'registry.example/web:1', name: 'main' }] },
      },
    });
  });
});
