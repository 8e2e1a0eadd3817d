import type { Trouble } from '../../../src/core/private/trouble';
import { PART_OF } from '../chart-input';
import { base64 } from './kubeconfig-text';
import { MEMBER, TOKEN_HOLDERS } from './names';

/** With it the owner of a cluster asks Karmada for the certificate of its agent. */
export interface BootstrapToken {
  /** Six characters, which names show. */
  readonly id: string;
  /** Sixteen, which nobody is shown. */
  readonly secret: string;
  /** RFC 3339. */
  readonly expires: string;
}

/** Where Kubernetes looks for tokens. */
export const TOKEN_NAMESPACE = 'kube-system';

/** The Secret by which Karmada knows a token. It signs nothing: whoever gets it gets the authority of Karmada with it. */
export function tokenSecret(cluster: string, { id, secret, expires }: BootstrapToken): any {
  const values = {
    'token-id': id,
    'token-secret': secret,
    description: `for the agent of ${cluster}, by cdk8s-karmada member token`,
    expiration: expires,
    'usage-bootstrap-authentication': 'true',
    'auth-extra-groups': TOKEN_HOLDERS,
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: TOKEN_NAMESPACE, name: `bootstrap-token-${id}`, labels: { [MEMBER]: cluster } },
    type: 'bootstrap.kubernetes.io/token',
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, base64(value)])),
  };
}

/** Who the holder of a token is to Karmada. */
export function tokenUser(id: string): string {
  return `system:bootstrap:${id}`;
}

export function isBootstrapToken(text: unknown): boolean {
  return typeof text === 'string' && /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(text);
}

const MINUTE_MS = 60_000;
const LONGEST_DAYS = 7;

/** @param said as the person wrote it */
export function ttlTroubles(ttlMs: number, said: string): Trouble[] {
  const at = '--ttl';
  if (ttlMs < MINUTE_MS) {
    const what = `"${said}" is over before anybody can use the token`;
    return [{ what, at, fix: 'give it a minute or more, such as 24h' }];
  }
  if (ttlMs <= LONGEST_DAYS * 24 * 60 * MINUTE_MS) return [];
  return [
    {
      what: `"${said}" is longer than ${LONGEST_DAYS} days: until its end whoever finds the token can ask to be an agent`,
      at,
      fix: `give it ${LONGEST_DAYS}d or less, and make another when it is over`,
    },
  ];
}

/**
 * Why no agent can take a name.
 *
 * @param code the Cluster in the code; undefined when there is none
 */
export function tokenTroubles(name: string, clusters: readonly any[], code: any): Trouble[] {
  const live = clusters.find(({ metadata }) => metadata.name === name);
  const found: Trouble[] = [];
  if (live?.metadata.deletionTimestamp !== undefined) {
    found.push({
      what: `${name} is leaving: its Cluster is deleted and waits for what it holds`,
      at: `karmada: Cluster/${name}`,
      fix: `wait until it is gone, or finish it: \`cdk8s-karmada member unjoin ${name}\``,
    });
  }
  const pushes = (cluster: any) => cluster?.spec?.syncMode === 'Push';
  if (pushes(live)) {
    const owned = live.metadata.labels?.[PART_OF] !== undefined ? ', and in the code' : '';
    found.push({
      what: `${name} is a member in push mode, which has no agent`,
      at: `karmada: Cluster/${name}`,
      fix: `choose another name, or take it out first${owned}: \`cdk8s-karmada member unjoin ${name}\``,
    });
  } else if (pushes(code)) {
    found.push({
      what: `${name} is to be a member in push mode, which has no agent`,
      at: 'syncMode of its MemberCluster',
      fix: 'choose another name, or change the code',
    });
  }
  return found;
}
