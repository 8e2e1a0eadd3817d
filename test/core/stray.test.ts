import { type ApiObject, App } from 'cdk8s';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { OverridePolicy } from '../../src/policy/override-policy';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { CronAutoscaler } from '../../src/workload/cron-autoscaler';
import { FederatedAutoscaler } from '../../src/workload/federated-autoscaler';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { ServiceExposure } from '../../src/workload/service-exposure';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import { messageOf } from './fake-instance';

/** Two instances in one app: one that is installed, with a chart, and the deployment of another. */
function two() {
  const app = new App();
  const east = new MulticloudInstance(app, 'east', {
    instanceName: 'east',
    etcd: EtcdStorage.hostPath({ nodeSelector: { a: 'b' } }),
  });
  const west = MulticloudInstance.fromExisting(app, 'west', { instanceName: 'west' });
  const chart = new MulticloudChart(app, 'shop', { instance: east });
  const web = new MulticloudDeployment(new MulticloudChart(app, 'far', { instance: west }), 'web', {
    containers: [{ image: 'a:1', portNumber: 80 }],
  });
  return { app, east, chart, web };
}

type Refer = (chart: MulticloudChart, web: MulticloudDeployment) => unknown;

const REFERRING: readonly [string, Refer][] = [
  ['PropagationPolicy', (chart, { template }) => new PropagationPolicy(chart, 'Its', { resources: [of(template)] })],
  [
    'ClusterPropagationPolicy',
    (chart, { template }) => new ClusterPropagationPolicy(chart, 'Its', { resources: [of(template)] }),
  ],
  ['OverridePolicy', (chart, { template }) => new OverridePolicy(chart, 'Its', { resources: [of(template)] })],
  [
    'ClusterOverridePolicy',
    (chart, { template }) => new ClusterOverridePolicy(chart, 'Its', { resources: [of(template)] }),
  ],
  [
    'FederatedAutoscaler',
    (chart, scaleTarget) => new FederatedAutoscaler(chart, 'Its', { scaleTarget, maxReplicas: 3 }),
  ],
  ['CronAutoscaler', (chart, scaleTarget) => new CronAutoscaler(chart, 'Its', { scaleTarget, rules: [NIGHTLY] })],
  [
    'WorkloadRebalancer',
    (chart, { template }) => new WorkloadRebalancer(chart, 'Its', { name: 'its', workloads: [of(template)] }),
  ],
];
const NIGHTLY = { name: 'night', schedule: '@daily', targetReplicas: 0 };

function of(object: ApiObject): ResourceSelector {
  return ResourceSelector.of(object);
}

test.each(REFERRING)('a %s for an object of another instance', (_, refer) => {
  const { chart, web } = two();
  const message = messageOf(() => refer(chart, web));
  expect(message.split('\n')).toEqual([
    'Deployment (far/web/Resource) goes to the Karmada of instance "west", and what refers to it goes to the Karmada of instance "east"',
    expect.stringMatching(/^ {2}at shop\/Its/),
    '  fix: give an object of a chart that goes to the Karmada of instance "east"',
  ]);
});

test('a service that spans clusters, of another instance', () => {
  const { chart, web } = two();
  const { template: service } = web.exposeViaService();
  const exposure = ServiceExposure.crossCluster();
  expect(messageOf(() => new MultiClusterService(chart, 'Its', { service, exposure }))).toBe(
    [
      'Service (far/web/Service/Resource) goes to the Karmada of instance "west", and what refers to it goes to the Karmada of instance "east"',
      '  at shop/Its',
      '  fix: give an object of a chart that goes to the Karmada of instance "east"',
    ].join('\n'),
  );
});

test('an object of the host cluster', () => {
  const { chart, east } = two();
  const etcd = east.node.findAll().find((construct: any) => construct.kind === 'StatefulSet') as ApiObject;
  expect(
    messageOf(() => new PropagationPolicy(chart, 'Its', { name: 'its', resources: [of(etcd)] })).split('\n')[0],
  ).toBe(
    `StatefulSet (${etcd.node.path}) goes to the host cluster of instance "east", and what refers to it goes to the Karmada of instance "east"`,
  );
});

test('not an object of another chart for the same instance', () => {
  const { app, east, chart } = two();
  const web = new MulticloudDeployment(new MulticloudChart(app, 'near', { instance: east }), 'web', {
    containers: [{ image: 'a:1' }],
  });
  new OverridePolicy(chart, 'Its', { resources: [of(web.template)] });
  expect(chart.toJson().map(({ kind }) => kind)).toContain('OverridePolicy');
});
