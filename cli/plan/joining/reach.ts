import type { Trouble } from '../../../src/core/private/trouble';

/** How Karmada gets to a member. */
export interface Reach {
  /** URL of its API server, as Karmada calls it. */
  readonly endpoint: string;
  /** Certificates (PEM) that verify it; empty: those of Karmada's own machine. */
  readonly authority: string;
  /** Its certificate is not verified at all. */
  readonly insecure: boolean;
  /** The proxy on the way, which may hold a password. */
  readonly proxyUrl?: string;
}

/** What a person says of the way, and what the kubeconfig of the member does. */
export interface ReachRequest {
  /** The cluster of the context, in a kubeconfig's own words. */
  readonly cluster: any;
  /** Certificates (PEM) that this command has verified it with; undefined: those of this machine. */
  readonly authority?: string;
  readonly endpoint?: string;
  readonly proxyUrl?: string;
}

/** The way that Karmada takes to a member: that of the kubeconfig, unless a person says another. */
export function reachOf({ cluster, authority, endpoint, proxyUrl }: ReachRequest): Reach {
  const proxy = proxyUrl ?? cluster['proxy-url'];
  return {
    endpoint: (endpoint ?? cluster.server).replace(/\/+$/, ''),
    authority: authority ?? '',
    insecure: cluster['insecure-skip-tls-verify'] === true,
    ...(proxy === undefined ? {} : { proxyUrl: proxy }),
  };
}

/** What Karmada cannot do with such a way. */
export function reachTroubles({ cluster, endpoint, proxyUrl }: ReachRequest): Trouble[] {
  const found: Trouble[] = [];
  if (endpoint !== undefined && !isUrl(endpoint, ['https:', 'http:'])) {
    found.push({ what: 'the endpoint is no URL', at: '--member-endpoint', fix: 'write https://host:port' });
  }
  if (proxyUrl !== undefined && !isUrl(proxyUrl, PROXIES)) {
    found.push({
      what: 'the proxy is no URL of a proxy',
      at: '--proxy-url',
      fix: 'write http://host:port, https or socks5',
    });
  }
  if (cluster['tls-server-name'] && endpoint === undefined) {
    found.push({
      what: `the kubeconfig verifies the member as "${cluster['tls-server-name']}", and Karmada verifies it by the name in its URL`,
      at: cluster.server,
      fix: 'give a URL whose host is in the certificate of the member with --member-endpoint',
    });
  }
  return found;
}

const PROXIES = ['http:', 'https:', 'socks5:'];

/** What a person should know of the way before it is taken. */
export function reachWarnings({ endpoint, insecure, proxyUrl }: Reach): string[] {
  const { hostname, username, password } = new URL(endpoint);
  return [
    ...(isLoopback(hostname)
      ? [
          `${endpoint} is this machine to whoever asks: unless Karmada runs here, give what it can reach with --member-endpoint`,
        ]
      : []),
    ...(insecure
      ? ['the kubeconfig does not verify the member, and so Karmada will not: whoever is between them can act as it']
      : []),
    ...(username || password || (proxyUrl !== undefined && new URL(proxyUrl).password)
      ? ['the URL of the proxy holds a password, which everybody who may read Clusters on Karmada can read']
      : []),
  ];
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  try {
    return protocols.includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
