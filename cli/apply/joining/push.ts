import { keyOf, keyText } from '../../../src/core/object-key';
import { CommandError, ExitCode } from '../../plan/command-error';
import { clusterNamespace, pushAccounts } from '../../plan/joining/accounts';
import { credentials, pushCluster, type Tokens } from '../../plan/joining/membership';
import { accountOf, IMPERSONATOR } from '../../plan/joining/names';
import { type Reach, reachOf, reachTroubles, reachWarnings } from '../../plan/joining/reach';
import { Unreachable } from '../api-server';
import { estimator } from './estimator';
import type { Joining, Prepared } from './join';
import { authorityOf } from './member-server';
import { awaitToken, readToken, tryReach } from './tokens';
import { ensure, type Step, stepOn, type Told } from './writer';

/** A member that Karmada writes to: accounts there, their tokens and the Cluster on Karmada. */
export async function push(joining: Joining): Promise<Prepared> {
  const { request, servers, live, member } = joining;
  const { name, permissions, endpoint, proxyUrl } = request;
  const { cluster } = servers.member;
  const said = { cluster, authority: authorityOf(cluster), endpoint, proxyUrl };
  const wrong = reachTroubles(said);
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
  const reach = reachOf(said);
  const own = await Promise.all([accountOf(name), IMPERSONATOR].map((account) => readToken(member, account)));
  const before = { account: own[0]?.token ?? '', impersonator: own[1]?.token ?? '' };
  const inside = own[0]?.authority ?? '';
  const seen = trusted(reach, inside, endpoint !== undefined);
  const estimated = estimator(joining, seen);
  const pushed = pushAccounts(name, permissions).map((manifest) => stepOn('member', manifest));
  // accounts of Karmada and of the estimator share a namespace
  const accounts = distinct([...pushed, ...estimated.accounts]);
  return {
    steps: [...accounts, ...onKarmada(joining, seen, before, live?.metadata.uid), ...(await estimated.known())],
    warnings: reachWarnings(reach),
    permissions: [],
    way: wayText(reach),
    run: async (tell) => {
      for (const step of accounts) await ensure(member, step, tell);
      const { signal } = joining.patience;
      const account = await awaitToken(member, accountOf(name), signal);
      const impersonator = await awaitToken(member, IMPERSONATOR, signal);
      const proven = trusted(reach, account.authority, endpoint !== undefined);
      await prove(joining, proven, account.token);
      await join(joining, proven, { account: account.token, impersonator: impersonator.token }, tell);
      await estimated.run(proven, tell);
    },
  };
}

function distinct(steps: readonly Step[]): Step[] {
  return [...new Map(steps.map((step) => [keyText(keyOf(step.manifest)), step])).values()];
}

/** Where Karmada calls the member otherwise than this command does, the cluster's own authority may be what verifies it. */
function trusted(reach: Reach, inside: string, other: boolean): Reach {
  if (reach.insecure) return { ...reach, authority: inside };
  if (!other) return reach;
  const all = [reach.authority, inside].map((pem) => pem.trim()).filter((pem) => pem !== '');
  return { ...reach, authority: [...new Set(all)].map((pem) => `${pem}\n`).join('') };
}

/** Before Karmada is told anything: it will get to this cluster, and be known there. */
async function prove({ request, id, karmada, patience }: Joining, reach: Reach, token: string): Promise<void> {
  let reached: string | undefined;
  try {
    reached = await tryReach({ ...reach, token });
  } catch (error) {
    // a name that only Karmada's own network knows is no fault
    if (!(error instanceof Unreachable) || request.endpoint === undefined) throw error;
    patience.warned?.(
      karmada.server,
      `${reach.endpoint} cannot be reached from here, so it was not tried as Karmada will`,
    );
    return;
  }
  if (reached === undefined || reached === id) return;
  throw new CommandError(ExitCode.CONFLICT, [
    {
      what: `${reach.endpoint} is another cluster: its id is ${reached}, and that of the member is ${id}`,
      at: '--member-endpoint',
      fix: 'correct the URL that Karmada is to use',
    },
  ]);
}

async function join(joining: Joining, reach: Reach, tokens: Tokens, tell: Told): Promise<void> {
  const { karmada, live, request } = joining;
  for (const step of onKarmada(joining, reach, tokens, live?.metadata.uid)) {
    const written = await ensure(karmada, step, tell);
    if (step.manifest.kind !== 'Cluster' || written.metadata.uid === live?.metadata.uid) continue;
    // the Cluster is new: from now on its Secrets go with it
    for (const manifest of credentials(request.name, tokens, reach, written.metadata.uid))
      await karmada.ensure(stepOn('karmada', manifest));
  }
}

/** The Secrets before the Cluster: from its first moment on Karmada looks for them. */
function onKarmada({ request, id, live }: Joining, reach: Reach, tokens: Tokens, uid?: string): Step[] {
  const { name, place } = request;
  return [clusterNamespace(), ...credentials(name, tokens, reach, uid), pushCluster(name, id, reach, place, live)].map(
    (manifest) => stepOn('karmada', manifest),
  );
}

function wayText({ endpoint, insecure, authority, proxyUrl }: Reach): string {
  const verified = insecure
    ? 'not verified'
    : authority
      ? 'verified by the authority of the kubeconfig'
      : "verified by the authorities of Karmada's own machine";
  return `Karmada reaches it at ${endpoint}, ${verified}${proxyUrl === undefined ? '' : `, through ${withoutPassword(proxyUrl)}`}`;
}

function withoutPassword(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
