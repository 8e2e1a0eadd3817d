import { Adviser } from '../../src/rules/adviser';

/** All in one namespace, where they may have to do with each other. */
function shops(count: number): any[] {
  return Array.from({ length: count }, (_, i) => {
    const metadata = { name: `web-${i}`, namespace: 'shop' };
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name };
    const policy = { apiVersion: 'policy.karmada.io/v1alpha1', metadata };
    const plaintext = ['/spec/replicas', '/spec/template/spec/containers/0/image'].map((path) => ({
      path,
      operator: 'replace',
      value: 'x',
    }));
    return [
      {
        ...target,
        metadata,
        spec: {
          replicas: 3,
          template: {
            metadata: { labels: { app: metadata.name, tier: 'front' } },
            spec: {
              containers: [{ name: 'web', image: 'web:1' }],
              volumes: [{ name: 'data', persistentVolumeClaim: { claimName: metadata.name } }],
            },
          },
        },
      },
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { tier: 'front', app: metadata.name } } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: {} },
      {
        ...policy,
        kind: 'PropagationPolicy',
        spec: {
          resourceSelectors: [target, { ...target, name: `gone-${i}` }],
          placement: { clusterAffinity: { clusterNames: [`a-${i}`, 'b'] }, replicaScheduling: {} },
          failover: { cluster: {} },
        },
      },
      {
        ...policy,
        kind: 'OverridePolicy',
        spec: {
          resourceSelectors: [target],
          overrideRules: [{ targetCluster: { clusterNames: ['b'] }, overriders: { plaintext } }],
        },
      },
      {
        apiVersion: 'autoscaling.karmada.io/v1alpha1',
        kind: 'FederatedHPA',
        metadata,
        spec: { scaleTargetRef: target },
      },
      {
        apiVersion: 'autoscaling.karmada.io/v1alpha1',
        kind: 'CronFederatedHPA',
        metadata,
        spec: { scaleTargetRef: target },
      },
    ];
  }).flat();
}

/** Processor time: others may be busy on the same machine. */
function seconds(count: number): number {
  const objects = shops(count);
  const before = process.cpuUsage();
  expect(new Adviser().advise(objects).length).toBeGreaterThan(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

test('four times the objects take about four times as long, not sixteen', () => {
  seconds(500);
  const few = Math.min(seconds(1000), seconds(1000));
  const many = Math.min(seconds(4000), seconds(4000));
  expect(many / few).toBeLessThan(9);
}, 120_000);
