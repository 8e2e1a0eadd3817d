import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request as send } from 'node:https';
import type { Socket } from 'node:net';
import type { TestServer } from './testbed';

/** One request as it came to the proxy. */
export interface Seen {
  /** 1 for the first since the rule was set. */
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: any;
  readonly headers: IncomingHttpHeaders;
  /** What the client got; undefined when it got nothing. */
  status?: number;
  /** Milliseconds since the proxy began. */
  readonly atMs: number;
}

/** An answer of the real server, or one that the proxy makes up. */
export interface Answer {
  readonly status: number;
  readonly headers?: IncomingHttpHeaders | { readonly [name: string]: string };
  readonly body: Buffer | string | object;
}

/** What happens to one request. Nothing: it is handed on, and so is the answer. */
export interface Fault {
  /** Waits this long before it is handed on. */
  readonly delayMs?: number;
  /** The connection ends before the server has seen the request. */
  readonly drop?: true;
  /** The server sees the request, and the connection ends before the answer. */
  readonly cut?: true;
  /** The server sees the request, and its answer never comes. */
  readonly hang?: true;
  /** Only so many bytes of the body of the answer come, then the connection ends. */
  readonly truncate?: number;
  /** Waits so long with the answer: later ones overtake it. */
  readonly holdMs?: number;
  /** The proxy answers; the server never sees the request. */
  readonly answer?: Answer;
  /** The client gets this instead of what the server answered. */
  readonly lie?: (answer: {
    readonly status: number;
    readonly body: any;
    readonly headers: IncomingHttpHeaders;
  }) => Answer;
}

export type Rule = (seen: Seen) => Fault | undefined | Promise<Fault | undefined>;

/** A proxy on 127.0.0.1 before a real API server, that does what a test's rule says. */
export interface FaultProxy {
  readonly url: string;
  /** Every request since the last rule was set. */
  readonly seen: readonly Seen[];
  /** Most requests in flight at a time since the last rule was set. */
  readonly most: number;
  /** From now on this happens to requests; they are counted from 1 again. */
  rule(rule?: Rule): void;
  /** Ends all connections and takes no new ones for so long, as a server that starts anew. */
  restart(awayMs: number): Promise<void>;
  close(): Promise<void>;
}

export async function faultProxy(server: Pick<TestServer, 'url' | 'kubeconfig'>): Promise<FaultProxy> {
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  const ca = Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64');
  const agent = new Agent({ ca, keepAlive: true });
  const sockets = new Set<Socket>();
  const begun = Date.now();
  let rule: Rule = () => undefined;
  let seen: Seen[] = [];
  let inFlight = 0;
  let most = 0;

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await whole(incoming);
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://proxy');
    const entry: Seen = {
      n: seen.length + 1,
      method: incoming.method ?? '',
      path: pathname,
      query: searchParams,
      body: parsed(body),
      headers: incoming.headers,
      atMs: Date.now() - begun,
    };
    seen.push(entry);
    most = Math.max(most, ++inFlight);
    try {
      const fault = (await rule(entry)) ?? {};
      if (fault.delayMs) await sleep(fault.delayMs);
      if (fault.drop) return void incoming.socket.destroy();
      if (searchParams.has('watch') && !fault.answer) {
        return await stream(server.url, agent, incoming, outgoing, (status) => {
          entry.status = status;
        });
      }
      const answered = fault.answer ?? (await forward(server.url, agent, incoming, body));
      if (fault.hang) return;
      if (fault.holdMs) await sleep(fault.holdMs);
      if (fault.cut) return void incoming.socket.destroy();
      const answer = fault.lie ? fault.lie({ ...(answered as any), body: parsed(answered.body as Buffer) }) : answered;
      entry.status = answer.status;
      give(outgoing, answer, fault.truncate);
    } catch {
      incoming.socket.destroy(); // the server is not there
    } finally {
      inFlight--;
    }
  };

  const listener = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  listener.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(listener.address() as any).port}`,
    get seen() {
      return seen;
    },
    get most() {
      return most;
    },
    rule: (next = () => undefined) => {
      rule = next;
      seen = [];
      most = 0;
    },
    restart: async (awayMs) => {
      const { port } = listener.address() as any;
      const closed = new Promise((resolve) => listener.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await sleep(awayMs);
      await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
    },
    close: async () => {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function optionsOf(incoming: IncomingMessage, agent: Agent) {
  const { host: _, connection: _connection, ...headers } = incoming.headers;
  return { method: incoming.method, agent, headers: { ...headers, 'accept-encoding': 'identity' } };
}

/** Hands a watch on line by line, until one of the two ends it. */
function stream(
  url: string,
  agent: Agent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: (status: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const upstream = send(`${url}${incoming.url}`, optionsOf(incoming, agent), (answer) => {
      answered(answer.statusCode ?? 0);
      const { 'content-type': type = 'application/json' } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 0, { 'content-type': type });
      outgoing.flushHeaders();
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    upstream.on('error', reject);
    outgoing.on('close', () => {
      upstream.destroy();
      resolve();
    });
    upstream.end();
  });
}

function forward(url: string, agent: Agent, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = send(`${url}${incoming.url}`, optionsOf(incoming, agent), (answer) => {
      whole(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function give(outgoing: ServerResponse, { status, headers, body }: Answer, truncate: number | undefined): void {
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = Buffer.from(isText ? (body as string) : JSON.stringify(body));
  const { 'content-length': _, 'transfer-encoding': _encoding, connection: _connection, ...rest } = headers ?? {};
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  outgoing.writeHead(status, {
    date: new Date().toUTCString(),
    'content-type': type,
    ...rest,
    ...(headers?.connection === 'close' && { connection: 'close' }),
    'content-length': bytes.length,
  } as any);
  if (truncate === undefined) return void outgoing.end(bytes);
  outgoing.write(bytes.subarray(0, truncate), () => outgoing.socket?.destroy());
}

async function whole(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parsed(body: Buffer | string | object): any {
  try {
    return JSON.parse(String(body));
  } catch {
    return String(body);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
