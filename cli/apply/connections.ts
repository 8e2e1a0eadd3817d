import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Agent, type buildConnector, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import type { Credentials } from './credentials';
import { LARGEST } from './http-answer';

const CONNECT_MS = 10_000;
/** Connections at a time; more requests than this wait for one. */
const AT_A_TIME = 32;

/** The way to a server. */
export interface Route {
  readonly origin: string;
  /** HTTP or SOCKS5 proxy of the kubeconfig; the environment's otherwise. */
  readonly proxyUrl?: string;
  /** Makes its connections, where the network does not. */
  readonly dial?: () => Promise<Duplex>;
}

interface Pool {
  readonly dispatcher: Dispatcher;
  readonly tls: Credentials['tls'];
}

/** The kept-alive connections to one server: made anew when the certificates have changed. */
export class Connections {
  private requests?: Pool;
  /** They would keep those of the others busy. */
  private lasting?: Pool;

  constructor(private readonly route: Route) {}

  forRequests(tls: Credentials['tls']): Dispatcher {
    this.requests = this.poolFor(tls, this.requests, AT_A_TIME);
    return this.requests.dispatcher;
  }

  /** For what lasts: each has a connection of its own. */
  forWatches(tls: Credentials['tls']): Dispatcher {
    this.lasting = this.poolFor(tls, this.lasting, null);
    return this.lasting.dispatcher;
  }

  async close(): Promise<void> {
    const { requests, lasting } = this;
    this.requests = undefined;
    this.lasting = undefined;
    await Promise.all([requests?.dispatcher.destroy(), lasting?.dispatcher.destroy()]);
  }

  private poolFor(tls: Credentials['tls'], before: Pool | undefined, connections: number | null): Pool {
    if (before && sameTls(before.tls, tls)) return before;
    void before?.dispatcher.close(); // lets what is in flight end
    return { dispatcher: this.dispatcher(tls, connections), tls };
  }

  private dispatcher(tls: Credentials['tls'], connections: number | null): Dispatcher {
    const { origin, proxyUrl, dial } = this.route;
    const options = {
      connections,
      connect: { ...tls, timeout: CONNECT_MS, keepAlive: true, keepAliveInitialDelay: 30_000 },
      keepAliveTimeout: 60_000,
      maxResponseSize: LARGEST,
    };
    const viaProxy = { ...options, requestTls: { ...tls, timeout: CONNECT_MS }, proxyTls: { timeout: CONNECT_MS } };
    if (dial) return new Agent({ ...options, connect: connectorOver(dial, tls) });
    if (proxyUrl) return new ProxyAgent({ ...viaProxy, uri: proxyUrl });
    if (environmentHasProxy() && !isLoopback(new URL(origin).hostname)) return new EnvHttpProxyAgent(viaProxy);
    return new Agent(options);
  }
}

/** TLS over connections that are made in another way than by a network's address. */
function connectorOver(dial: () => Promise<Duplex>, tls: Credentials['tls']): buildConnector.connector {
  return ({ hostname, servername }, done) => {
    dial().then(
      (socket) => {
        const name = tls.servername || servername || hostname;
        const secure = connectTls({ ...tls, socket, servername: name, ALPNProtocols: ['http/1.1'] });
        const failed = (error: Error) => {
          secure.destroy();
          done(error, null);
        };
        secure.once('error', failed);
        secure.setTimeout(CONNECT_MS, () => failed(new Error(`no TLS connection within ${CONNECT_MS / 1000} s`)));
        secure.once('secureConnect', () => {
          secure.setTimeout(0);
          secure.off('error', failed);
          done(null, secure);
        });
      },
      (error) => done(error, null),
    );
  };
}

function sameTls(one: Credentials['tls'], other: Credentials['tls']): boolean {
  const same = (part: 'ca' | 'cert' | 'key') => one[part]?.toString('latin1') === other[part]?.toString('latin1');
  return one === other || (same('ca') && same('cert') && same('key'));
}

/** Does the environment name a proxy? */
export function environmentHasProxy(): boolean {
  return ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].some((name) => process.env[name]);
}

/** This machine is never reached through a proxy. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
