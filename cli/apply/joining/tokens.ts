import { CommandError, ExitCode } from '../../plan/command-error';
import { CLUSTER_NAMESPACE } from '../../plan/joining/names';
import { pause } from '../attempt';
import { HttpApiServer } from '../http-api-server';
import { stopIfAsked, type Writer } from './writer';

/** The token of an account, as its Secret holds it: base64. */
export interface AccountToken {
  readonly token: string;
  /** The authority of the cluster (PEM), for those inside. */
  readonly authority: string;
}

const POLL_MS = 250;
/** The token controller of a cluster takes less than a second. */
const LONGEST_MS = 30_000;

/** The token of an account when it has one by now. */
export async function readToken(member: Writer, account: string): Promise<AccountToken | undefined> {
  const live = await member.read({ apiVersion: 'v1', kind: 'Secret', namespace: CLUSTER_NAMESPACE, name: account });
  const { token, 'ca.crt': authority = '' } = live?.data ?? {};
  return token ? { token, authority: Buffer.from(authority, 'base64').toString('utf8') } : undefined;
}

/** Waits until the member has filled in the token of an account. */
export async function awaitToken(member: Writer, account: string, signal?: AbortSignal): Promise<AccountToken> {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    const found = await readToken(member, account);
    if (found) return found;
    stopIfAsked({ signal });
    if (performance.now() >= until) {
      throw new CommandError(ExitCode.TIMED_OUT, [
        {
          what: `the member has made no token for its account ${account} within ${LONGEST_MS / 1000} s`,
          at: `member: Secret/${CLUSTER_NAMESPACE}/${account}`,
          fix: 'see to it that its kube-controller-manager runs the serviceaccount-token controller, then run it again',
        },
      ]);
    }
    await pause(POLL_MS, signal);
  }
}

/** How somebody else would reach the member. */
export interface Trial {
  readonly endpoint: string;
  readonly authority: string;
  readonly insecure: boolean;
  readonly proxyUrl?: string;
  /** Base64. */
  readonly token: string;
}

/** The UID of the cluster that is reached so; undefined when the token is good and may not read it. */
export async function tryReach({ endpoint, authority, insecure, proxyUrl, token }: Trial): Promise<string | undefined> {
  const authorization = `Bearer ${Buffer.from(token, 'base64').toString('utf8')}`;
  const tls = { ...(authority && { ca: authority }), rejectUnauthorized: !insecure };
  const get = async () => ({ tls, headers: { authorization } });
  const server = new HttpApiServer({
    door: { plane: 'member', url: endpoint, name: 'the account of Karmada', from: 'the member' },
    credentials: { get, renew: get },
    proxyUrl,
  });
  try {
    const { status, body } = await server.request({ method: 'GET', path: '/api/v1/namespaces/kube-system' });
    if (status !== 401) return body?.metadata?.uid;
    throw new CommandError(ExitCode.DENIED, [
      {
        what: 'the member does not know the token that it has just made: this is another cluster, or its API servers do not share one key for service accounts',
        at: endpoint,
        fix: 'check the URL that Karmada is to use',
      },
    ]);
  } finally {
    await server.close();
  }
}
