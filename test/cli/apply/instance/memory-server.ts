import type { ApiRequest, ApiResponse, ApiServer, Plane } from '../../../../cli/apply/api-server';
import { inventoryData } from '../../../../cli/apply/inventory';
import { sendable } from '../../../../cli/plan/sendable';
import * as keys from '../../../../src/core/private/keys';

/** Kinds that it serves, by their plural, and whether they are namespaced. */
const KINDS: readonly (readonly [apiVersion: string, plural: string, kind: string, namespaced?: true])[] = [
  ['v1', 'namespaces', 'Namespace'],
  ['v1', 'configmaps', 'ConfigMap', true],
  ['v1', 'secrets', 'Secret', true],
  ['v1', 'services', 'Service', true],
  ['v1', 'serviceaccounts', 'ServiceAccount', true],
  ['v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', true],
  ['v1', 'pods', 'Pod', true],
  ['apps/v1', 'deployments', 'Deployment', true],
  ['apps/v1', 'statefulsets', 'StatefulSet', true],
  ['policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', true],
  ['networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', true],
  ['coordination.k8s.io/v1', 'leases', 'Lease', true],
  ['storage.k8s.io/v1', 'storageclasses', 'StorageClass'],
  ['cluster.karmada.io/v1alpha1', 'clusters', 'Cluster'],
  ['apiregistration.k8s.io/v1', 'apiservices', 'APIService'],
  ['rbac.authorization.k8s.io/v1', 'clusterroles', 'ClusterRole'],
  ['admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'],
];

/**
 * An API server in memory, as far as the end of an instance asks one: it lists, gives, writes and deletes objects, with
 * preconditions, and a namespace goes with all that is in it. What it was asked to write is remembered.
 */
export class MemoryServer implements ApiServer {
  readonly name: string;
  readonly objects = new Map<string, any>();
  /** `DELETE Kind/namespace/name` and the like, in order. */
  readonly writes: string[] = [];
  /** Answers nothing but this. */
  down?: () => Promise<ApiResponse>;
  private version = 1;

  constructor(
    readonly plane: Plane,
    objects: readonly any[] = [],
    readonly url = `https://${plane}:6443`,
    private readonly without: readonly string[] = [],
  ) {
    this.name = `context "${new URL(url).hostname}"`;
    const kubeSystem = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } };
    for (const object of [kubeSystem, ...objects]) this.put(object);
  }

  put(object: any): void {
    const { metadata } = object;
    const uid = metadata.uid ?? `uid-${this.plane}-${this.version}`;
    const live = { ...object, metadata: { ...metadata, uid, resourceVersion: `${this.version++}` } };
    this.objects.set(pathOf(live), live);
  }

  /** All that is there, as `Kind/namespace/name`. */
  get names(): string[] {
    return [...this.objects.values()].map(nameOf).sort();
  }

  /** By a name of `names`. */
  object(name: string): any {
    return [...this.objects.values()].find((object) => nameOf(object) === name);
  }

  async close(): Promise<void> {}

  async request(request: ApiRequest): Promise<ApiResponse> {
    if (this.down) return this.down();
    const { status, body } = this.answer(request);
    return { status, body, warnings: [], date: Date.now() };
  }

  private answer({ method, path, query = {}, body }: ApiRequest): { readonly status: number; readonly body?: any } {
    if (path === '/readyz') return { status: 200, body: 'ok' };
    if (path === '/version') return { status: 200, body: { gitVersion: 'v1.34.1' } };
    if (path === '/api' || path === '/apis') return { status: 200, body: this.discovery(path) };
    if (path.startsWith('/apis/authorization.k8s.io/')) return { status: 201, body: { status: { allowed: true } } };
    const live = this.objects.get(path);
    if (method === 'GET' && live) return { status: 200, body: structuredClone(live) };
    if (method === 'GET') return this.list(path, query.labelSelector);
    if (method === 'POST') return this.write(body as any, 'POST');
    if (method === 'PUT' || method === 'PATCH') return this.write(body as any, method);
    if (!live) return { status: 404, body: { message: 'not found' } };
    const { uid, resourceVersion } = (body as any)?.preconditions ?? {};
    const isStale =
      (uid && uid !== live.metadata.uid) || (resourceVersion && resourceVersion !== live.metadata.resourceVersion);
    if (isStale) return { status: 409, body: { reason: 'Conflict', message: 'preconditions' } };
    this.writes.push(`DELETE ${nameOf(live)}`);
    this.objects.delete(path);
    if (live.kind === 'Namespace') {
      for (const [each, { metadata }] of this.objects)
        if (metadata.namespace === live.metadata.name) this.objects.delete(each);
    }
    return { status: 200, body: {} };
  }

  private list(path: string, labelSelector?: string) {
    const plural = path.split('/').pop();
    const known = KINDS.find(([apiVersion, each]) => each === plural && path.startsWith(rootOf(apiVersion)));
    if (!known || this.without.includes(known[2])) return { status: 404, body: { message: 'not found' } };
    const namespace = /\/namespaces\/([^/]+)\/[^/]+$/.exec(path)?.[1];
    const [key, value] = labelSelector?.split('=') ?? [];
    const items = [...this.objects.values()].filter(({ apiVersion, kind, metadata }) => {
      if (apiVersion !== known[0] || kind !== known[2]) return false;
      if (namespace && metadata.namespace !== namespace) return false;
      const label = metadata.labels?.[key ?? ''];
      return key === undefined || (label !== undefined && (value === undefined || value === label));
    });
    return { status: 200, body: { items: structuredClone(items), metadata: {} } };
  }

  private write(object: any, method: string) {
    const before = this.objects.get(pathOf(object));
    if (method === 'POST' && before) return { status: 409, body: { reason: 'AlreadyExists', message: 'exists' } };
    const merged = {
      ...before,
      ...object,
      metadata: { ...before?.metadata, ...object.metadata, uid: before?.metadata.uid },
    };
    this.writes.push(`${method} ${nameOf(object)}`);
    this.put(merged);
    return { status: before ? 200 : 201, body: structuredClone(this.objects.get(pathOf(object))) };
  }

  private discovery(path: string) {
    const groups = new Map<string, any[]>();
    for (const [apiVersion, resource, kind, namespaced] of KINDS) {
      const [version, group = ''] = apiVersion.split('/').reverse();
      if ((path === '/api') !== (group === '') || this.without.includes(kind)) continue;
      const verbs = ['list', 'get', 'delete'];
      const entry = { resource, responseKind: { kind }, scope: namespaced ? 'Namespaced' : 'Cluster', verbs };
      groups.set(`${group} ${version}`, [...(groups.get(`${group} ${version}`) ?? []), entry]);
    }
    const items = [...groups].map(([name, resources]) => {
      const [group, version] = name.split(' ');
      return { metadata: { name: group }, versions: [{ version, freshness: 'Current', resources }] };
    });
    return { kind: 'APIGroupDiscoveryList', items };
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}/` : `/api/${apiVersion}/`;
}

function pathOf({ apiVersion, kind, metadata: { namespace, name } }: any): string {
  const known = KINDS.find(([version, , each]) => version === apiVersion && each === kind);
  if (!known) throw new Error(`the memory server does not know ${kind} of ${apiVersion}`);
  const inside = known[3] ? `namespaces/${namespace}/` : '';
  return `${rootOf(apiVersion)}${inside}${known[1]}/${encodeURIComponent(name)}`;
}

function nameOf({ kind, metadata: { namespace, name } }: any): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}

const OURS = [{ manager: 'cdk8s-karmada', operation: 'Apply', fieldsV1: { 'f:spec': {} } }];

/**
 * What a server has of a chart that was applied, as the library synthesized it: with its record, which lists it all. Kinds
 * that the memory server does not know are left out.
 */
export function applied(manifests: readonly any[], created = '2026-01-01T00:00:00Z'): any[] {
  const parent = manifests.find(({ metadata }) => metadata.annotations?.[keys.TARGET]);
  const id = parent.metadata.labels[keys.APPLY_SET_ID];
  const known = manifests.filter(({ apiVersion, kind }) => KINDS.some(([v, , k]) => v === apiVersion && k === kind));
  const members = known
    .filter((each) => each !== parent && !each.metadata.annotations?.[keys.SHARED])
    .map((manifest) => {
      const { apiVersion, kind, metadata } = manifest;
      const { namespace, name, annotations } = metadata;
      const isNamespaced = KINDS.some(([v, , k, namespaced]) => v === apiVersion && k === kind && namespaced);
      const inside = isNamespaced ? namespace : '';
      const uid = `uid-${parent.metadata.name}-${kind}-${inside}-${name}`;
      const live = sendable(manifest);
      return {
        member: {
          apiVersion,
          kind,
          namespace: inside,
          name,
          uid,
          path: annotations[keys.PATH],
          wave: Number(annotations[keys.WAVE]),
        },
        live: {
          ...live,
          metadata: {
            ...live.metadata,
            uid,
            labels: { ...live.metadata.labels, [keys.PART_OF]: id },
            managedFields: OURS,
          },
        },
      };
    });
  const record = {
    ...parent,
    metadata: { ...parent.metadata, creationTimestamp: created },
    data: inventoryData(members.map(({ member }) => member)),
  };
  return [...members.map(({ live }) => live), record];
}

/**
 * The Secrets of a PKI plan, as they are issued, and the claims of etcd. The one value among them is a kubeconfig without a
 * credential.
 */
export function belongings(instanceName: string, namespace: string, plan: any, replicas = 1): any[] {
  const secrets = ['authorities', 'certificates', 'keyPairs', 'kubeconfigs'].flatMap((list) => plan[list]);
  return [
    ...secrets.map(({ secret, server }: any) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: secret, namespace, managedFields: [{ manager: 'cdk8s-karmada', operation: 'Update' }] },
      ...(server ? { data: { kubeconfig: kubeconfigOf(server) } } : {}),
    })),
    ...Array.from({ length: replicas }, (_, n) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: `etcd-data-etcd-${n}`,
        namespace,
        labels: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': instanceName },
        managedFields: [{ manager: 'kube-controller-manager', operation: 'Update' }],
      },
    })),
  ];
}

function kubeconfigOf(server: string): string {
  const text = {
    clusters: [{ name: 'karmada', cluster: { server } }],
    users: [{ name: 'karmada', user: {} }],
    contexts: [{ name: 'karmada', context: { cluster: 'karmada', user: 'karmada' } }],
    'current-context': 'karmada',
  };
  return Buffer.from(JSON.stringify(text)).toString('base64');
}
