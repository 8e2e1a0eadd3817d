import { Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { IngressBackend } from '../../src/workload/ingress-backend';
import { MulticloudConfigMap } from '../../src/workload/multicloud-config-map';
import { MulticloudGroup } from '../../src/workload/multicloud-group';
import { MulticloudIngress } from '../../src/workload/multicloud-ingress';
import { MulticloudNamespace } from '../../src/workload/multicloud-namespace';
import { MulticloudPersistentVolumeClaim } from '../../src/workload/multicloud-persistent-volume-claim';
import { MulticloudSecret } from '../../src/workload/multicloud-secret';
import { MulticloudService } from '../../src/workload/multicloud-service';
import { SecretSource } from '../../src/workload/secret-source';
import { SecretValue } from '../../src/workload/secret-value';
import { bare } from '../core/fake-instance';
import { aChart, only } from './seen';

const YAML = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}], selector: {app: web}}
`;

describe('resources', () => {
  test('row 152: a workload from YAML, its policy and what differs, in one go', () => {
    const chart = aChart();
    const group = MulticloudGroup.fromYaml(chart, 'web', { yaml: YAML, placement: Placement.duplicated() });
    const deployment = ResourceSelector.named('apps/v1', 'Deployment', 'web');
    group.overrideOn(deployment, ClusterSelector.names('berlin'), Overrider.image({ tag: '2' }));
    const { metadata, spec } = only('OverridePolicy', chart);
    expect(spec.resourceSelectors).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' },
    ]);
    expect(only('PropagationPolicy', chart).spec.dependentOverrides).toEqual([metadata.name]);
  });

  test('row 154: several objects in one text, one policy', () => {
    const chart = aChart();
    MulticloudGroup.fromYaml(chart, 'web', { yaml: YAML });
    expect(only('PropagationPolicy', chart).spec.resourceSelectors).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' },
      { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'default' },
    ]);
  });

  test('row 173: namespaces, everywhere or on some clusters', () => {
    const everywhere = aChart();
    new MulticloudNamespace(everywhere, 'front', { labels: { team: 'shop' }, deletionProtection: true });
    const shared = ({ metadata }: any) => metadata.name === 'front';
    expect(bare(everywhere, 'Namespace').filter(shared)[0].metadata.labels).toEqual({
      'resourcetemplate.karmada.io/deletion-protected': 'Always',
      team: 'shop',
    });
    const some = aChart();
    const placement = Placement.duplicated({ clusters: ClusterSelector.names('berlin') });
    new MulticloudNamespace(some, 'front', { placement });
    expect(bare(some, 'Namespace').filter(shared)[0].metadata.labels).toEqual({
      'namespace.karmada.io/skip-auto-propagation': 'true',
    });
    expect(only('ClusterPropagationPolicy', some).spec.resourceSelectors).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', name: 'front' },
    ]);
  });

  test('row 174: config maps', () => {
    const chart = aChart();
    new MulticloudConfigMap(chart, 'settings', { data: { currency: 'EUR' }, immutable: true });
    const { data, immutable } = only('ConfigMap', chart);
    expect({ data, immutable }).toEqual({ data: { currency: 'EUR' }, immutable: true });
  });

  test('row 175: secrets, without a value in the output', () => {
    const chart = aChart();
    const source = SecretSource.values({ password: SecretValue.fromEnvironment('DATABASE_PASSWORD') });
    new MulticloudSecret(chart, 'database', { source });
    expect(only('PropagationPolicy', chart).spec.resourceSelectors).toEqual([
      { apiVersion: 'v1', kind: 'Secret', name: 'database', namespace: 'default' },
    ]);
    expect(chart.toJson().filter(({ data, stringData }) => data?.password ?? stringData)).toEqual([]);
  });

  test('row 176: volume claims', () => {
    const chart = aChart();
    new MulticloudPersistentVolumeClaim(chart, 'uploads', { size: Size.gibibytes(10), storageClass: 'ssd' });
    const { storageClassName, resources } = only('PersistentVolumeClaim', chart).spec;
    expect([storageClassName, resources]).toEqual(['ssd', { requests: { storage: '10Gi' } }]);
  });

  test('row 177: services, with a placement of their own', () => {
    const chart = aChart();
    const placement = Placement.duplicated({ clusters: ClusterSelector.labels({ tier: 'edge' }) });
    const props = { type: ServiceType.LOAD_BALANCER, ports: [{ port: 80 }], selector: { app: 'web' }, placement };
    new MulticloudService(chart, 'web', props);
    expect(only('Service', chart).spec).toMatchObject({ selector: { app: 'web' }, type: 'LoadBalancer' });
    expect(only('PropagationPolicy', chart).spec.placement.clusterAffinity).toEqual({
      labelSelector: { matchLabels: { tier: 'edge' } },
    });
  });

  test('row 178: ingresses, with a class for each cluster', () => {
    const chart = aChart();
    const ingress = new MulticloudIngress(chart, 'web', {
      className: 'nginx',
      routes: [{ host: 'shop.example', backend: IngressBackend.named('web', 80) }],
    });
    ingress.overrideOn(ClusterSelector.names('berlin'), Overrider.ingressClass('traefik'));
    expect(only('Ingress', chart).spec.ingressClassName).toBe('nginx');
    expect(only('OverridePolicy', chart).spec.overrideRules[0].overriders.plaintext).toEqual([
      { operator: 'add', path: '/spec/ingressClassName', value: 'traefik' },
    ]);
  });
});
