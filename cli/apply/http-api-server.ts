import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Agent, type buildConnector, type Dispatcher, EnvHttpProxyAgent, ProxyAgent, WebSocket } from 'undici';
import { printable } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiRequest, ApiResponse, ApiServer, Plane, PodPort } from './api-server';
import { type CredentialSource, type Credentials, KubeconfigCredentials } from './credentials';
import { dateOf, eachLine, LARGEST, parsed, secondsOf, unpacked, warningsOf } from './http-answer';
import type { Access } from './kubeconfig';
import { PORT_PROTOCOL, PodStream } from './pod-stream';
import { type Door, noAnswer, noCredentials, tooLate } from './unreachable';

const CONNECT_MS = 10_000;
const REQUEST_MS = 30_000;
/** A login in a browser may take a while. */
const CREDENTIALS_MS = 120_000;
/** Connections at a time; more requests than this wait for one. */
const CONNECTIONS = 32;

/** What a transport needs to know. */
export interface Transport {
  readonly door: Door;
  readonly credentials: CredentialSource;
  /** HTTP or SOCKS5 proxy of the kubeconfig; the environment's otherwise. */
  readonly proxyUrl?: string;
  /** Exec plugin of the user, for the words of an error. */
  readonly plugin?: string;
  /** @default 120000 */
  readonly credentialsMs?: number;
  /** Makes its connections, where the network does not. */
  readonly dial?: () => Promise<Duplex>;
}

/** What else is known of a way to a server. */
export interface Way {
  /** What else the user may do when it cannot be reached. */
  readonly otherwise?: string;
  readonly dial?: Transport['dial'];
}

/** The server of a context. */
export function connect(
  plane: Door['plane'],
  access: Access,
  name: string,
  from: string,
  way: Way = {},
): HttpApiServer {
  const url = access.cluster.server.replace(/\/+$/, '');
  return new HttpApiServer({
    door: { plane, url, name, from, otherwise: way.otherwise },
    credentials: new KubeconfigCredentials(access),
    proxyUrl: access.cluster['proxy-url'],
    plugin: access.user.exec?.command,
    dial: way.dial,
  });
}

interface Pool {
  readonly dispatcher: Dispatcher;
  readonly tls: Credentials['tls'];
}

/** One API server over HTTP: JSON as it is, one pool of kept-alive connections, and an end to every wait. */
export class HttpApiServer implements ApiServer {
  readonly plane: Plane;
  readonly url: string;
  readonly name: string;
  private readonly origin: string;
  private readonly basePath: string;
  private pool?: Pool;
  /** Watches have connections of their own: they would keep those of the others busy. */
  private watches?: Pool;
  private renewing?: Promise<Credentials>;

  constructor(private readonly transport: Transport) {
    const { door } = transport;
    const { origin, pathname } = new URL(door.url);
    this.plane = door.plane === 'member' ? 'host' : door.plane; // a cluster that runs pods, as a host is
    this.url = door.url;
    this.name = door.name;
    this.origin = origin;
    this.basePath = pathname.replace(/\/+$/, ''); // some servers stand behind a path prefix
    refuseUnknownProxy(transport);
  }

  async request(request: ApiRequest): Promise<ApiResponse> {
    const credentials = await this.credentials(() => this.transport.credentials.get());
    const response = await this.send(request, credentials);
    if (response.status !== 401) return response;
    return this.send(request, await this.renewed(credentials));
  }

  async watch(request: ApiRequest, line: (value: any) => void, signal: AbortSignal): Promise<ApiResponse> {
    const { door } = this.transport;
    const { headers, tls } = await this.credentials(() => this.transport.credentials.get());
    try {
      const response = await this.longLived(tls).request({
        origin: this.origin,
        path: this.pathOf(request),
        method: 'GET',
        headers: { ...headers, accept: 'application/json', 'user-agent': 'cdk8s-karmada' },
        headersTimeout: REQUEST_MS,
        bodyTimeout: 0, // whoever watches knows how long silence is normal
        signal,
      });
      const { statusCode: status, headers: answered, body } = response;
      const warnings = warningsOf(answered.warning);
      if (status !== 200) return { status, body: parsed(await body.text(), answered['content-type']), warnings };
      await eachLine(body, line);
      return { status, body: undefined, warnings };
    } catch (error: any) {
      if (signal.aborted) return { status: 200, body: undefined, warnings: [] };
      throw noAnswer(door, error);
    }
  }

  async openPort({ namespace, pod, port }: PodPort): Promise<Duplex> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
    const request: ApiRequest = { method: 'GET', path, query: { ports: `${port}` } };
    const { headers, tls } = await this.credentials(() => this.transport.credentials.get());
    const socket = new WebSocket(this.origin.replace(/^http/, 'ws') + this.pathOf(request), {
      protocols: PORT_PROTOCOL,
      dispatcher: this.longLived(tls),
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
    });
    if (isOpen) return new PodStream(socket);
    // a WebSocket does not say why it was refused; the same request without one does
    const { status, body } = await this.request(request);
    const words = status === 403 ? printable(String(body?.message ?? body)) : `it answered ${status}`;
    throw new Error(`the host does not forward port ${port} of pod ${namespace}/${pod}: ${words}`);
  }

  async authority(): Promise<string | undefined> {
    const { tls } = await this.credentials(() => this.transport.credentials.get());
    return tls.ca?.toString('utf8');
  }

  async close(): Promise<void> {
    const { pool, watches } = this;
    this.pool = undefined;
    this.watches = undefined;
    await Promise.all([pool?.dispatcher.destroy(), watches?.dispatcher.destroy()]);
  }

  private pathOf({ path, query }: ApiRequest): string {
    return this.basePath + path + (query ? `?${new URLSearchParams(query)}` : '');
  }

  /** New credentials after a refusal; of several requests refused at one time only one asks for them. */
  private async renewed(refused: Credentials): Promise<Credentials> {
    const current = await this.credentials(() => this.transport.credentials.get());
    if (current !== refused) return current;
    this.renewing ??= this.credentials(() => this.transport.credentials.renew()).finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  private async credentials(ask: () => Promise<Credentials>): Promise<Credentials> {
    const { door, plugin, credentialsMs = CREDENTIALS_MS } = this.transport;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing came within ${credentialsMs / 1000} s`)), credentialsMs);
    });
    try {
      return await Promise.race([ask(), late]);
    } catch (error) {
      throw noCredentials(door, error, plugin);
    } finally {
      clearTimeout(timer);
    }
  }

  private async send(request: ApiRequest, credentials: Credentials): Promise<ApiResponse> {
    const { door } = this.transport;
    const timeoutMs = request.timeoutMs ?? REQUEST_MS;
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    try {
      const response = await this.dispatcher(credentials).request({
        origin: this.origin,
        path: this.pathOf(request),
        method: request.method,
        headers: {
          ...credentials.headers,
          accept: request.accept ?? 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'cdk8s-karmada',
          ...(body !== undefined && { 'content-type': request.contentType ?? 'application/json' }),
        },
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return {
        status: response.statusCode,
        body: parsed(await unpacked(response), response.headers['content-type']),
        warnings: warningsOf(response.headers.warning),
        retryAfter: secondsOf(response.headers['retry-after']),
        date: dateOf(response.headers.date),
      };
    } catch (error: any) {
      const late = ['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'].includes(error?.name);
      throw late ? tooLate(door, timeoutMs / 1000) : noAnswer(door, error);
    }
  }

  /** The pool of what lasts, each with a connection of its own. */
  private longLived(tls: Credentials['tls']): Dispatcher {
    if (this.watches && sameTls(this.watches.tls, tls)) return this.watches.dispatcher;
    void this.watches?.dispatcher.close();
    this.watches = { dispatcher: this.newPool(tls, null), tls };
    return this.watches.dispatcher;
  }

  /** The pool; a new one when the certificates have changed. */
  private dispatcher({ tls }: Credentials): Dispatcher {
    if (this.pool && sameTls(this.pool.tls, tls)) return this.pool.dispatcher;
    void this.pool?.dispatcher.close(); // lets what is in flight end
    this.pool = { dispatcher: this.newPool(tls, CONNECTIONS), tls };
    return this.pool.dispatcher;
  }

  private newPool(tls: Credentials['tls'], connections: number | null): Dispatcher {
    const options = {
      connections,
      connect: { ...tls, timeout: CONNECT_MS, keepAlive: true, keepAliveInitialDelay: 30_000 },
      keepAliveTimeout: 60_000,
      maxResponseSize: LARGEST,
    };
    const viaProxy = { ...options, requestTls: { ...tls, timeout: CONNECT_MS }, proxyTls: { timeout: CONNECT_MS } };
    const { proxyUrl, dial } = this.transport;
    if (dial) return new Agent({ ...options, connect: connectorOver(dial, tls) });
    if (proxyUrl) return new ProxyAgent({ ...viaProxy, uri: proxyUrl });
    if (environmentHasProxy() && !isLoopback(new URL(this.origin).hostname)) return new EnvHttpProxyAgent(viaProxy);
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

function refuseUnknownProxy({ door, proxyUrl }: Transport): void {
  if (!proxyUrl || /^(https?|socks5?):\/\//.test(proxyUrl)) return;
  const scheme = proxyUrl.split(':')[0];
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `proxy-url of ${door.name} has the scheme "${scheme}"`,
      at: door.from,
      fix: 'use a proxy that speaks http, https or socks5',
    },
  ]);
}
