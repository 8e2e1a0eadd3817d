import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Placement } from '../../src/policy/placement';
import { MulticloudDaemonSet } from '../../src/workload/multicloud-daemon-set';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import { aChart, bare, messageOf } from '../core/fake-instance';

const containers = [{ image: 'a:1', portNumber: 8080 }];

test('a deployment has a service of its name, to its pods, by the port of its container', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { namespace: 'shop', containers }).exposeViaService();

  expect(bare(chart, 'Service')).toStrictEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        ports: [{ port: 8080, targetPort: 8080 }],
        selector: { 'app.kubernetes.io/name': 'web' },
        type: 'ClusterIP',
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy').map(({ metadata, spec }) => [metadata.name, spec.placement])).toStrictEqual([
    ['web-deployment', { replicaScheduling: { replicaSchedulingType: 'Duplicated' } }],
    ['web-service', { replicaScheduling: { replicaSchedulingType: 'Duplicated' } }],
  ]);
});

test('the service goes wherever the workload may ever be, also when a group fails', () => {
  const chart = aChart();
  const web = new MulticloudDeployment(chart, 'web', {
    containers,
    placement: Placement.aggregated({
      groups: [
        { name: 'first', clusters: ClusterSelector.names('berlin') },
        { name: 'second', clusters: ClusterSelector.names('paris', 'rome') },
      ],
    }),
  });
  web.exposeViaService();

  expect(bare(chart, 'PropagationPolicy')[1].spec.placement).toStrictEqual({
    clusterAffinity: { clusterNames: ['berlin', 'paris', 'rome'] },
    replicaScheduling: { replicaSchedulingType: 'Duplicated' },
  });
});

test('several ports have names, and options come on top', () => {
  const chart = aChart();
  const dns = new MulticloudDaemonSet(chart, 'dns', {
    containers: [
      {
        image: 'a:1',
        ports: [
          { number: 53, protocol: kplus.Protocol.UDP },
          { number: 9153, name: 'metrics' },
        ],
      },
      { name: 'health', image: 'b:1', portNumber: 8181 },
    ],
  });
  dns.exposeViaService({ type: kplus.ServiceType.NODE_PORT, labels: { team: 'net' } });
  dns.exposeViaService({ name: 'metrics', ports: [{ port: 80, targetPort: 9153 }], selector: { app: 'dns' } });

  expect(bare(chart, 'Service').map(({ metadata, spec }) => [metadata, spec])).toStrictEqual([
    [
      { labels: { team: 'net' }, name: 'dns', namespace: 'default' },
      {
        ports: [
          { name: 'udp-53', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'metrics', port: 9153, targetPort: 9153 },
          { name: 'tcp-8181', port: 8181, targetPort: 8181 },
        ],
        selector: { 'app.kubernetes.io/name': 'dns' },
        type: 'NodePort',
      },
    ],
    [
      { name: 'metrics', namespace: 'default' },
      { ports: [{ port: 80, targetPort: 9153 }], selector: { app: 'dns' }, type: 'ClusterIP' },
    ],
  ]);
});

test('a stateful set has its headless service', () => {
  const chart = aChart();
  new MulticloudStatefulSet(chart, 'queue', { serviceName: 'queue-pods', containers }).exposeViaService();

  expect(bare(chart, 'Service')[0]).toMatchObject({
    metadata: { name: 'queue-pods' },
    spec: { clusterIP: 'None', selector: { 'app.kubernetes.io/name': 'queue' } },
  });
});

test('a workload that something else makes has one too', () => {
  const chart = aChart();
  const made = new kplus.Deployment(chart, 'web', {
    metadata: { name: 'web' },
    containers: [{ image: 'a:1', portNumber: 80 }],
  });
  MulticloudDeployment.of(made).exposeViaService();

  const [{ spec }] = bare(chart, 'Deployment');
  expect(bare(chart, 'Service')[0]).toMatchObject({
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80, targetPort: 80 }], selector: spec.selector.matchLabels },
  });
});

describe('fails when', () => {
  test('there are no ports', () => {
    const web = new MulticloudDeployment(aChart(), 'web', { containers: [{ image: 'a:1' }] });

    expect(messageOf(() => web.exposeViaService())).toBe(
      [
        'the containers of web say no ports, so a service would lead nowhere',
        '  at shop/web',
        '  fix: give `portNumber` or `ports` of a container, or `ports` here',
      ].join('\n'),
    );
  });

  test('pods are selected by expressions', () => {
    const yaml = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchExpressions: [{key: app, operator: Exists}]}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "a:1", ports: [{containerPort: 80}]}]}
`;
    const web = MulticloudDeployment.fromYaml(aChart(), 'web', { yaml });

    expect(messageOf(() => web.exposeViaService())).toBe(
      [
        'the pods of web are selected by expressions, which a service cannot do',
        '  at shop/web',
        '  fix: give the labels of the pods in `selector`',
      ].join('\n'),
    );
  });
});
