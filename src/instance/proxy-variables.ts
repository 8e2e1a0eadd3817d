import { isIP, isIPRange } from '../core/private/addresses';
import { isDnsSubdomain } from '../core/private/names';
import type { Trouble } from '../core/private/trouble';
import type { OutboundProxyOptions } from './outbound-proxy';

/** What is wrong with a proxy. */
export function proxyTroubles(at: string, options?: OutboundProxyOptions): Trouble[] {
  if (!options) return [];
  const { url, noProxy = [] } = options;
  const fix = 'write it like http://proxy.example.com:3128';
  const found: Trouble[] = [];
  const read = URL.canParse(url) ? new URL(url) : undefined;
  if (read?.username || read?.password) {
    const what = 'url of proxy must have no user and no password: the output is for everybody to read';
    found.push({ what, at, fix: 'let the proxy know the pods by their addresses' });
  } else if (!read || !/^(https?|socks5):\/\/[^/?#]+\/?$/.test(url)) {
    found.push({
      what: `url of proxy must be an http, https or socks5 URL of a host and a port alone, got "${url}"`,
      at,
      fix,
    });
  }
  const isPlace = (text: string) => isIP(text) || isIPRange(text) || isDnsSubdomain(text.replace(/^\*?\./, ''));
  return [
    ...found,
    ...noProxy
      .filter((text) => !isPlace(text))
      .map((text) => ({
        what: `noProxy has "${text}", which is no name, address or range`,
        at,
        fix: 'write it like .example.com, db.example.com or 10.0.0.0/8, each an item of its own',
      })),
  ];
}

/** The proxy as a container is told, in the words that Go programs read. */
export function proxyVariables(options: OutboundProxyOptions | undefined, inside: readonly string[]): any[] {
  if (!options) return [];
  const url = options.url.replace(/\/$/, '');
  const noProxy = [...new Set(['localhost', '127.0.0.1', ...inside, ...(options.noProxy ?? [])])].join(',');
  return [
    { name: 'HTTP_PROXY', value: url },
    { name: 'HTTPS_PROXY', value: url },
    { name: 'NO_PROXY', value: noProxy },
  ];
}
