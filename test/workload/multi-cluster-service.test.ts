import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { MemberCluster } from '../../src/member/member-cluster';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { ServiceExposure } from '../../src/workload/service-exposure';
import { aChart, bare, messageOf } from '../core/fake-instance';

function web(chart: MulticloudChart, name = 'web'): ApiObject {
  return new ApiObject(chart, 'Web', { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'front' } });
}

test('across clusters: the name and namespace of its service', () => {
  const chart = aChart();
  const exposure = ServiceExposure.crossCluster({
    providerClusters: ['berlin'],
    consumerClusters: ['paris', 'rome', 'paris'],
  });
  const exposed = new MultiClusterService(chart, 'Exposed', { service: web(chart), exposure, labels: { app: 'web' } });

  expect(exposed.serviceName).toBe('web');
  expect(bare(chart, 'MultiClusterService')).toStrictEqual([
    {
      apiVersion: 'networking.karmada.io/v1alpha1',
      kind: 'MultiClusterService',
      metadata: { labels: { app: 'web' }, name: 'web', namespace: 'front' },
      spec: {
        consumerClusters: [{ name: 'paris' }, { name: 'rome' }],
        providerClusters: [{ name: 'berlin' }],
        types: ['CrossCluster'],
      },
    },
  ]);
});

test('every cluster is said by saying nothing; a service of cdk8s-plus is one too', () => {
  const chart = aChart();
  const service = new kplus.Service(chart, 'Web', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
  new MultiClusterService(chart, 'Exposed', { service, exposure: ServiceExposure.crossCluster() });

  expect(bare(chart, 'MultiClusterService')[0].spec).toStrictEqual({ types: ['CrossCluster'] });
  expect(bare(chart, 'MultiClusterService')[0].metadata).toStrictEqual({ name: 'web', namespace: 'default' });
});

test('from outside', () => {
  const chart = aChart();
  const exposure = ServiceExposure.loadBalancer({ ports: [{ name: 'http', port: 80 }, { port: 443 }] });
  new MultiClusterService(chart, 'Exposed', { service: web(chart), exposure });

  expect(bare(chart, 'MultiClusterService')[0].spec).toStrictEqual({
    ports: [{ name: 'http', port: 80 }, { port: 443 }],
    types: ['LoadBalancer'],
  });
});

describe('fails when', () => {
  test.each<[string, () => unknown, string[]]>([
    [
      'lists of clusters are empty or name what is none',
      () => ServiceExposure.crossCluster({ providerClusters: [], consumerClusters: ['Berlin'] }),
      [
        '`providerClusters` is empty, which Karmada reads as every cluster',
        '  fix: name one cluster or more, or leave it out to say every cluster',
        '"Berlin" cannot be the name of a member cluster',
        '  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
      ],
    ],
    [
      'ports are none: all at once',
      () =>
        ServiceExposure.loadBalancer({
          ports: [
            { name: 'Web', port: 0 },
            { name: 'http', port: 80 },
            { name: 'http', port: 81 },
          ],
        }),
      [
        'a port must be a whole number from 1 to 65535, got 0',
        '  fix: give a port of the service',
        '"Web" cannot be the name of a port',
        '  fix: use at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
        'two ports have the name "http"',
        '  fix: name each port once',
      ],
    ],
    [
      'there are no ports',
      () => ServiceExposure.loadBalancer({ ports: [] }),
      [
        '`ports` is empty, which Karmada reads as every port',
        '  fix: give one port or more, or leave it out to say every port',
      ],
    ],
    [
      'it is no service',
      () => {
        const chart = aChart();
        const service = new kplus.ConfigMap(chart, 'Settings');
        new MultiClusterService(chart, 'Exposed', { service, exposure: ServiceExposure.crossCluster() });
      },
      ['a ConfigMap of v1 is no Service', '  at shop/Exposed', '  fix: give the Service that is to be reached'],
    ],
    [
      'the service has a name that Karmada does not take here',
      () => {
        const chart = aChart();
        new MultiClusterService(chart, 'Exposed', {
          service: web(chart, '1st'),
          exposure: ServiceExposure.crossCluster(),
        });
      },
      [
        '"1st" cannot be the name of a MultiClusterService',
        '  at shop/Exposed',
        '  fix: name the Service with lower case letters, digits and "-", with a letter first and a letter or digit last',
      ],
    ],
    [
      'it names clusters that the instance does not have',
      () => {
        const chart = aChart();
        new MemberCluster(chart, 'berlin');
        const exposure = ServiceExposure.crossCluster({ consumerClusters: ['berlin', 'berln'] });
        new MultiClusterService(chart, 'Exposed', { service: web(chart), exposure });
        chart.toJson();
      },
      [
        'Validation failed with the following errors:',
        '  [shop/Exposed] instance "east" has no member cluster "berln"',
        '    at shop/Exposed (MultiClusterService/front/web)',
        '    fix: did you mean berlin? known clusters: berlin',
      ],
    ],
  ])('%s', (_, act, lines) => {
    expect(messageOf(act)).toBe(lines.join('\n'));
  });
});
