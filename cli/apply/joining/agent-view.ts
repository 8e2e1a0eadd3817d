import type { Trouble } from '../../../src/core/private/trouble';
import { agentPermissions } from '../../plan/joining/agent-rights';
import { joinTroubles } from '../../plan/joining/joinability';
import { agentUser, JOIN_MANAGER } from '../../plan/joining/names';
import { permissionLines } from '../../plan/permission';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import { objectPath } from '../discovery';
import { lackingPermissions } from '../permissions';
import { unknownToken } from './agent-request';
import { CLUSTER, clusterKey, listClusters, readCluster } from './clusters';
import { identityOf } from './preflight';
import { Writer } from './writer';

/** Requests of a check at one time. */
const WINDOW = 8;
/** Rights that are named when an agent lacks them. */
const MOST = 3;
/** Karmada writes to a Cluster, too. */
const TRIES = 5;

/** What an agent sees of its member on Karmada, and what keeps it from working. */
export interface AgentView {
  readonly denied: readonly Trouble[];
  readonly wrong: readonly Trouble[];
  /** Its Cluster says of no cluster yet that it is that. */
  readonly isUnmarked: boolean;
}

/** Does Karmada know who holds that certificate, or that token? */
export async function isHolderKnown(karmada: ApiServer, name: string, patience: Patience): Promise<boolean> {
  const path = objectPath(clusterKey(name), CLUSTER);
  const { status } = await attempt(karmada, { method: 'GET', path }, patience, clusterKey(name));
  return status !== 401;
}

/** @param karmada as the agent */
export async function viewOf(
  karmada: ApiServer,
  { name, id }: { readonly name: string; readonly id: string },
  patience: Patience,
): Promise<AgentView> {
  const lacking = await lackingPermissions(karmada, agentPermissions(name), WINDOW, patience);
  if (lacking.length) {
    // Karmada's own kinds say the most
    const lines = permissionLines(lacking).sort((a, b) => rank(a) - rank(b));
    const more = lines.length > MOST ? `; and ${lines.length - MOST} more` : '';
    const denied = {
      what: `${agentUser(name)} has a certificate, and may not ${lines.slice(0, MOST).join('; ')}${more}`,
      at: `karmada: ${karmada.url}`,
      fix: `have the rights of this agent made on Karmada: \`cdk8s-karmada member token ${name}\`; then run this again with the new file: the certificate is kept`,
    };
    return { denied: [denied], wrong: [], isUnmarked: false };
  }
  const [clusters, karmadaId] = await Promise.all([listClusters(karmada, patience), identityOf(karmada, patience)]);
  const live = clusters.find(({ metadata }) => metadata.name === name);
  const wrong = joinTroubles({ name, mode: 'Pull', id, karmadaId, clusters, placeOptions: [] });
  return { denied: [], wrong, isUnmarked: live !== undefined && !live.spec?.id };
}

function rank(line: string): number {
  return line.includes('.karmada.io') ? 0 : 1;
}

/** Says in a Cluster that is there, such as that of the code, which cluster it is: an agent takes it for its own by that alone. */
export async function mark(karmada: ApiServer, name: string, id: string, patience: Patience): Promise<void> {
  const key = clusterKey(name);
  for (let tries = 1; ; tries++) {
    const live = await readCluster(karmada, name, patience);
    if (!live || live.spec?.id) return;
    // an agent may update its Cluster, and not patch it
    const body = { ...live, spec: { ...live.spec, id } };
    const request = {
      method: 'PUT',
      path: objectPath(key, CLUSTER),
      query: { fieldManager: JOIN_MANAGER },
      body,
    } as const;
    const answer = await attempt(karmada, request, patience, key);
    if (answer.status < 300) return;
    if (answer.status !== 409 || tries >= TRIES) throw new Writer('karmada', karmada, patience).refused(key, answer);
  }
}

/** What keeps the holder of a token from asking. */
export async function tokenTroubles(karmada: ApiServer, name: string, patience: Patience): Promise<Trouble[]> {
  if (!(await isHolderKnown(karmada, name, patience))) return [unknownToken(name)];
  const requests = { plane: 'karmada', group: 'certificates.k8s.io', resource: 'certificatesigningrequests' } as const;
  const needed = ['create', 'get'].map((verb) => ({ ...requests, namespace: '', verb }));
  if (!(await lackingPermissions(karmada, needed, WINDOW, patience)).length) return [];
  return [
    {
      what: 'this Karmada does not let those who hold a token ask for a certificate',
      at: `karmada: ${karmada.url}`,
      fix: `have its administrator run \`cdk8s-karmada member token ${name}\`, which says what is missing`,
    },
  ];
}
