import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Size } from 'cdk8s';
import * as api from '../../src/api';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy } from '../../src/member/cluster-taint-policy';
import { MemberCluster } from '../../src/member/member-cluster';
import { Workspace } from '../../src/member/workspace';
import { WorkspaceAccess } from '../../src/member/workspace-access';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { CronAutoscaler } from '../../src/workload/cron-autoscaler';
import { FederatedAutoscaler } from '../../src/workload/federated-autoscaler';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { MulticloudConfigMap } from '../../src/workload/multicloud-config-map';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDaemonSet } from '../../src/workload/multicloud-daemon-set';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import { MulticloudNamespace } from '../../src/workload/multicloud-namespace';
import { MulticloudPersistentVolumeClaim } from '../../src/workload/multicloud-persistent-volume-claim';
import { MulticloudService } from '../../src/workload/multicloud-service';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import { ServiceExposure } from '../../src/workload/service-exposure';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import { startApiServer, type TestServer } from './testbed';

const containers = [{ image: 'registry.example/web:1', portNumber: 8080 }];

/** A chart with an object of many kinds, as App.synth writes it. */
function synth(outdir: string): MulticloudChart {
  const app = new App({ outdir });
  const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
  const chart = new MulticloudChart(app, 'shop', { instance, namespace: 'shop' });
  new MulticloudNamespace(chart, 'shop');
  workloads(chart);
  policies(chart);
  app.synth();
  return chart;
}

function workloads(chart: MulticloudChart): void {
  const web = new MulticloudDeployment(chart, 'web', { containers, replicas: 3, placement: Placement.dynamicWeight() });
  web.overrideOn(
    ClusterSelector.names('berlin'),
    Overrider.image({ registry: 'mirror.example' }),
    Overrider.env('REGION', 'eu'),
  );
  const scaler = new FederatedAutoscaler(chart, 'web-scaler', { scaleTarget: web, maxReplicas: 30 });
  scaler.addSchedule({ name: 'morning', schedule: '0 8 * * *', targetMinReplicas: 10 });
  const claims = [{ name: 'data', size: Size.gibibytes(1), mountPath: '/data' }];
  const queue = new MulticloudStatefulSet(chart, 'queue', { containers, serviceName: 'queue', claims });
  const rules = [{ name: 'night', schedule: '@daily', targetReplicas: 0 }];
  new CronAutoscaler(chart, 'queue-scaler', { scaleTarget: queue, rules });
  new MulticloudDaemonSet(chart, 'agent', { containers });
  new MulticloudJob(chart, 'report', { containers });
  new MulticloudCronJob(chart, 'nightly', { containers, schedule: '0 3 * * *' });
  new MulticloudConfigMap(chart, 'settings', { data: { currency: 'EUR' } });
  new MulticloudPersistentVolumeClaim(chart, 'uploads', { size: Size.gibibytes(1) });
  const service = new MulticloudService(chart, 'web-service', {
    name: 'web',
    ports: [{ port: 80 }],
    selector: { app: 'web' },
  });
  new MultiClusterService(chart, 'exposed', { service, exposure: ServiceExposure.crossCluster() });
  new WorkloadRebalancer(chart, 'once', { workloads: [ResourceSelector.of(web.template)] });
}

function policies(chart: MulticloudChart): void {
  new MemberCluster(chart, 'berlin', {
    region: 'eu-1',
    zones: ['a'],
    taints: [ClusterTaint.noSchedule('team', 'shop')],
  });
  new ClusterTaintPolicy(chart, 'storage', {
    addOnConditions: [ClusterCondition.isIn('StorageHealthy', ConditionStatus.FALSE)],
    taints: [ClusterTaint.noSchedule('storage')],
  });
  new Workspace(chart, 'team', { namespaces: ['shop'], access: [WorkspaceAccess.edit({ groups: ['shop'] })] });
  const resources = [ResourceSelector.named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'view')];
  new ClusterPropagationPolicy(chart, 'roles', { resources });
  const rules = [{ overriders: [Overrider.label('tier', 'edge')] }];
  new ClusterOverridePolicy(chart, 'tiers', {
    resources: [ResourceSelector.everything('apps/v1', 'Deployment')],
    rules,
  });
  new api.FederatedResourceQuota(chart, 'quota', { spec: { overall: { cpu: '10' } } });
}

let karmada: TestServer;
let dist: string;
let chart: MulticloudChart;
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-kubectl-'));
  chart = synth(dist);
  karmada = await startApiServer();
  const list = { apiVersion: 'v1', kind: 'List', items: [...crds(), clusterCrdForTestsAlone()] };
  karmada.kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(list));
  karmada.kubectl(['wait', 'crd', '--all', '--for=condition=Established', '--timeout=30s']);
  // whoever joined the cluster has said how it is reached; the code adds what it names
  const joined = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'berlin' },
    spec: { syncMode: 'Push' },
  };
  karmada.kubectl(['create', '-f', '-'], JSON.stringify(joined));
}, 120_000);
afterAll(async () => {
  await karmada?.stop();
  rmSync(dist, { recursive: true, force: true });
});

const apply = () => karmada.kubectl(['apply', '--server-side', '--validate=strict', '-f', dist]);

/** The objects of the chart as the server holds them. */
function held(): any[] {
  return JSON.parse(karmada.kubectl(['get', '-f', dist, '-o', 'json', '--show-managed-fields'])).items;
}

function withoutVersion({ metadata: { resourceVersion: _, ...metadata }, ...object }: any): any {
  return { ...object, metadata };
}

test('kubectl alone applies the output of a chart with many kinds', () => {
  const printed = apply();
  expect(new Set(chart.toJson().map(({ kind }) => kind)).size).toBeGreaterThan(20);
  expect(printed.trim().split('\n')).toHaveLength(chart.toJson().length);
});

test('a second time nothing changes', () => {
  const first = held();
  expect(first).toHaveLength(chart.toJson().length);
  apply();
  const second = held();
  // this API server stores a Job and a claim once more without any change, and from then on no more
  expect(second.map(withoutVersion)).toEqual(first.map(withoutVersion));
  apply();
  expect(held()).toEqual(second);
});
