import { keyOf, type ObjectKey } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import { agentRights } from '../../plan/joining/agent-rights';
import { type BootstrapToken, TOKEN_NAMESPACE, tokenSecret, tokenTroubles } from '../../plan/joining/bootstrap-token';
import type { ApiServer } from '../api-server';
import { attempt, type Patience, pause } from '../attempt';
import { objectPath } from '../discovery';
import { listClusters } from './clusters';
import { type Entrance, entranceOf, entranceWarnings } from './entrance';
import { lookAll, type PermissionThere, permissionsOf, permissionTroubles } from './preflight';
import { randomText } from './random-text';
import { approvesAtOnce, HOLDER_PERMISSIONS, isKnown, mayAsk } from './token-holders';
import { tokensOf } from './tokens-of-member';
import { ensure, type Looked, resourceOf, stepOn, stopIfAsked, type Told, Writer } from './writer';

/** What the administrator of a fleet says of a token. */
export interface TokenRequest {
  readonly name: string;
  readonly ttlMs: number;
  /** URL of Karmada as the agent calls it. */
  readonly karmadaEndpoint?: string;
  /** The Cluster in the code. */
  readonly code?: any;
}

/** A token that can be made, and that a person can read before. */
export interface PlannedToken {
  readonly entrance: Entrance;
  readonly id: string;
  /** Karmada approves what its holder asks for by itself. */
  readonly atOnce: boolean;
  readonly looked: readonly Looked[];
  /** The tokens of the same member, which the new one takes the place of. */
  readonly earlier: readonly ObjectKey[];
  readonly warnings: readonly string[];
  /**
   * Makes it. `handOver` gets it when Karmada knows it, and before the earlier ones go; unless that has happened it is taken
   * back.
   */
  run(nowMs: number, tell: Told, handOver: (token: BootstrapToken) => void): Promise<BootstrapToken>;
}

/** Looks, and writes nothing. Throws with all that keeps a token from being of use, `others` among it. */
export async function planToken(
  server: ApiServer,
  { name, ttlMs, karmadaEndpoint, code }: TokenRequest,
  patience: Patience,
  others: readonly Trouble[],
): Promise<PlannedToken> {
  const karmada = new Writer('karmada', server, patience);
  const clusters = await listClusters(server, patience);
  const entrance = await entranceOf(karmada, server, karmadaEndpoint);
  const draft = { id: randomText(6), secret: randomText(16) };
  const made = (expires: string) => stepOn('karmada', tokenSecret(name, { ...draft, expires }));
  const rights = agentRights(name).map((manifest) => stepOn('karmada', manifest));
  const steps = [...rights, made('')];
  const denied = await permissionTroubles([karmada], [...steps.flatMap(permissionsOf), ...PERMISSIONS], patience);
  const looked = denied.length ? [] : await lookAll([karmada], steps);
  const found = [
    ...others,
    ...denied,
    ...tokenTroubles(name, clusters, code),
    ...((await mayAsk(server, patience)) ? [] : [nobodyMayAsk(server)]),
    ...looked.flatMap(({ trouble }) => trouble ?? []),
  ];
  if (found.length) throw new CommandError(denied.length ? ExitCode.DENIED : ExitCode.CONFLICT, found);
  const earlier = (await tokensOf(server, name, patience)) ?? [];
  // a Cluster without an id is one that the code has made, and nobody has joined as
  const isThere = clusters.some(({ metadata, spec }) => metadata.name === name && spec?.id);
  return {
    ...{ entrance, id: draft.id, looked, earlier: earlier.map(keyOf) },
    atOnce: await approvesAtOnce(server, patience),
    warnings: [
      ...entranceWarnings(entrance),
      ...(isThere ? [`${name} is a member already: with the token another cluster can ask to be its agent`] : []),
    ],
    run: async (nowMs, tell, handOver) => {
      for (const step of rights) await ensure(karmada, step, tell);
      const token = { ...draft, expires: new Date(nowMs + ttlMs).toISOString().replace(/\.\d+Z$/, 'Z') };
      const step = made(token.expires);
      await ensure(karmada, step, tell);
      try {
        await prove(server, token, patience);
        handOver(token);
      } catch (error) {
        const path = objectPath(keyOf(step.manifest), resourceOf('Secret'));
        // also when the run was interrupted meanwhile: nobody has it
        await attempt(server, { method: 'DELETE', path }, {}, keyOf(step.manifest));
        throw error;
      }
      for (const old of earlier) await karmada.remove(keyOf(old), old);
      return token;
    },
  };
}

const PERMISSIONS: readonly PermissionThere[] = [
  ...HOLDER_PERMISSIONS,
  ...['list', 'delete'].map(
    (verb) =>
      ({ on: 'karmada', plane: 'karmada', group: '', resource: 'secrets', namespace: TOKEN_NAMESPACE, verb }) as const,
  ),
];

function nobodyMayAsk({ url }: ApiServer): Trouble {
  return {
    what: 'this Karmada does not let those who hold a token ask for a certificate',
    at: `karmada: ClusterRoleBinding/system:karmada:agent-bootstrap at ${url}`,
    fix: 'give its MulticloudInstance `pullMode: PullMode.requested({ server })` and apply it, or join the member yourself: `cdk8s-karmada member join --mode pull`',
  };
}

const POLL_MS = 250;
/** The API server hears of a new Secret in no time. */
const LONGEST_MS = 5000;

/** An API server that was not started for tokens takes their Secrets all the same. */
async function prove(server: ApiServer, token: BootstrapToken, patience: Patience): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while (!(await isKnown(server, token, patience))) {
    stopIfAsked(patience);
    if (performance.now() >= until) {
      throw new CommandError(ExitCode.FAILED, [
        {
          what: 'Karmada does not take the token that was made, so it was taken back',
          at: server.url,
          fix: 'start its API server with --enable-bootstrap-token-auth, and compare the clock of this machine with that of the server',
        },
      ]);
    }
    await pause(POLL_MS, patience.signal);
  }
}
