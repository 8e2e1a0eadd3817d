import type { Schema } from '../../src/schema/facts';
import { KINDS, schemaOf } from '../../src/schema/kinds';

/** Every keyword that any schema of any version uses. */
function keywords(schema: Schema, into = new Set<string>()): Set<string> {
  for (const keyword of Object.keys(schema)) into.add(keyword);
  const { items, additionalProperties, properties, anyOf = [] } = schema;
  for (const part of [...Object.values(properties ?? {}), ...anyOf]) keywords(part, into);
  if (items) keywords(items, into);
  if (typeof additionalProperties === 'object') keywords(additionalProperties, into);
  return into;
}

test('every kind is there, with its scope, short name and versions', () => {
  const lines = KINDS.map(({ group, names, scope, versions }) =>
    [
      `${names.plural}.${group}`,
      names.kind,
      scope,
      names.shortNames?.join() ?? '-',
      versions.map(({ name, storage }) => name + (storage ? '' : ' (not stored)')).join(', '),
    ].join(' | '),
  );
  expect(lines).toEqual([
    'workloadrebalancers.apps.karmada.io | WorkloadRebalancer | Cluster | - | v1alpha1',
    'cronfederatedhpas.autoscaling.karmada.io | CronFederatedHPA | Namespaced | cronfhpa | v1alpha1',
    'federatedhpas.autoscaling.karmada.io | FederatedHPA | Namespaced | fhpa | v1alpha1',
    'clusters.cluster.karmada.io | Cluster | Cluster | - | v1alpha1',
    'resourceinterpretercustomizations.config.karmada.io | ResourceInterpreterCustomization | Cluster | ric | v1alpha1',
    'resourceinterpreterwebhookconfigurations.config.karmada.io | ResourceInterpreterWebhookConfiguration | Cluster | - | v1alpha1',
    'serviceexports.multicluster.x-k8s.io | ServiceExport | Namespaced | svcex | v1alpha1',
    'serviceimports.multicluster.x-k8s.io | ServiceImport | Namespaced | svcim | v1alpha1',
    'multiclusteringresses.networking.karmada.io | MultiClusterIngress | Namespaced | mci | v1alpha1',
    'multiclusterservices.networking.karmada.io | MultiClusterService | Namespaced | mcs | v1alpha1',
    'clusteroverridepolicies.policy.karmada.io | ClusterOverridePolicy | Cluster | cop | v1alpha1',
    'clusterpropagationpolicies.policy.karmada.io | ClusterPropagationPolicy | Cluster | cpp | v1alpha1',
    'clustertaintpolicies.policy.karmada.io | ClusterTaintPolicy | Cluster | - | v1alpha1',
    'federatedresourcequotas.policy.karmada.io | FederatedResourceQuota | Namespaced | - | v1alpha1',
    'overridepolicies.policy.karmada.io | OverridePolicy | Namespaced | op | v1alpha1',
    'propagationpolicies.policy.karmada.io | PropagationPolicy | Namespaced | pp | v1alpha1',
    'remedies.remedy.karmada.io | Remedy | Cluster | - | v1alpha1',
    'clusterresourcebindings.work.karmada.io | ClusterResourceBinding | Cluster | crb | v1alpha1 (not stored), v1alpha2',
    'resourcebindings.work.karmada.io | ResourceBinding | Namespaced | rb | v1alpha1 (not stored), v1alpha2',
    'works.work.karmada.io | Work | Namespaced | wk | v1alpha1',
  ]);
});

test('no schema and no printer column has a description', () => {
  const used = new Set<string>();
  for (const { versions } of KINDS) {
    for (const { schema, additionalPrinterColumns = [] } of versions) {
      keywords(schema, used);
      for (const column of additionalPrinterColumns) for (const key of Object.keys(column)) used.add(key);
    }
  }
  expect(used).toContain('enum');
  expect(used).not.toContain('description');
});

test('a kind is found in every served version', () => {
  const stored = schemaOf('work.karmada.io/v1alpha2', 'ResourceBinding');
  const old = schemaOf('work.karmada.io/v1alpha1', 'ResourceBinding');
  expect([stored?.storage, stored?.namespaced, stored?.plural]).toEqual([true, true, 'resourcebindings']);
  expect([old?.storage, Object.keys(old?.schema.properties?.spec.properties ?? {})]).toEqual([
    false,
    ['clusters', 'resource'],
  ]);
});

test('Cluster says that no CRD stands behind it', () => {
  const cluster = schemaOf('cluster.karmada.io/v1alpha1', 'Cluster');
  expect([cluster?.aggregated, cluster?.namespaced]).toEqual([true, false]);
  expect(cluster?.schema.properties?.spec.properties?.syncMode).toEqual({ type: 'string', enum: ['Push', 'Pull'] });
});

test('what Karmada does not serve is not found', () => {
  expect(schemaOf('apps/v1', 'Deployment')).toBeUndefined();
  expect(schemaOf('policy.karmada.io/v1', 'PropagationPolicy')).toBeUndefined();
});
