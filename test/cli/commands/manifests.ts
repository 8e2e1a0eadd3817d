import { applySetId } from '../../../src/core/private/apply-set';

/** A deployment in the namespace `shop`. */
export function deployment(name: string, replicas: number, annotations = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', annotations },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: 'nginx:1' }] },
      },
    },
  };
}

/** A policy that places the deployment of its name on clusters by weight. */
export function policy(name: string, weights: { readonly [cluster: string]: number }): any {
  const clusterNames = Object.keys(weights);
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'shop' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      placement: {
        clusterAffinity: { clusterNames },
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: {
            staticWeightList: clusterNames.map((cluster) => ({
              targetCluster: { clusterNames: [cluster] },
              weight: weights[cluster],
            })),
          },
        },
      },
    },
  };
}

/** A policy whose second group of clusters overflows: v1.18 brought that. */
export function overflowing(name: string): any {
  const { placement: _, ...spec } = policy(name, {}).spec;
  const clusterAffinities = [
    { affinityName: 'first', clusterNames: ['member1'] },
    {
      affinityName: 'second',
      clusterNames: ['member2'],
      overflowAffinities: [{ affinityName: 'third', clusterNames: ['member3'] }],
    },
  ];
  const replicaScheduling = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' };
  return { ...policy(name, {}), spec: { ...spec, placement: { clusterAffinities, replicaScheduling } } };
}

/** An override policy that labels the deployment of its name on one cluster. */
export function override(name: string, cluster: string, value: string): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name, namespace: 'shop' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      overrideRules: [
        {
          targetCluster: { clusterNames: [cluster] },
          overriders: {
            imageOverrider: [{ component: 'Registry', operator: 'add', value }],
            labelsOverrider: [{ operator: 'add', value: { tier: 'gold' } }],
          },
        },
      ],
    },
  };
}

/** Member clusters that serve Deployments and ConfigMaps, as `kubectl get clusters -o json` prints them. */
export function fleet(...names: string[]): any {
  const items = names.map((name) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec: { syncMode: 'Push' },
    status: {
      apiEnablements: [
        { groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] },
        { groupVersion: 'v1', resources: [{ kind: 'ConfigMap', name: 'configmaps' }] },
      ],
    },
  }));
  return { apiVersion: 'v1', kind: 'List', items };
}

/** The record of an instance's host chart, and its webhook with these arguments. */
export function instance(name: string, args: readonly string[]): any[] {
  const webhook = deployment('karmada-webhook', 1, { 'cdk8s-karmada.io/path': `${name}/Webhook/Deployment` });
  webhook.spec.template.spec.containers[0] = { name: 'karmada-webhook', command: ['/bin/karmada-webhook'], args };
  return [parent(name, name, 'host'), webhook];
}

/** The record of a chart. */
export function parent(instanceName: string, chart: string, target: string, version = 'v1.18.2'): any {
  const name = `${instanceName}-${chart.replaceAll('/', '-')}-${target}`;
  const namespace = target === 'host' ? 'karmada-system' : 'cdk8s-karmada';
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      labels: { 'applyset.kubernetes.io/id': applySetId(name, namespace) },
      annotations: {
        'cdk8s-karmada.io/target': target,
        'cdk8s-karmada.io/instance': instanceName,
        'cdk8s-karmada.io/version': version,
        'cdk8s-karmada.io/chart': chart,
      },
    },
  };
}
