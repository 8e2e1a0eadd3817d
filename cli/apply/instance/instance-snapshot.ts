import type { Seen } from '../../plan/instance/doctor/check';
import type {
  CertificateFacts,
  InstanceSnapshot,
  KarmadaSide,
  Said,
} from '../../plan/instance/doctor/instance-snapshot';
import type { HostedInstance } from '../../plan/instance/hosted-instance';
import type { ApiServer } from '../api-server';
import { secretValue } from '../pki/decision';
import { readExisting } from '../pki/existing';
import { OFFERED_POLICY } from '../webhook-gate';
import { certificateFacts } from './certificate-facts';
import { pkiPlanOf } from './hosted-instances';
import { Onlooker } from './onlooker';

/** An installed instance that is looked at. */
export interface InstanceRequest {
  readonly host: ApiServer;
  readonly hosted: HostedInstance;
  /** Opens Karmada's API server; undefined while its admin kubeconfig is not on the host. */
  readonly openKarmada: () => Promise<ApiServer | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
  readonly signal?: AbortSignal;
}

/** How long Karmada's API server may take to be opened. */
const OPEN_MS = 10_000;
const HEALTH_MS = 5000;

/** Looks at an instance on its host, and at its Karmada. Keeps nothing: a policy is offered with dryRun. */
export async function instanceSnapshot(request: InstanceRequest): Promise<InstanceSnapshot> {
  const { host, hosted, now, signal } = request;
  const { instanceName: name, namespace } = hosted;
  const onlooker = new Onlooker(host, now, signal);
  const inside = (group: string, plural: string) =>
    onlooker.list(`${group}/namespaces/${encodeURIComponent(namespace)}/${plural}`);
  const opened = await open(request);
  const other = 'seen' in opened ? new Onlooker(opened.seen, now, signal) : undefined;
  const [statefulSets, deployments, pods, claims, events, endpointSlices, storageClasses, issued, karmada, clock] =
    await Promise.all([
      inside('/apis/apps/v1', 'statefulsets'),
      inside('/apis/apps/v1', 'deployments'),
      inside('/api/v1', 'pods'),
      inside('/api/v1', 'persistentvolumeclaims'),
      inside('/api/v1', 'events'),
      inside('/apis/discovery.k8s.io/v1', 'endpointslices'),
      onlooker.list('/apis/storage.k8s.io/v1/storageclasses'),
      issuedOn(onlooker, hosted, new Date(now())),
      other ? karmadaSide(other) : Promise.resolve(opened as Seen<never>),
      onlooker.clock(),
    ]);
  const ours = 'seen' in pods ? { seen: pods.seen.filter((pod) => isOf(pod, name)) } : pods;
  return {
    name,
    namespace,
    nowMs: now(),
    statefulSets,
    deployments,
    pods: ours,
    claims: 'seen' in claims ? { seen: claims.seen.filter((claim) => isOf(claim, name)) } : claims,
    events,
    endpointSlices,
    storageClasses,
    ...issued,
    etcdHealth: await etcdHealth(onlooker, ours),
    karmada,
    clocks: [{ plane: 'host', clock }, ...(other ? [{ plane: 'karmada', clock: await other.clock() }] : [])],
  };
}

function isOf({ metadata }: any, instance: string): boolean {
  return metadata.labels?.['app.kubernetes.io/instance'] === instance;
}

async function open({ openKarmada, signal }: InstanceRequest): Promise<Seen<ApiServer>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Seen<ApiServer>>((resolve) => {
    const unseen = `it was not reached within ${OPEN_MS / 1000} s`;
    timer = setTimeout(() => resolve({ unseen, fix: WAY }), OPEN_MS);
  });
  const opening = openKarmada().then(
    (server): Seen<ApiServer> =>
      server ? { seen: server } : { unseen: 'its admin kubeconfig is not on the host yet', fix: NO_ADMIN },
    (error): Seen<ApiServer> => {
      if (signal?.aborted) throw error;
      return { unseen: `it cannot be reached: ${firstLine(error)}`, fix: WAY };
    },
  );
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

const WAY =
  'look at karmada-apiserver first (check components-ready), or give a context that reaches it with --karmada-context';
const NO_ADMIN = 'run `cdk8s-karmada instance issue`, or `apply`: it issues the kubeconfig';

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0];
}

interface Issued {
  readonly certificates: Seen<readonly CertificateFacts[]>;
  readonly authorities: Seen<readonly string[]>;
}

/** What was issued for the instance: only what certificates say to everybody leaves here. */
async function issuedOn(onlooker: Onlooker, hosted: HostedInstance, now: Date): Promise<Issued> {
  const read = await onlooker.told('read the Secrets of the PKI plan', async () => {
    const plan = pkiPlanOf(hosted);
    if (!plan) return { seen: { certificates: [], authorities: [] } };
    const existing = await readExisting(onlooker.bounded(), plan);
    const authorities = plan.authorities.map(({ secret }) => secretValue(existing.get(secret), 'tls.crt'));
    return { seen: { certificates: certificateFacts(plan, existing, now), authorities: authorities.filter(Boolean) } };
  });
  if (!('seen' in read)) return { certificates: read, authorities: read };
  return { certificates: { seen: read.seen.certificates }, authorities: { seen: read.seen.authorities } };
}

async function karmadaSide(onlooker: Onlooker): Promise<Seen<KarmadaSide>> {
  const ready = await said(onlooker, { method: 'GET', path: '/readyz', query: { verbose: 'true' }, accept: '*/*' });
  if (!('seen' in ready)) return ready;
  const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
  const LEASES = '/apis/coordination.k8s.io/v1/namespaces';
  const [apiServices, mutating, validating, definitions, ours, theirs, offered] = await Promise.all([
    onlooker.list('/apis/apiregistration.k8s.io/v1/apiservices'),
    onlooker.list(`${ADMISSION}/mutatingwebhookconfigurations`),
    onlooker.list(`${ADMISSION}/validatingwebhookconfigurations`),
    onlooker.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions'),
    onlooker.list(`${LEASES}/karmada-system/leases`),
    onlooker.list(`${LEASES}/kube-system/leases`),
    said(onlooker, OFFERED_POLICY),
  ]);
  const withKind = (kind: string, found: Seen<readonly any[]>) =>
    'seen' in found ? { seen: found.seen.map((each) => ({ ...each, kind })) } : found;
  return {
    seen: {
      ready,
      apiServices: withKind('APIService', apiServices),
      webhookConfigurations: both(
        withKind('MutatingWebhookConfiguration', mutating),
        withKind('ValidatingWebhookConfiguration', validating),
      ),
      converted: withKind(
        'CustomResourceDefinition',
        'seen' in definitions
          ? { seen: definitions.seen.filter(({ spec }) => spec?.conversion?.webhook) }
          : definitions,
      ),
      leases: both(ours, theirs),
      offered,
    },
  };
}

function both(one: Seen<readonly any[]>, other: Seen<readonly any[]>): Seen<readonly any[]> {
  if (!('seen' in one)) return one;
  return 'seen' in other ? { seen: [...one.seen, ...other.seen] } : other;
}

function said(onlooker: Onlooker, request: Parameters<Onlooker['ask']>[0]): Promise<Seen<Said>> {
  return onlooker.told(`answer ${request.method} ${request.path}`, async () => {
    const { status, body } = await onlooker.ask(request);
    return { seen: { status, text: typeof body === 'string' ? body : String(body?.message ?? JSON.stringify(body)) } };
  });
}

/** What the members of etcd say of themselves, asked through the host's API server. */
async function etcdHealth(onlooker: Onlooker, pods: Seen<readonly any[]>): Promise<ReadonlyMap<string, Seen<Said>>> {
  const members = ('seen' in pods ? pods.seen : []).filter(
    ({ metadata, status }) => metadata.labels?.['app.kubernetes.io/name'] === 'etcd' && status?.phase === 'Running',
  );
  const answers = await Promise.all(
    members.map(async ({ metadata: { namespace, name } }) => {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}:2381/proxy/health`;
      const request = { method: 'GET', path, accept: '*/*', timeoutMs: HEALTH_MS } as const;
      return [`${namespace}/${name}`, await said(onlooker, request)] as const;
    }),
  );
  return new Map(answers);
}
