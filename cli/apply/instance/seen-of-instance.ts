import { X509Certificate } from 'node:crypto';
import { type ComponentStatus, componentsOf, stateOf } from '../../plan/instance/component-status';
import type { HostedInstance } from '../../plan/instance/hosted-instance';
import type { NextExpiry, SeenOfInstance } from '../../plan/instance/instance-status';
import type { ApiServer } from '../api-server';
import { inWindow, type Patience } from '../attempt';
import { inWords } from '../in-words';
import { listAll } from '../listing';
import { secretValue } from '../pki/decision';
import { readExisting } from '../pki/existing';
import { pkiPlanOf } from './hosted-instances';
import type { Reached } from './reach';

const CLUSTERS = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', plural: 'clusters' };
const WINDOW = 8;

/** The components of an instance; undefined where its namespace cannot be read. */
export async function readComponents(
  host: ApiServer,
  hosted: HostedInstance,
  patience: Patience,
  { pods: withPods = false } = {},
): Promise<readonly ComponentStatus[] | undefined> {
  const { namespace } = hosted;
  const list = async (apiVersion: string, kind: string, plural: string) =>
    ((await listAll(host, { apiVersion, kind, plural, namespace }, patience)) ?? []).map((item) => ({ ...item, kind }));
  let components: readonly ComponentStatus[] | undefined;
  await inWords(async () => {
    const [deployments, sets] = await Promise.all([
      list('apps/v1', 'Deployment', 'deployments'),
      list('apps/v1', 'StatefulSet', 'statefulsets'),
    ]);
    let pods: any[] | undefined;
    const unread = await inWords(async () => {
      if (withPods) pods = await list('v1', 'Pod', 'pods');
    });
    if (unread) pods = undefined;
    components = componentsOf(hosted, [...deployments, ...sets], pods);
  });
  return components;
}

/** The components of several instances, by their records. */
export async function readAllComponents(
  host: ApiServer,
  instances: readonly HostedInstance[],
  patience: Patience,
): Promise<Map<HostedInstance, readonly ComponentStatus[]>> {
  const found = new Map<HostedInstance, readonly ComponentStatus[]>();
  await inWindow(WINDOW, instances, async (hosted) => {
    found.set(hosted, (await readComponents(host, hosted, patience)) ?? []);
  });
  return found;
}

/** Everything that the status of an instance says. Writes nothing; no value of a Secret leaves this function. */
export async function seenOfInstance(
  host: ApiServer,
  hosted: HostedInstance,
  reached: Reached,
  patience: Patience,
): Promise<SeenOfInstance> {
  const notes: string[] = [];
  const components = await readComponents(host, hosted, patience, { pods: true });
  if (!components) notes.push('its components cannot be read with these credentials');
  let nextExpiry: NextExpiry | undefined;
  const unread = await inWords(async () => {
    nextExpiry = await expiryOn(host, hosted);
  });
  if (unread) notes.push(`its certificates: ${unread}`);
  let clusters: any[] | undefined;
  if ('server' in reached) {
    const why = await inWords(async () => {
      clusters = await listAll(reached.server, CLUSTERS, patience);
    });
    if (why) notes.push(`its members: ${why}`);
  }
  return {
    components: components ?? [],
    state: stateOf(components ?? []),
    ...(nextExpiry ? { nextExpiry } : {}),
    apiServer:
      'server' in reached ? { reachable: true, url: reached.server.url } : { reachable: false, why: reached.silent },
    ...(clusters ? { clusters } : {}),
    notes,
  };
}

async function expiryOn(host: ApiServer, hosted: HostedInstance): Promise<NextExpiry | undefined> {
  const plan = pkiPlanOf(hosted);
  if (!plan) return undefined;
  const existing = await readExisting(host, plan);
  const keys = new Map(plan.kubeconfigs.map(({ secret, key }) => [secret, key]));
  const all = [...existing].flatMap(([secret, live]) => {
    const key = keys.get(secret);
    const expires = expiryOf(key === undefined ? secretValue(live, 'tls.crt') : clientIn(secretValue(live, key)));
    return expires ? [{ secret, expires }] : [];
  });
  return all.sort((a, b) => (a.expires < b.expires ? -1 : 1))[0];
}

function clientIn(kubeconfig: string): string {
  const [, data = ''] = /client-certificate-data: *"?([A-Za-z0-9+/=]+)/.exec(kubeconfig) ?? [];
  return Buffer.from(data, 'base64').toString('utf8');
}

/** When a certificate (PEM) expires; undefined for what is none, such as a bare key. */
function expiryOf(certificate: string): string | undefined {
  try {
    return new Date(new X509Certificate(certificate).validTo).toISOString();
  } catch {
    return undefined;
  }
}
