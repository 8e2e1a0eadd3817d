import type { ApiServer } from '../../cli/apply/api-server';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

/** An API server with Karmada's kinds, on which a test says what Karmada's controllers would. */
export class DayTwoKarmada {
  static async start(): Promise<DayTwoKarmada> {
    const server = await startApiServer();
    const karmada = new DayTwoKarmada(server, plainClient('karmada', server));
    const definitions = [...crds(), clusterCrdForTestsAlone()];
    server.kubectl(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items: definitions }),
    );
    server.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
    return karmada;
  }

  private constructor(
    readonly server: TestServer,
    readonly client: ApiServer,
  ) {}

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }

  /** As `apply` does it: server-side, by the manager of the code. */
  async apply(path: string, manifest: any, manager = 'cdk8s-karmada'): Promise<any> {
    const url = `${path}/${manifest.metadata.name}`;
    const query = { fieldManager: manager, fieldValidation: 'Strict' };
    const contentType = 'application/apply-patch+yaml';
    const { status, ...object } = manifest;
    const answer = await this.client.request({ method: 'PATCH', path: url, query, body: object, contentType });
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    if (!status) return answer.body;
    const body = { ...answer.body, status };
    const told = await this.client.request({ method: 'PUT', path: `${url}/status`, body });
    if (told.status >= 300) throw new Error(JSON.stringify(told.body));
    return told.body;
  }

  async get(path: string): Promise<any> {
    return (await this.client.request({ method: 'GET', path })).body;
  }

  namespace(name: string): Promise<any> {
    return this.apply('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}

export const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
export const CRON_JOBS = '/apis/batch/v1/namespaces/shop/cronjobs';
export const BINDINGS = '/apis/work.karmada.io/v1alpha2/namespaces/shop/resourcebindings';
export const POLICIES = '/apis/policy.karmada.io/v1alpha1/namespaces/shop/propagationpolicies';
export const CLUSTERS = '/apis/cluster.karmada.io/v1alpha1/clusters';
export const works = (cluster: string) => `/apis/work.karmada.io/v1alpha1/namespaces/karmada-es-${cluster}/works`;

export const pods = (image = 'registry.example/web:1') => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
});

export const deployment = (name: string, rest: { metadata?: any; spec?: any } = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop', ...rest.metadata },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: pods(), ...rest.spec },
});

/** What Karmada writes on what a policy has taken. */
export const claimedBy = (policy: string) => ({
  labels: { 'propagationpolicy.karmada.io/permanent-id': `id-of-${policy}` },
  annotations: { 'propagationpolicy.karmada.io/name': policy, 'propagationpolicy.karmada.io/namespace': 'shop' },
});

export const policy = (name: string, resourceSelectors: any[], spec: any = {}) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { resourceSelectors, placement: {}, ...spec },
});

export const cluster = (name: string, ready = 'True') => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name },
  spec: { syncMode: 'Push' },
  status: {
    apiEnablements: [{ groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] }],
    conditions: [
      { type: 'Ready', status: ready, reason: 'ClusterReady', message: 'it answers', lastTransitionTime: NOW },
    ],
  },
});

export const NOW = '2026-11-21T12:00:00Z';

/** The binding of a template, with the share of each cluster and how far it is there. */
export const binding = (
  template: any,
  clusters: readonly {
    name: string;
    replicas?: number;
    ready?: number;
    health?: string;
    applied?: boolean;
    why?: string;
  }[],
  rest: { spec?: any; scheduled?: any } = {},
) => ({
  apiVersion: 'work.karmada.io/v1alpha2',
  kind: 'ResourceBinding',
  metadata: {
    name: `${template.metadata.name}-${template.kind.toLowerCase()}`,
    namespace: 'shop',
    labels: { 'resourcebinding.karmada.io/permanent-id': `binding-of-${template.metadata.name}` },
  },
  spec: {
    resource: {
      apiVersion: template.apiVersion,
      kind: template.kind,
      namespace: 'shop',
      name: template.metadata.name,
      uid: template.metadata.uid,
      resourceVersion: template.metadata.resourceVersion,
    },
    clusters: clusters.map(({ name, replicas }) => ({ name, ...(replicas === undefined ? {} : { replicas }) })),
    ...rest.spec,
  },
  status: {
    schedulerObservedGeneration: 1,
    conditions: [
      {
        type: 'Scheduled',
        status: 'True',
        reason: 'Success',
        message: 'done',
        lastTransitionTime: NOW,
        ...rest.scheduled,
      },
    ],
    aggregatedStatus: clusters.flatMap(({ name, replicas, ready, health, applied = true, why }) =>
      health === undefined && applied
        ? []
        : [
            {
              clusterName: name,
              applied,
              ...(why ? { appliedMessage: why } : {}),
              health: health ?? 'Unknown',
              ...(ready === undefined
                ? {}
                : { status: { replicas, readyReplicas: ready, resourceTemplateGeneration: 1 } }),
            },
          ],
    ),
  },
});

/** What a member is given of a template; `why`: it could not be applied. */
export const work = (manifest: any, cluster: string, why?: string) => {
  const { status: _, metadata, ...rest } = manifest;
  const annotations = { ...metadata.annotations, 'resourcetemplate.karmada.io/generation': '1' };
  const given = { ...rest, metadata: { ...metadata, annotations } };
  const { name } = manifest.metadata;
  const applied = why
    ? { status: 'False', reason: 'AppliedFailed', message: why }
    : { status: 'True', reason: 'AppliedSuccessful', message: 'done' };
  return {
    apiVersion: 'work.karmada.io/v1alpha1',
    kind: 'Work',
    metadata: {
      name: `${name}-${cluster}`,
      namespace: `karmada-es-${cluster}`,
      labels: { 'resourcebinding.karmada.io/permanent-id': `binding-of-${name}` },
    },
    spec: { workload: { manifests: [given] } },
    status: { conditions: [{ type: 'Applied', ...applied, lastTransitionTime: NOW }] },
  };
};
