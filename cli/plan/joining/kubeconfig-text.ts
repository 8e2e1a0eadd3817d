import { dump } from 'js-yaml';

/** A server and who one is to it. Values are PEM, or a token. */
export interface KubeconfigFacts {
  /** Name of the cluster in the file. */
  readonly cluster: string;
  /** Name of the user; an agent that renews its certificate takes it for the name of its member. */
  readonly user: string;
  readonly server: string;
  /** Empty: the certificates of the machine that reads it. */
  readonly authority: string;
  readonly insecure?: boolean;
  readonly proxyUrl?: string;
  readonly credential: { readonly certificate: string; readonly key: string } | { readonly token: string };
}

/** A kubeconfig that needs no other file. */
export function kubeconfigText(facts: KubeconfigFacts): string {
  const { cluster, user, server, authority, insecure, proxyUrl, credential } = facts;
  const trust = insecure
    ? { 'insecure-skip-tls-verify': true }
    : { ...(authority && { 'certificate-authority-data': base64(authority) }) };
  const value = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: cluster, cluster: { server, ...trust, ...(proxyUrl !== undefined && { 'proxy-url': proxyUrl }) } },
    ],
    users: [
      {
        name: user,
        user:
          'token' in credential
            ? { token: credential.token }
            : {
                'client-certificate-data': base64(credential.certificate),
                'client-key-data': base64(credential.key),
              },
      },
    ],
    contexts: [{ name: user, context: { cluster, user } }],
    'current-context': user,
  };
  return dump(value, { lineWidth: -1 });
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
