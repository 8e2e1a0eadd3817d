import { ApiObject } from 'cdk8s';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Placement } from '../../src/policy/placement';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudObject } from '../../src/workload/multicloud-object';
import { MulticloudService } from '../../src/workload/multicloud-service';
import { bare, messageOf } from '../core/fake-instance';
import { aChart, cluster, only, seen } from './seen';

/** As kubectl prints a deployment that runs on a member cluster. */
const RUNNING = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: front
  uid: 2d4ab6c2-0000-0000-0000-000000000000
  resourceVersion: "123"
  creationTimestamp: "2025-03-01T10:00:00Z"
  annotations: {shadow.clusterpedia.io/cluster-name: berlin}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {creationTimestamp: null, labels: {app: web}}
    spec: {containers: [{image: "web:1", name: web, resources: {}}], securityContext: {}}
status: {replicas: 3}
`;

describe('workloads that are there already', () => {
  test('row 44: from YAML', () => {
    const chart = aChart();
    MulticloudObject.fromYaml(chart, 'web', { yaml: RUNNING, placement: Placement.aggregated() });
    expect(only('Deployment', chart).spec.template.spec.containers).toEqual([
      { image: 'web:1', name: 'web', resources: {} },
    ]);
    expect(only('PropagationPolicy', chart).spec.resourceSelectors).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'front' },
    ]);
  });

  test('row 45: what runs becomes multicloud, and stays when the code lets go', () => {
    const chart = aChart();
    MulticloudObject.adopt(chart, 'web', { manifest: RUNNING, fromCluster: 'berlin' });
    expect(only('PropagationPolicy', chart).spec).toMatchObject({
      conflictResolution: 'Overwrite',
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
      preserveResourcesOnDeletion: true,
    });
  });

  test('row 168: config maps and secrets that it uses go with it, unless told otherwise', () => {
    const manifest = RUNNING.replace(
      'resources: {}',
      'envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: key}}]',
    );
    const sent = (autoPropagate?: boolean) => {
      const chart = aChart();
      MulticloudDeployment.adopt(chart, 'web', { manifest, fromCluster: 'berlin', autoPropagate });
      for (const [kind, name] of [
        ['ConfigMap', 'settings'],
        ['Secret', 'key'],
      ]) {
        new ApiObject(chart, name, { apiVersion: 'v1', kind, metadata: { name, namespace: 'front' } });
      }
      return seen(chart, cluster('berlin'), cluster('paris'))
        .resources.filter(({ resource }: any) => resource.namespace === 'front')
        .map(({ resource, outcomes }: any) => [
          resource.kind,
          outcomes.flatMap(({ rendered }: any) => Object.keys(rendered)),
        ]);
    };
    expect(sent()).toEqual([
      ['Deployment', ['berlin']],
      ['ConfigMap', ['berlin']],
      ['Secret', ['berlin']],
    ]);
    expect(sent(false)).toEqual([
      ['Deployment', ['berlin']],
      ['ConfigMap', []],
      ['Secret', []],
    ]);
    const balancer = '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer}}';
    expect(
      messageOf(() => MulticloudService.adopt(aChart(), 'web', { manifest: balancer, fromCluster: 'berlin' })),
    ).toBe(
      [
        'Service web is a load balancer, whose address belongs to its cluster',
        '  at shop/web',
        '  fix: make a MulticloudService of the type that the other clusters need',
      ].join('\n'),
    );
  });

  test('row 169: adopting restarts nothing: the pods are kept as they are', () => {
    const chart = aChart();
    MulticloudObject.adopt(chart, 'web', { manifest: RUNNING, fromCluster: 'berlin' });
    const { selector, template } = only('Deployment', chart).spec;
    expect(selector).toEqual({ matchLabels: { app: 'web' } });
    expect(template.metadata.labels).toEqual({ app: 'web' });
    expect(template.spec).toEqual({
      containers: [{ image: 'web:1', name: 'web', resources: {} }],
      securityContext: {},
    });
  });

  test('row 170: the cluster that it came from is chosen until the code chooses others; what ran there is preserved', () => {
    const chart = aChart();
    const placement = Placement.duplicated({ clusters: ClusterSelector.names('paris') });
    MulticloudObject.adopt(chart, 'web', { manifest: RUNNING, fromCluster: 'berlin', placement });
    expect(only('PropagationPolicy', chart).spec).toMatchObject({
      placement: { clusterAffinity: { clusterNames: ['paris'] } },
      preserveResourcesOnDeletion: true,
    });
  });

  test('row 171: any kind can be adopted, those with a construct of their own by that', () => {
    const chart = aChart();
    const manifests = [
      '{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {serviceName: db}}',
      '{apiVersion: backup.example/v1, kind: Backup, metadata: {name: nightly}, spec: {at: 3}}',
    ];
    for (const manifest of manifests) {
      MulticloudObject.adopt(chart, manifest.slice(-20), { manifest, fromCluster: 'berlin' });
    }
    const service = '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}';
    MulticloudService.adopt(chart, 'web', { manifest: service, fromCluster: 'berlin' });
    const policies = bare(chart, 'PropagationPolicy').map(({ spec }) => [
      spec.resourceSelectors[0].kind,
      spec.conflictResolution,
      spec.preserveResourcesOnDeletion,
    ]);
    expect(policies).toEqual(['StatefulSet', 'Backup', 'Service'].map((kind) => [kind, 'Overwrite', true]));
  });

  test('row 183: what a server wrote into YAML is left out', () => {
    const chart = aChart();
    MulticloudObject.fromYaml(chart, 'web', { yaml: RUNNING });
    const { metadata, status } = only('Deployment', chart);
    expect(status).toBeUndefined();
    expect(metadata).toEqual({ name: 'web', namespace: 'front' });
  });
});
