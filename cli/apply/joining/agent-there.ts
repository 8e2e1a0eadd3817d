import type { ObjectKey } from '../../../src/core/object-key';
import { AGENT_KUBECONFIG, AGENT_NAMESPACE, agentCluster } from '../../plan/joining/agent-manifests';
import { AGENT_REQUEST, memberAsked } from '../../plan/joining/agent-request';
import { madeForAgent, object } from '../../plan/joining/made';
import { agentUser, JOIN_MANAGER, SYSTEM } from '../../plan/joining/names';
import { appliedFields } from '../../plan/owned-fields';
import { attempt, type Patience } from '../attempt';
import { parseKubeconfig } from '../kubeconfig';
import { holderOf } from './certificate';
import { authorityOf } from './member-server';
import type { Writer } from './writer';

/** What an agent goes by. */
export interface HeldKubeconfig {
  readonly server: string;
  readonly authority: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** Who it is to Karmada; undefined when its certificate is none. */
  readonly holder?: string;
}

/** The kubeconfig of the agent in a namespace; undefined when there is none. */
export async function readHeld(member: Writer, namespace: string): Promise<HeldKubeconfig | undefined> {
  const live = await member.read(object('Secret', AGENT_KUBECONFIG, namespace));
  const text = live?.data?.[AGENT_KUBECONFIG];
  if (!text) return undefined;
  const at = `member: Secret/${namespace}/${AGENT_KUBECONFIG}`;
  const { clusters, users } = parseKubeconfig(Buffer.from(text, 'base64').toString('utf8'), at);
  const { server = '', 'certificate-authority-data': data = '' } = clusters[0]?.value ?? {};
  const decoded = (field: string) => Buffer.from(users[0]?.value?.[field] ?? '', 'base64').toString('utf8');
  const certificate = decoded('client-certificate-data');
  const authority = authorityOf({ 'certificate-authority-data': data }) ?? '';
  return { server, certificate, key: decoded('client-key-data'), authority, holder: holderOf(certificate) };
}

/** What there is of the agent of a member, and never of that of another. */
export async function agentObjects(member: Writer, name: string, patience: Patience): Promise<ObjectKey[]> {
  const namespace = await agentNamespace(member, name, patience);
  if (namespace === undefined) return [];
  return madeForAgent(namespace, await isOwn(member, namespace, patience));
}

async function agentNamespace(member: Writer, name: string, patience: Patience): Promise<string | undefined> {
  const agents = await list(
    member,
    '/apis/apps/v1/deployments',
    { fieldSelector: 'metadata.name=karmada-agent' },
    patience,
  );
  const own = agents.find((agent) => agentCluster(agent) === name);
  if (own) return own.metadata.namespace;
  const held = await readHeld(member, AGENT_NAMESPACE);
  if (held) return held.holder === agentUser(name) ? AGENT_NAMESPACE : undefined;
  if (agents.length) return undefined;
  // a join that was killed before it came to the Secret, or that waits for a certificate
  const home = await member.read(object('Namespace', AGENT_NAMESPACE));
  const isHome = home !== undefined && appliedFields(home, JOIN_MANAGER) !== undefined;
  const asked = isHome || memberAsked(await member.read(object('Secret', AGENT_REQUEST, AGENT_NAMESPACE))) === name;
  return asked ? AGENT_NAMESPACE : undefined;
}

/** Made for the agent, and nothing else runs there: on a cluster that runs a Karmada the same name means all of that. */
async function isOwn(member: Writer, namespace: string, patience: Patience): Promise<boolean> {
  const live = await member.read(object('Namespace', namespace));
  const marked = Object.entries(SYSTEM).every(([key, value]) => live?.metadata.labels?.[key] === value);
  if (!marked) return false;
  const lists = await Promise.all(
    ['deployments', 'statefulsets', 'daemonsets'].map((plural) =>
      list(member, `/apis/apps/v1/namespaces/${namespace}/${plural}`, {}, patience),
    ),
  );
  return lists.flat().every(({ metadata }) => metadata.name === 'karmada-agent');
}

/** Who may not list them has the answer of a member without. */
async function list(
  { server }: Writer,
  path: string,
  query: { readonly [name: string]: string },
  patience: Patience,
): Promise<any[]> {
  const { status, body } = await attempt(server, { method: 'GET', path, query }, patience);
  return status === 200 ? (body?.items ?? []) : [];
}
