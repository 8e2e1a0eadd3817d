import type { Duplex } from 'node:stream';
import { WebSocket } from 'undici';
import { printable } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiRequest, ApiResponse, ApiServer, Plane, PodPort } from './api-server';
import { Connections } from './connections';
import { type CredentialSource, type Credentials, KubeconfigCredentials } from './credentials';
import { dateOf, eachLine, parsed, secondsOf, unpacked, warningsOf } from './http-answer';
import type { Access } from './kubeconfig';
import { PORT_PROTOCOL, PodStream } from './pod-stream';
import { type Door, noAnswer, noCredentials, tooLate } from './unreachable';

const REQUEST_MS = 30_000;
/** A login in a browser may take a while. */
const CREDENTIALS_MS = 120_000;

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

/** One API server over HTTP: JSON as it is, one pool of kept-alive connections, and an end to every wait. */
export class HttpApiServer implements ApiServer {
  readonly plane: Plane;
  readonly url: string;
  readonly name: string;
  private readonly origin: string;
  private readonly basePath: string;
  private readonly connections: Connections;
  private renewing?: Promise<Credentials>;

  constructor(private readonly transport: Transport) {
    const { door, proxyUrl, dial } = transport;
    const { origin, pathname } = new URL(door.url);
    this.plane = door.plane === 'member' ? 'host' : door.plane; // a cluster that runs pods, as a host is
    this.url = door.url;
    this.name = door.name;
    this.origin = origin;
    this.basePath = pathname.replace(/\/+$/, ''); // some servers stand behind a path prefix
    refuseUnknownProxy(transport);
    this.connections = new Connections({ origin, proxyUrl, dial });
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
      const response = await this.connections.forWatches(tls).request({
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
      dispatcher: this.connections.forWatches(tls),
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

  close(): Promise<void> {
    return this.connections.close();
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
      const response = await this.connections.forRequests(credentials.tls).request({
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
