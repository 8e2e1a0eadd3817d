import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { attempt } from '../../../cli/apply/attempt';
import { HttpApiServer } from '../../../cli/apply/http-api-server';
import { issue } from '../../../cli/apply/pki/issue';
import { PortForward } from '../../../cli/apply/port-forward';
import { messageOf, samplePlan, stored, textOf } from './pki/sample-plan';
import { PortHost } from './port-host';

const KARMADA = 'https://karmada-apiserver.karmada-system.svc:5443';
const SERVICE = { namespace: 'karmada-system', name: 'karmada-apiserver', port: 5443 };
const READY = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
const PORTS = { spec: { containers: [{ ports: [{ name: 'https', containerPort: 5443 }] }] } };

let secrets: Map<string, any>;
let karmada: Server;
let host: PortHost;
let server: HttpApiServer;
const open: { close(): unknown }[] = [];

function text(secret: string, key: string): string {
  return textOf(secrets.get(secret), key);
}

function pod(name: string, more: object = READY): any {
  return { metadata: { name }, ...PORTS, ...more };
}

beforeAll(async () => {
  secrets = stored(await issue({ ...samplePlan(), keyPairs: [] }, new Map(), new Date()));
});

beforeEach(async () => {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { authorized } = request.socket as any;
      const sent = Buffer.concat(chunks).length;
      const body = JSON.stringify({ url: request.url, authorized, sent, back: 'b'.repeat(sent) });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  };
  const own = { key: text('karmada-apiserver-cert', 'tls.key'), cert: text('karmada-apiserver-cert', 'tls.crt') };
  karmada = createServer({ ...own, ca: text('karmada-ca', 'tls.crt'), requestCert: true }, answer) as any;
  await new Promise<void>((resolve) => karmada.listen(0, '127.0.0.1', resolve));
  host = new PortHost((karmada.address() as any).port);
  host.pods = [pod('api-0')];
  const url = await host.listen();
  const credentials = { tls: { rejectUnauthorized: true }, headers: { Authorization: 'Bearer t' } };
  const source = (found: any) => ({ get: async () => found, renew: async () => found });
  const gateway = new HttpApiServer({
    door: { plane: 'host', url, name: 'context "prod"', from: 'k.yaml' },
    credentials: source(credentials),
  });
  const forward = new PortForward(gateway, SERVICE);
  const tls = {
    ca: text('karmada-ca', 'tls.crt'),
    cert: text('scheduler-client-cert', 'tls.crt'),
    key: text('scheduler-client-cert', 'tls.key'),
    rejectUnauthorized: true,
  };
  server = new HttpApiServer({
    door: { plane: 'karmada', url: KARMADA, name: 'the admin kubeconfig, through the host', from: 'host: Secret/x' },
    credentials: source({ tls, headers: {} }),
    dial: () => forward.connect(),
  });
  open.push(server, gateway);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await host.close();
  karmada.closeAllConnections();
  await new Promise((resolve) => karmada.close(resolve));
});

const GET = { method: 'GET', path: '/readyz' } as const;

test('a server that only pods know the name of is asked through its host', async () => {
  expect(await server.request(GET)).toMatchObject({
    status: 200,
    body: { url: '/readyz', authorized: true, sent: 0 },
  });
  expect(host.asked).toEqual(['api-0/portforward?ports=5443']);
});

test('what goes through may be large, and many requests go at a time', async () => {
  const body = 'x'.repeat(3 * 1024 * 1024);
  const post = { method: 'POST', path: '/many', body } as const;
  const answers = await Promise.all([1, 2, 3, 4].map(() => server.request(post)));
  expect(answers.map(({ body: { sent, back } }) => [sent, back.length])).toEqual(
    answers.map(() => [body.length + 2, body.length + 2]),
  );
});

test('the pod that is asked is ready, and another one when it is gone', async () => {
  host.pods = [pod('leaving', { ...READY, metadata: { name: 'leaving', deletionTimestamp: 'now' } }), pod('api-0')];
  host.pods.unshift(pod('starting', { status: { conditions: [{ type: 'Ready', status: 'False' }] } }));
  await server.request(GET);
  host.pods = [pod('api-1')];
  host.cut();
  expect((await attempt(server, GET, {})).status).toBe(200);
  expect(host.asked).toEqual(['api-0/portforward?ports=5443', 'api-1/portforward?ports=5443']);
});

test('that no pod is ready is said in words', async () => {
  host.pods = [];
  expect(await messageOf(() => server.request(GET))).toBe(
    `Karmada at ${KARMADA} gave no answer: no pod of Service karmada-system/karmada-apiserver on the host is ready
  at the admin kubeconfig, through the host in host: Secret/x
  fix: try again; if it stays so, look at the server and at what stands before it`,
  );
});

test('a Service is down when none of its pods is ready', async () => {
  const forward = new PortForward(open[1] as HttpApiServer, SERVICE);
  expect(await forward.isDown()).toBe(false);
  host.pods = [pod('api-0', { status: { conditions: [{ type: 'Ready', status: 'False' }] } })];
  expect(await forward.isDown()).toBe(true);
});

test('that the user may not forward ports is said in words of the host', async () => {
  host.refusal = 403;
  expect(await messageOf(() => server.request(GET))).toContain(
    'the host does not forward port 5443 of pod karmada-system/api-0: pods "api-0" is forbidden: User "ann" cannot get resource "pods/portforward"',
  );
});

test('what kubelet says is handed on', async () => {
  host.trouble = 'error forwarding port 5443 to pod: connection refused';
  expect(await messageOf(() => server.request(GET))).toContain('connection refused');
});
