import { estimatorAccounts } from '../../plan/joining/accounts';
import { base64, kubeconfigText } from '../../plan/joining/kubeconfig-text';
import { estimatorOf } from '../../plan/joining/names';
import type { Reach } from '../../plan/joining/reach';
import type { Joining } from './join';
import { awaitToken, readToken } from './tokens';
import { ensure, type Step, stepOn, type Told } from './writer';

/** What the scheduler estimator of a member needs: an account there that may read, its kubeconfig on the host. */
export interface Estimator {
  /** On the member. */
  readonly accounts: readonly Step[];
  /** On the host; empty values where the member has made no token yet. */
  known(): Promise<readonly Step[]>;
  /** When the accounts are there. */
  run(reach: Reach, tell: Told): Promise<void>;
}

/** Nothing at all when the code has no estimator for the member. */
export function estimator({ request, member, host, patience }: Joining, seen: Reach): Estimator {
  const { name, estimator: namespace } = request;
  if (namespace === undefined || !host) return { accounts: [], known: async () => [], run: async () => undefined };
  const account = estimatorOf(name);
  return {
    accounts: estimatorAccounts(name).map((manifest) => stepOn('member', manifest)),
    known: async () => {
      const found = await readToken(member, account);
      return [stepOn('host', kubeconfigSecret(name, namespace, seen, found?.token))];
    },
    run: async (reach, tell) => {
      const { token } = await awaitToken(member, account, patience.signal);
      await ensure(host, stepOn('host', kubeconfigSecret(name, namespace, reach, token)), tell);
    },
  };
}

/** Secret and key have one name, which the Deployment of the estimator knows. */
export function estimatorSecret(cluster: string): string {
  return `${cluster}-kubeconfig`;
}

function kubeconfigSecret(cluster: string, namespace: string, reach: Reach, token?: string): any {
  const { endpoint: server, authority, insecure, proxyUrl } = reach;
  const credential = { token: Buffer.from(token ?? '', 'base64').toString('utf8') };
  const text = kubeconfigText({ cluster, user: cluster, server, authority, insecure, proxyUrl, credential });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace,
      name: estimatorSecret(cluster),
      labels: { 'app.kubernetes.io/managed-by': 'cdk8s-karmada' },
    },
    type: 'Opaque',
    data: { [estimatorSecret(cluster)]: token === undefined ? '' : base64(text) },
  };
}
