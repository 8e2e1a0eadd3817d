import type { ApiRequest, ApiServer } from '../../cli/apply/api-server';
import { bindingName } from '../../cli/plan/readiness/binding-name';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import type { TestServer } from './testbed';

/** What becomes of a template on one member. */
export interface OnMember {
  /** Generation that it was rendered from; the template's own unless said. */
  readonly generation?: number;
  /** False: Karmada could not apply it, with these words. */
  readonly refused?: string;
  /** It was rendered and nobody has applied it. */
  readonly unapplied?: true;
  readonly health?: 'Healthy' | 'Unhealthy' | 'Unknown';
  /** What the member reports; of a Deployment with the generation that it was given. */
  readonly status?: any;
}

/** How far Karmada carries a template; what is left out is done well. */
export interface Carried {
  /** It is not scheduled: the condition's reason and words. */
  readonly unscheduled?: { readonly reason: string; readonly message: string };
  /** The release does not say which generation was scheduled. */
  readonly old?: true;
  /** By name of the member. */
  readonly members: { readonly [name: string]: OnMember };
}

const RENEWED = 'coordination.k8s.io/v1';
const PLURALS: { readonly [kind: string]: string } = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  Service: 'services',
};

/**
 * What Karmada's controllers and scheduler write to its API server, done by a test: claims, bindings, Works and statuses in
 * the form that a real Karmada v1.18 gives them, as far as the test lets it come.
 */
export class KarmadaDouble {
  private constructor(
    private readonly server: ApiServer,
    private readonly testbed: TestServer,
  ) {}

  /** Gives the server Karmada's kinds. */
  static async on(server: ApiServer, testbed: TestServer): Promise<KarmadaDouble> {
    const definitions = [...crds(), clusterCrdForTestsAlone()];
    testbed.kubectl(['create', '-f', '-'], definitions.map((each) => JSON.stringify(each)).join('\n---\n'));
    testbed.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
    return new KarmadaDouble(server, testbed);
  }

  /** A member cluster, as it says that it is. */
  async member(name: string, ready: { readonly status: string; readonly reason: string; readonly message: string }) {
    const path = '/apis/cluster.karmada.io/v1alpha1/clusters';
    const metadata = { name };
    const made = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata, spec: { syncMode: 'Push' } };
    await this.create(path, made);
    const since = { lastTransitionTime: '2026-01-01T00:00:00Z' };
    await this.status(`${path}/${name}`, { conditions: [{ type: 'Ready', ...ready, ...since }] });
    await this.create('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `karmada-es-${name}` },
    });
  }

  /** When a component was last heard of. */
  async lease(component: string, renewTime: string): Promise<void> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } };
    await this.create('/api/v1/namespaces', namespace);
    const lease = { apiVersion: RENEWED, kind: 'Lease', metadata: { name: component }, spec: { renewTime } };
    await this.create(`/apis/${RENEWED}/namespaces/karmada-system/leases`, lease);
  }

  /** Carries a template from its policy to its members. */
  async carry(kind: string, namespace: string, name: string, carried: Carried): Promise<void> {
    const template = await this.claimed(kind, namespace, name);
    const binding = await this.bound(template, Object.keys(carried.members), carried);
    if (carried.unscheduled) return;
    for (const [cluster, on] of Object.entries(carried.members)) await this.rendered(template, cluster, on);
    await this.summed(template, binding, carried);
  }

  /** Its policy, which has its name, takes it. */
  private async claimed(kind: string, namespace: string, name: string): Promise<any> {
    const group = kind === 'Deployment' ? '/apis/apps/v1' : '/api/v1';
    const path = `${group}/namespaces/${namespace}/${PLURALS[kind]}/${name}`;
    const labels = { 'propagationpolicy.karmada.io/permanent-id': 'p' };
    const annotations = {
      'propagationpolicy.karmada.io/namespace': namespace,
      'propagationpolicy.karmada.io/name': `${name}-policy`,
    };
    return (await this.merge(path, { metadata: { labels, annotations } })).body;
  }

  private async bound(template: any, clusters: readonly string[], { unscheduled, old }: Carried): Promise<any> {
    const { apiVersion, kind, metadata } = template;
    const { namespace, name, uid, resourceVersion } = metadata;
    const path = `/apis/work.karmada.io/v1alpha2/namespaces/${namespace}/resourcebindings`;
    const own = bindingName({ apiVersion, kind, namespace, name });
    const spec = {
      resource: { apiVersion, kind, namespace, name, uid, resourceVersion },
      ...(unscheduled ? {} : { clusters: clusters.map((cluster) => ({ name: cluster, replicas: 1 })) }),
    };
    const made = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: own, namespace },
      spec,
    };
    const binding = await this.write(path, own, made);
    const why = unscheduled ?? { reason: 'Success', message: 'Binding has been scheduled successfully.' };
    const condition = conditionOf('Scheduled', unscheduled ? 'False' : 'True', why.reason, why.message);
    const observed = old ? {} : { schedulerObservedGeneration: binding.metadata.generation };
    await this.status(`${path}/${own}`, { ...observed, conditions: [condition] });
    return { path: `${path}/${own}`, condition, observed };
  }

  private async rendered(template: any, cluster: string, on: OnMember): Promise<void> {
    const { status: _, metadata, ...content } = template;
    const { generation, namespace, name } = metadata;
    const given = on.generation ?? generation;
    const annotations = given ? { 'resourcetemplate.karmada.io/generation': `${given}` } : {};
    const manifest = { ...content, metadata: { name, namespace, annotations } };
    const path = `/apis/work.karmada.io/v1alpha1/namespaces/karmada-es-${cluster}/works`;
    const own = `${name}-${template.kind.toLowerCase()}`;
    const spec = { workload: { manifests: [manifest] } };
    await this.write(path, own, {
      apiVersion: 'work.karmada.io/v1alpha1',
      kind: 'Work',
      metadata: { name: own },
      spec,
    });
    if (on.unapplied) return;
    const condition = on.refused
      ? conditionOf('Applied', 'False', 'AppliedFailed', on.refused)
      : conditionOf('Applied', 'True', 'AppliedSuccessful', 'Manifest has been successfully applied');
    await this.status(`${path}/${own}`, { conditions: [condition] });
  }

  private async summed(template: any, { path, condition, observed }: any, { members }: Carried): Promise<void> {
    const all = Object.entries(members).filter(([, on]) => !on.unapplied);
    const isDeployment = template.kind === 'Deployment';
    const aggregatedStatus = all.map(([clusterName, on]) => {
      const { refused, health = 'Healthy', generation = template.metadata.generation } = on;
      if (refused) return { clusterName, applied: false, appliedMessage: refused, health: 'Unknown' };
      const status = { ...on.status, ...(isDeployment ? { resourceTemplateGeneration: generation } : {}) };
      return { clusterName, applied: true, health, ...(on.status ? { status } : {}) };
    });
    const isApplied = all.every(([, on]) => !on.refused);
    const whole = isApplied ? 'FullyAppliedSuccess' : 'FullyAppliedFailed';
    const applied = conditionOf('FullyApplied', isApplied ? 'True' : 'False', whole, 'All works');
    await this.status(path, { ...observed, conditions: [condition, applied], aggregatedStatus });
    if (!isDeployment) return;
    const { namespace, name, generation } = template.metadata;
    const isSeen = all.every(([, on]) => on.status && (on.generation ?? generation) >= generation);
    const observedGeneration = isSeen ? generation : 0;
    await this.status(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, { observedGeneration });
  }

  private async write(path: string, name: string, object: any): Promise<any> {
    const made = await this.server.request({ method: 'POST', path, body: object });
    if (made.status === 201) return made.body;
    return (await this.merge(`${path}/${name}`, { spec: object.spec })).body;
  }

  private async create(path: string, object: any): Promise<void> {
    await this.expect({ method: 'POST', path, body: object }, 409);
  }

  private merge(path: string, body: any) {
    return this.expect({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
  }

  private status(path: string, status: any) {
    return this.merge(`${path}/status`, { status });
  }

  private async expect(request: ApiRequest, also?: number) {
    const response = await this.server.request(request);
    if (response.status < 300 || response.status === also) return response;
    throw new Error(`${request.method} ${request.path}: ${response.status} ${JSON.stringify(response.body)}`);
  }

  /** Somebody else's change. */
  kubectl(args: readonly string[], input?: string): string {
    return this.testbed.kubectl(args, input);
  }
}

function conditionOf(type: string, status: string, reason: string, message: string) {
  return { type, status, reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' };
}
