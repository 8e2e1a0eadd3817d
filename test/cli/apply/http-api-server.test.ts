import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Credentials } from '../../../cli/apply/credentials';
import { secondsOf, warningsOf } from '../../../cli/apply/http-answer';
import { HttpApiServer } from '../../../cli/apply/http-api-server';
import { issue } from '../../../cli/apply/pki/issue';
import { messageOf, samplePlan, stored, textOf } from './pki/sample-plan';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server whose answers a test decides; counts connections. */
async function serve(answer: Answer, make: (listener: any) => Server = createServer) {
  const server = make((request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body));
  });
  const counts = { connections: 0 };
  server.on('connection', () => counts.connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return { port: (server.address() as any).port, counts };
}

const NONE: Credentials = { tls: { rejectUnauthorized: true }, headers: {} };

function client(url: string, credentials: Credentials = NONE, more: object = {}): HttpApiServer {
  const door = { plane: 'host' as const, url, name: 'context "prod"', from: 'k.yaml' };
  const source = { get: async () => credentials, renew: async () => credentials };
  const server = new HttpApiServer({ door, credentials: source, ...more });
  open.unshift(server);
  return server;
}

function json(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

test('F70 sends JSON as it is, behind a path prefix, with the credentials', async () => {
  const { port } = await serve((request, response, body) => {
    const { method, url, headers } = request;
    json(response, 200, {
      method,
      url,
      body: JSON.parse(body),
      type: headers['content-type'],
      by: headers.authorization,
    });
  });
  const server = client(`http://127.0.0.1:${port}/k8s/clusters/c1/`, {
    ...NONE,
    headers: { Authorization: 'Bearer t' },
  });
  const body = { spec: { unknownToAnyModel: [{ from: 1 }] } };
  const answer = await server.request({
    method: 'PATCH',
    path: '/api/v1/namespaces/x',
    query: { fieldManager: 'a b', force: 'false' },
    contentType: 'application/apply-patch+yaml',
    body,
  });
  expect(answer).toEqual({
    status: 200,
    body: {
      method: 'PATCH',
      url: '/k8s/clusters/c1/api/v1/namespaces/x?fieldManager=a+b&force=false',
      body,
      type: 'application/apply-patch+yaml',
      by: 'Bearer t',
    },
    warnings: [],
    retryAfter: undefined,
    date: expect.any(Number),
  });
});

test('any status is an answer: text where there is no JSON, warnings, when to come again', async () => {
  const { port } = await serve((_, response) => {
    response
      .writeHead(429, {
        'content-type': 'text/plain',
        'retry-after': '7',
        warning: ['299 - "one, \\"two\\""', '299 k "three"'] as any, // one header each
      })
      .end('Too many requests');
  });
  expect(await client(`http://127.0.0.1:${port}`).request({ method: 'GET', path: '/' })).toEqual({
    status: 429,
    body: 'Too many requests',
    warnings: ['one, "two"', 'three'],
    retryAfter: 7,
    date: expect.any(Number),
  });
});

test('packed answers are unpacked, and half an answer is told', async () => {
  const { port } = await serve((request, response) => {
    const packed = gzipSync(JSON.stringify({ items: ['x'.repeat(1000)] }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(request.url === '/whole' ? packed : packed.subarray(0, 20));
  });
  const server = client(`http://127.0.0.1:${port}`);
  expect((await server.request({ method: 'GET', path: '/whole' })).body.items[0]).toHaveLength(1000);
  expect(await messageOf(() => server.request({ method: 'GET', path: '/half' }))).toBe(
    [
      `the host at http://127.0.0.1:${port} gave no answer: unexpected end of file`,
      '  at context "prod" in k.yaml',
      '  fix: try again; if it stays so, look at the server and at what stands before it',
    ].join('\n'),
  );
});

test('many requests share few connections', async () => {
  const { port, counts } = await serve((_, response) => json(response, 200, {}));
  const server = client(`http://127.0.0.1:${port}`);
  for (let n = 0; n < 50; n++) await server.request({ method: 'GET', path: '/' });
  expect(counts.connections).toBeLessThanOrEqual(2); // the next request may come before the last has let go
  await Promise.all(Array.from({ length: 200 }, () => server.request({ method: 'GET', path: '/' })));
  expect(counts.connections).toBeLessThanOrEqual(32);
});

test('a server that does not answer, or stops in the middle, is given up on', async () => {
  const { port } = await serve((request, response) => {
    if (request.url === '/half') response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
  });
  const server = client(`http://127.0.0.1:${port}`);
  for (const path of ['/', '/half']) {
    expect(await messageOf(() => server.request({ method: 'GET', path, timeoutMs: 150 }))).toBe(
      [
        `the host at http://127.0.0.1:${port} gave no answer within 0.15 s`,
        '  at context "prod" in k.yaml',
        '  fix: try again; if it stays so, look at the server and at what stands before it',
      ].join('\n'),
    );
  }
});

test('nobody is there', async () => {
  const { port } = await serve(() => undefined);
  await open.splice(0)[0].close();
  expect(await messageOf(() => client(`http://127.0.0.1:${port}`).request({ method: 'GET', path: '/' }))).toBe(
    [
      `the host at http://127.0.0.1:${port} gave no answer: connect ECONNREFUSED 127.0.0.1:${port}`,
      '  at context "prod" in k.yaml',
      '  fix: check that the server runs and that this machine may reach it',
    ].join('\n'),
  );
});

test('a refused token is renewed once, by one of all the requests that were refused', async () => {
  const seen: string[] = [];
  const { port } = await serve((request, response) => {
    seen.push(request.headers.authorization ?? '');
    json(response, request.headers.authorization === 'new' ? 200 : 401, {});
  });
  let renewals = 0;
  let current = { ...NONE, headers: { authorization: 'old' } };
  const source = {
    get: async () => current,
    renew: async () => {
      renewals++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      current = { ...NONE, headers: { authorization: 'new' } };
      return current;
    },
  };
  const server = client(`http://127.0.0.1:${port}`, NONE, { credentials: source });
  const answers = await Promise.all(Array.from({ length: 5 }, () => server.request({ method: 'GET', path: '/' })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(renewals).toBe(1);
  expect(seen.filter((token) => token === 'old')).toHaveLength(5);
});

test('a token that is refused again is the answer', async () => {
  let asked = 0;
  const { port } = await serve((_, response) => {
    asked++;
    json(response, 401, { message: 'Unauthorized' });
  });
  expect((await client(`http://127.0.0.1:${port}`).request({ method: 'GET', path: '/' })).status).toBe(401);
  expect(asked).toBe(2);
});

test('credentials that never come are given up on', async () => {
  const never = { get: () => new Promise<never>(() => undefined), renew: () => new Promise<never>(() => undefined) };
  const server = client('http://127.0.0.1:1', NONE, { credentials: never, plugin: 'login', credentialsMs: 30 });
  expect(await messageOf(() => server.request({ method: 'GET', path: '/' }))).toBe(
    [
      'the plugin login gave no credentials for the host at http://127.0.0.1:1: nothing came within 0.03 s',
      '  at context "prod" in k.yaml',
      '  fix: install login, or log in once with `kubectl get namespaces` in this context',
    ].join('\n'),
  );
});

describe('over TLS', () => {
  let secrets: Map<string, any>;

  beforeAll(async () => {
    secrets = stored(await issue({ ...samplePlan(), keyPairs: [] }, new Map(), new Date()));
  });

  const text = (secret: string, key: string) => textOf(secrets.get(secret), key);

  const ownCertificate = () => ({
    cert: text('scheduler-client-cert', 'tls.crt'),
    key: text('scheduler-client-cert', 'tls.key'),
  });

  function serveTls() {
    const certificate = {
      ca: text('karmada-ca', 'tls.crt'),
      cert: text('karmada-apiserver-cert', 'tls.crt'),
      key: text('karmada-apiserver-cert', 'tls.key'),
      requestCert: true,
    };
    return serve(
      (request, response) =>
        json(response, 200, { by: (request.socket as any).getPeerCertificate().subject?.CN ?? null }),
      (listener) => createTlsServer(certificate, listener) as any,
    );
  }

  test('F70 shows its client certificate and verifies the server', async () => {
    const { port } = await serveTls();
    const tls = { ...ownCertificate(), ca: text('karmada-ca', 'tls.crt'), rejectUnauthorized: true };
    const answer = await client(`https://127.0.0.1:${port}`, { tls, headers: {} }).request({
      method: 'GET',
      path: '/',
    });
    expect(answer.body).toEqual({ by: 'system:karmada:karmada-scheduler' });
  });

  test('a certificate of an unknown authority is refused, and never the secret told', async () => {
    const { port } = await serveTls();
    const tls = { ca: text('etcd-ca', 'tls.crt'), rejectUnauthorized: true };
    const server = client(`https://127.0.0.1:${port}`, { tls, headers: { Authorization: 'Bearer hunter2' } });
    expect(await messageOf(() => server.request({ method: 'GET', path: '/' }))).toBe(
      [
        `the host at https://127.0.0.1:${port} gave no answer: self-signed certificate in certificate chain`,
        '  at context "prod" in k.yaml',
        "  fix: give the cluster the certificate-authority-data of this server's authority",
      ].join('\n'),
    );
  });

  test('a switch in the environment does not turn verification off, the kubeconfig does', async () => {
    const { port } = await serveTls();
    const tls = { ...ownCertificate(), ca: text('etcd-ca', 'tls.crt') };
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const strict = client(`https://127.0.0.1:${port}`, { tls: { ...tls, rejectUnauthorized: true }, headers: {} });
      expect(await messageOf(() => strict.request({ method: 'GET', path: '/' }))).toContain('self-signed certificate');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
    const careless = client(`https://127.0.0.1:${port}`, { tls: { ...tls, rejectUnauthorized: false }, headers: {} });
    expect((await careless.request({ method: 'GET', path: '/' })).status).toBe(200);
  });

  test('F70 a server with another name', async () => {
    const { port } = await serveTls();
    const tls = { ca: text('karmada-ca', 'tls.crt'), servername: 'other.example', rejectUnauthorized: true };
    const message = await messageOf(() =>
      client(`https://127.0.0.1:${port}`, { tls, headers: {} }).request({ method: 'GET', path: '/' }),
    );
    expect(message.split('\n').at(-1)).toBe(
      '  fix: use a server name that its certificate holds, or name one of them as tls-server-name of the cluster',
    );
  });

  test('F70 goes through the proxy of the kubeconfig', async () => {
    const { port } = await serveTls();
    const { port: proxyPort, counts } = await serveProxy();
    const tls = { ...ownCertificate(), ca: text('karmada-ca', 'tls.crt'), rejectUnauthorized: true };
    const proxyUrl = `http://127.0.0.1:${proxyPort}`;
    const server = client(`https://localhost:${port}`, { tls, headers: {} }, { proxyUrl });
    expect((await server.request({ method: 'GET', path: '/' })).status).toBe(200);
    expect(counts.tunnels).toEqual([`localhost:${port}`]);
  });
});

async function serveProxy() {
  const counts = { tunnels: [] as string[] };
  const server = createServer();
  const sockets: any[] = [];
  server.on('connect', (request, socket) => {
    counts.tunnels.push(String(request.url));
    const upstream = connect(Number(String(request.url).split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(socket, upstream);
    for (const one of [socket, upstream]) one.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return { port: (server.address() as any).port, counts };
}

test('a proxy of a kind that is not known', async () => {
  expect(await messageOf(() => client('https://x', NONE, { proxyUrl: 'ftp://ada:hunter2@p' }))).toBe(
    [
      'proxy-url of context "prod" has the scheme "ftp"',
      '  at k.yaml',
      '  fix: use a proxy that speaks http, https or socks5',
    ].join('\n'),
  );
});

test('headers that say nothing', () => {
  expect(warningsOf(undefined)).toEqual([]);
  expect(warningsOf('nonsense')).toEqual([]);
  expect(secondsOf('Wed, 21 Oct 2026 07:28:00 GMT')).toBeUndefined();
  expect(secondsOf(undefined)).toBeUndefined();
});
