import { KarmadaVersion } from '../../src/core/karmada-version';
import { anInstance, find, listed } from './an-instance';

const URL = 'https://karmada-webhook.karmada-system.svc:443';

/** A webhook as one line: name, operations, resource, scope, path, and what is not as usual. */
function line({ name, rules, clientConfig, ...rest }: any): string {
  const [{ operations, apiGroups, apiVersions, resources, scope }] = rules;
  const usual = { failurePolicy: 'Fail', sideEffects: 'None', admissionReviewVersions: ['v1'], timeoutSeconds: 3 };
  const unusual = Object.entries({ ...rest, apiVersions })
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify({ apiVersions: ['*'], ...usual }[key]))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const resource = `${resources.join()}.${apiGroups.join()}`;
  return [name, operations.join(), resource, scope, clientConfig.url.replace(URL, ''), ...unusual].join(' ');
}

test('everything that has to be there before the first policy, each object with its wave', () => {
  expect(listed(anInstance().karmada)).toEqual([
    '- Namespace/cdk8s-karmada',
    '- ConfigMap/east-east-karmada',
    '5 Namespace/karmada-system',
    '5 Namespace/karmada-cluster',
    '5 CustomResourceDefinition/workloadrebalancers.apps.karmada.io',
    '5 CustomResourceDefinition/cronfederatedhpas.autoscaling.karmada.io',
    '5 CustomResourceDefinition/federatedhpas.autoscaling.karmada.io',
    '5 CustomResourceDefinition/resourceinterpretercustomizations.config.karmada.io',
    '5 CustomResourceDefinition/resourceinterpreterwebhookconfigurations.config.karmada.io',
    '5 CustomResourceDefinition/serviceexports.multicluster.x-k8s.io',
    '5 CustomResourceDefinition/serviceimports.multicluster.x-k8s.io',
    '5 CustomResourceDefinition/multiclusteringresses.networking.karmada.io',
    '5 CustomResourceDefinition/multiclusterservices.networking.karmada.io',
    '5 CustomResourceDefinition/clusteroverridepolicies.policy.karmada.io',
    '5 CustomResourceDefinition/clusterpropagationpolicies.policy.karmada.io',
    '5 CustomResourceDefinition/clustertaintpolicies.policy.karmada.io',
    '5 CustomResourceDefinition/federatedresourcequotas.policy.karmada.io',
    '5 CustomResourceDefinition/overridepolicies.policy.karmada.io',
    '5 CustomResourceDefinition/propagationpolicies.policy.karmada.io',
    '5 CustomResourceDefinition/remedies.remedy.karmada.io',
    '5 CustomResourceDefinition/clusterresourcebindings.work.karmada.io',
    '5 CustomResourceDefinition/resourcebindings.work.karmada.io',
    '5 CustomResourceDefinition/works.work.karmada.io',
    '5 ClusterRole/cluster-proxy-admin',
    '5 ClusterRoleBinding/cluster-proxy-admin',
    '5 ClusterRole/karmada-view',
    '5 ClusterRole/karmada-edit',
    '5 ClusterRole/system:karmada:certificatesigningrequest:selfautoapprover',
    '5 ClusterRoleBinding/system:karmada:agent-autoapprove-certificate-rotation',
    '5 Service/karmada-aggregated-apiserver',
    '5 APIService/v1alpha1.cluster.karmada.io',
    '7 MutatingWebhookConfiguration/mutating-config',
    '7 ValidatingWebhookConfiguration/validating-config',
    '7 ConfigMap/karmada-version',
  ]);
});

test('the ApplySet parent is on Karmada, and named after the host chart', () => {
  expect(anInstance().karmada[1]).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      annotations: {
        'cdk8s-karmada.io/chart': 'east/karmada',
        'cdk8s-karmada.io/crds': 'rendered',
        'cdk8s-karmada.io/instance': 'east',
        'cdk8s-karmada.io/target': 'karmada',
        'cdk8s-karmada.io/version': 'v1.18.2',
      },
      labels: { 'applyset.kubernetes.io/id': 'applyset-PlbtUcAcHV_pu4r7L0-RYJn0IgWyu0TubVa3QqwnZRE-v1' },
      name: 'east-east-karmada',
      namespace: 'cdk8s-karmada',
    },
  });
});

test('the two kinds with two versions are converted by the webhook, from the start', () => {
  const kinds = anInstance().karmada.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const converted = kinds.filter(({ spec }) => spec.conversion);
  expect(kinds).toHaveLength(19);
  expect(converted.map(({ metadata }) => [metadata.name, metadata.annotations['cdk8s-karmada.io/inject-ca']])).toEqual([
    ['clusterresourcebindings.work.karmada.io', 'karmada-ca'],
    ['resourcebindings.work.karmada.io', 'karmada-ca'],
  ]);
  for (const { spec } of converted) {
    expect(spec.conversion).toEqual({
      strategy: 'Webhook',
      webhook: { clientConfig: { url: `${URL}/convert` }, conversionReviewVersions: ['v1'] },
    });
    expect(spec.versions.map(({ name, served, storage }: any) => ({ name, served, storage }))).toEqual([
      { name: 'v1alpha1', served: true, storage: false },
      { name: 'v1alpha2', served: true, storage: true },
    ]);
  }
});

test('every mutating webhook', () => {
  const { metadata, webhooks } = find(anInstance().karmada, 'MutatingWebhookConfiguration', 'mutating-config');
  expect(metadata).toEqual({
    annotations: {
      'cdk8s-karmada.io/inject-ca': 'karmada-ca',
      'cdk8s-karmada.io/path': 'east/karmada/MutatingWebhooks',
      'cdk8s-karmada.io/wave': '7',
    },
    labels: { app: 'karmada-webhook' },
    name: 'mutating-config',
  });
  expect(webhooks.map(line)).toEqual([
    'propagationpolicy.karmada.io CREATE,UPDATE propagationpolicies.policy.karmada.io Namespaced /mutate-propagationpolicy',
    'clusterpropagationpolicy.karmada.io CREATE,UPDATE clusterpropagationpolicies.policy.karmada.io Cluster /mutate-clusterpropagationpolicy',
    'overridepolicy.karmada.io CREATE,UPDATE overridepolicies.policy.karmada.io Namespaced /mutate-overridepolicy',
    'resourcebinding.karmada.io CREATE resourcebindings.work.karmada.io Namespaced /mutate-resourcebinding',
    'clusterresourcebinding.karmada.io CREATE clusterresourcebindings.work.karmada.io Cluster /mutate-clusterresourcebinding',
    'work.karmada.io CREATE,UPDATE works.work.karmada.io Namespaced /mutate-work',
    'autoscaling.karmada.io CREATE,UPDATE federatedhpas.autoscaling.karmada.io Namespaced /mutate-federatedhpa',
    'multiclusterservice.karmada.io CREATE,UPDATE multiclusterservices.networking.karmada.io Namespaced /mutate-multiclusterservice',
  ]);
});

test('every validating webhook', () => {
  const { metadata, webhooks } = find(anInstance().karmada, 'ValidatingWebhookConfiguration', 'validating-config');
  expect(metadata.annotations['cdk8s-karmada.io/inject-ca']).toBe('karmada-ca');
  expect(webhooks.map(line)).toEqual([
    'propagationpolicy.karmada.io CREATE,UPDATE propagationpolicies.policy.karmada.io Namespaced /validate-propagationpolicy',
    'clusterpropagationpolicy.karmada.io CREATE,UPDATE clusterpropagationpolicies.policy.karmada.io Cluster /validate-clusterpropagationpolicy',
    'overridepolicy.karmada.io CREATE,UPDATE overridepolicies.policy.karmada.io Namespaced /validate-overridepolicy',
    'clusteroverridepolicy.karmada.io CREATE,UPDATE clusteroverridepolicies.policy.karmada.io Cluster /validate-clusteroverridepolicy',
    'config.karmada.io CREATE,UPDATE resourceinterpreterwebhookconfigurations.config.karmada.io Cluster /validate-resourceinterpreterwebhookconfiguration',
    'resourceinterpretercustomization.karmada.io CREATE,UPDATE resourceinterpretercustomizations.config.karmada.io Cluster /validate-resourceinterpretercustomization timeoutSeconds=10',
    'federatedresourcequota.karmada.io CREATE,UPDATE federatedresourcequotas.policy.karmada.io Namespaced /validate-federatedresourcequota',
    'multiclusteringress.karmada.io CREATE,UPDATE multiclusteringresses.networking.karmada.io Namespaced /validate-multiclusteringress',
    'federatedhpa.karmada.io CREATE,UPDATE federatedhpas.autoscaling.karmada.io Namespaced /validate-federatedhpa',
    'cronfederatedhpa.karmada.io CREATE,UPDATE cronfederatedhpas.autoscaling.karmada.io Namespaced /validate-cronfederatedhpa',
    'multiclusterservice.karmada.io CREATE,UPDATE multiclusterservices.networking.karmada.io Namespaced /validate-multiclusterservice',
    'resourcebinding.karmada.io CREATE,UPDATE resourcebindings.work.karmada.io Namespaced /validate-resourcebinding sideEffects="NoneOnDryRun"',
    'clustertaintpolicy.karmada.io CREATE,UPDATE clustertaintpolicies.policy.karmada.io Cluster /validate-clustertaintpolicy',
    'resourcedeletionprotection.karmada.io DELETE *.* * /validate-resourcedeletionprotection objectSelector={"matchExpressions":[{"key":"resourcetemplate.karmada.io/deletion-protected","operator":"Exists"}]}',
  ]);
});

test('the API of Clusters is reached through a name in the host network', () => {
  const { karmada } = anInstance();
  const labels = { app: 'karmada-aggregated-apiserver', apiserver: 'true' };
  expect(find(karmada, 'Service', 'karmada-aggregated-apiserver')).toMatchObject({
    metadata: { namespace: 'karmada-system', labels },
    spec: {
      type: 'ExternalName',
      externalName: 'karmada-aggregated-apiserver.karmada-system.svc.cluster.local',
    },
  });
  const api = find(karmada, 'APIService', 'v1alpha1.cluster.karmada.io');
  expect(api.metadata.annotations['cdk8s-karmada.io/inject-ca']).toBe('karmada-ca');
  expect(api.spec).toEqual({
    group: 'cluster.karmada.io',
    version: 'v1alpha1',
    groupPriorityMinimum: 2000,
    versionPriority: 10,
    service: { namespace: 'karmada-system', name: 'karmada-aggregated-apiserver', port: 443 },
  });
});

test('who may do what with the kinds of Karmada', () => {
  const { karmada } = anInstance();
  expect(find(karmada, 'ClusterRole', 'cluster-proxy-admin').rules).toEqual([
    { apiGroups: ['cluster.karmada.io'], resources: ['clusters/proxy'], verbs: ['*'] },
  ]);
  expect(find(karmada, 'ClusterRoleBinding', 'cluster-proxy-admin')).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-proxy-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:admin' }],
  });
  const view = find(karmada, 'ClusterRole', 'karmada-view');
  expect(view.metadata.labels).toEqual({
    'karmada.io/bootstrapping': 'rbac-defaults',
    'rbac.authorization.k8s.io/aggregate-to-view': 'true',
  });
  expect(
    view.rules.map(({ apiGroups, resources, verbs }: any) => [...apiGroups, resources.join(), verbs.join()]),
  ).toEqual([
    [
      'autoscaling.karmada.io',
      'cronfederatedhpas,cronfederatedhpas/status,federatedhpas,federatedhpas/status',
      'get,list,watch',
    ],
    [
      'multicluster.x-k8s.io',
      'serviceexports,serviceexports/status,serviceimports,serviceimports/status',
      'get,list,watch',
    ],
    [
      'networking.karmada.io',
      'multiclusteringresses,multiclusteringresses/status,multiclusterservices,multiclusterservices/status',
      'get,list,watch',
    ],
    ['policy.karmada.io', 'overridepolicies,propagationpolicies', 'get,list,watch'],
    ['work.karmada.io', 'resourcebindings,resourcebindings/status,works,works/status', 'get,list,watch'],
  ]);
  const edit = find(karmada, 'ClusterRole', 'karmada-edit');
  expect(edit.metadata.labels['rbac.authorization.k8s.io/aggregate-to-edit']).toBe('true');
  expect(edit.rules.map(({ resources }: any) => resources)).toEqual(view.rules.map(({ resources }: any) => resources));
  expect(edit.rules[0].verbs).toEqual(['create', 'delete', 'deletecollection', 'patch', 'update']);
});

test('namespaces, and the version for whoever comes next', () => {
  const { karmada } = anInstance();
  expect(find(karmada, 'Namespace', 'karmada-cluster').metadata.labels).toEqual({ 'karmada.io/system': 'true' });
  expect(find(karmada, 'ConfigMap', 'karmada-version')).toMatchObject({
    metadata: { namespace: 'karmada-system' },
    data: { karmadaVersion: 'v1.18.2' },
  });
});

test('an instance of an older release serves the fields of that release alone', () => {
  const placement = (version: KarmadaVersion) => {
    const { spec } = find(
      anInstance({ version }).karmada,
      'CustomResourceDefinition',
      'propagationpolicies.policy.karmada.io',
    );
    const { properties } = spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.placement;
    return {
      workloadAffinity: 'workloadAffinity' in properties,
      overflowAffinities: 'overflowAffinities' in properties.clusterAffinities.items.properties,
    };
  };
  const { V1_16, V1_17, V1_18 } = KarmadaVersion;
  expect(placement(V1_16)).toEqual({ workloadAffinity: false, overflowAffinities: false });
  expect(placement(V1_17)).toEqual({ workloadAffinity: true, overflowAffinities: false });
  expect(placement(V1_18)).toEqual({ workloadAffinity: true, overflowAffinities: true });
});
