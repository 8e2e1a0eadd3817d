import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type ApiServer, Unreachable } from '../../../cli/apply/api-server';
import { issue } from '../../../cli/apply/pki/issue';
import { type Connect, Planes, type PlanesRequest } from '../../../cli/apply/planes';
import { messageOf, NOW, samplePlan, stored } from './pki/sample-plan';

let folder: string;
let secrets: Map<string, any>;

beforeAll(async () => {
  secrets = stored(await issue({ ...samplePlan(), keyPairs: [] }, new Map(), NOW));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planes-'));
  writeFileSync(
    join(folder, 'kube.yaml'),
    kubeconfig({ host: 'https://host', kmd: 'https://kmd', alias: 'https://alias' }),
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

function kubeconfig(servers: { [context: string]: string }): string {
  const names = Object.keys(servers);
  return JSON.stringify({
    clusters: names.map((name) => ({ name, cluster: { server: servers[name] } })),
    users: [{ name: 'u', user: { token: 'hunter2' } }],
    contexts: names.map((name) => ({ name, context: { cluster: name, user: 'u' } })),
    'current-context': names[0],
  });
}

/** Servers by URL: the UID of kube-system, or a status; and the Secrets on them. */
const UIDS: { [url: string]: string | number } = { 'https://host': 'h', 'https://kmd': 'k', 'https://alias': 'h' };

interface Log {
  readonly opened: string[];
  readonly closed: string[];
  readonly otherwise: (string | undefined)[];
}

function connecting(uids = UIDS, onHost: ReadonlyMap<string, any> = new Map()): { connect: Connect; log: Log } {
  const log: Log = { opened: [], closed: [], otherwise: [] };
  const connect: Connect = (plane, access, name, from, way) => {
    const url: string = access.cluster.server;
    log.opened.push(`${plane} ${url} ${name} ${from.replace(folder, '.')}`);
    log.otherwise.push(way?.otherwise);
    const server: ApiServer = {
      plane,
      url,
      name,
      request: async ({ path }) => {
        const none = { warnings: [], body: {} };
        const uid = uids[url] ?? 'other';
        if (path === '/api/v1/namespaces/kube-system') {
          return typeof uid === 'number'
            ? { ...none, status: uid }
            : { ...none, status: 200, body: { metadata: { uid } } };
        }
        const secret = onHost.get(path.split('/').at(-1) as string);
        return secret ? { ...none, status: 200, body: secret } : { ...none, status: 404 };
      },
      close: async () => {
        log.closed.push(url);
      },
    };
    return server;
  };
  return { connect, log };
}

function request(change: Partial<PlanesRequest> = {}): PlanesRequest {
  return {
    instance: 'east',
    instances: ['east'],
    needs: ['host', 'karmada'],
    flags: {},
    folder,
    workingFolder: folder,
    environment: { KUBECONFIG: 'kube.yaml', HOME: folder },
    ...change,
  };
}

test('opens what is asked for, once, and closes it', async () => {
  const { connect, log } = connecting();
  const planes = new Planes(request({ flags: { karmadaContext: 'kmd' } }), connect);
  expect(log.opened).toEqual([]);
  expect((await planes.host()).url).toBe('https://host');
  expect((await planes.karmada())?.url).toBe('https://kmd');
  expect(await planes.host()).toBe(await planes.host());
  expect(log.opened).toEqual([
    'host https://host context "host" ./kube.yaml',
    'karmada https://kmd context "kmd" ./kube.yaml',
  ]);
  await planes.close();
  expect(log.closed.sort()).toEqual(['https://host', 'https://kmd']);
});

test('a plane that no chart needs is not asked for', async () => {
  const { connect, log } = connecting();
  const flags = { karmadaContext: 'kmd', hostContext: 'not there' };
  const planes = new Planes(request({ needs: ['karmada'], flags }), connect);
  expect((await planes.karmada())?.url).toBe('https://kmd');
  expect(log.opened).toHaveLength(1);
});

test('the file next to cdk8s.yaml says where they are', async () => {
  writeFileSync(
    join(folder, 'cdk8s-karmada.yaml'),
    'planes: { east: { host: { kubeconfig: kube.yaml, context: host }, karmada: { kubeconfig: kube.yaml, context: kmd } } }',
  );
  const { connect, log } = connecting();
  const planes = new Planes(request({ environment: {} }), connect);
  expect((await planes.karmada())?.url).toBe('https://kmd');
  expect(log.opened).toHaveLength(2);
});

describe('host and Karmada being one server', () => {
  test('is known by the UID of kube-system, whatever the URLs are', async () => {
    const { connect, log } = connecting();
    const planes = new Planes(request({ flags: { karmadaContext: 'alias' } }), connect);
    expect(await messageOf(() => planes.karmada())).toBe(
      [
        'the host and Karmada are one server: https://host is https://alias',
        '  at host: context "host"; karmada: context "alias"',
        "  fix: give the context of Karmada's own API server with --karmada-context, and that of the cluster that runs it with --host-context",
      ].join('\n'),
    );
    expect(log.closed).toEqual(['https://alias']);
  });

  test('or by the URL where the UID may not be read', async () => {
    const { connect } = connecting({ 'https://host': 403 });
    const planes = new Planes(request({ flags: { karmadaContext: 'host' } }), connect);
    expect((await messageOf(() => planes.karmada())).split('\n')[0]).toBe(
      'the host and Karmada are one server: https://host',
    );
    const other = new Planes(request({ flags: { karmadaContext: 'kmd' } }), connect);
    expect((await other.karmada())?.url).toBe('https://kmd');
  });
});

const issued = () => secrets;
const none = () => new Map<string, any>();

describe('the admin Secret', () => {
  test('says where Karmada is, and how else to reach it', async () => {
    const { connect, log } = connecting(UIDS, secrets);
    const planes = new Planes(request({ needs: ['karmada'], pkiPlan: samplePlan() }), connect);
    expect((await planes.karmada())?.url).toBe('https://karmada-apiserver.karmada-system.svc.cluster.local:5443');
    expect(log.opened[1]).toBe(
      'karmada https://karmada-apiserver.karmada-system.svc.cluster.local:5443 the admin kubeconfig host: Secret/karmada-system/karmada-admin-kubeconfig',
    );
    expect(log.otherwise[1]).toBe(
      'give a context that reaches it with --karmada-context, such as one with server https://localhost:5443 while `kubectl port-forward -n karmada-system service/karmada-apiserver 5443` runs',
    );
  });

  test.each([
    [true, 'the admin kubeconfig', false],
    [false, 'the admin kubeconfig, through the host', true],
  ])('whose server has an address here: %s', async (resolves, name, dials) => {
    const { connect } = connecting(UIDS, secrets);
    const seen: unknown[] = [];
    const open: Connect = (plane, access, called, from, way) => {
      if (plane === 'karmada') seen.push(called, way?.dial !== undefined);
      const openPort = async () => new PassThrough();
      return { ...connect(plane, access, called, from, way), openPort };
    };
    const asked: string[] = [];
    const resolve = async (hostname: string) => {
      asked.push(hostname);
      return resolves;
    };
    await new Planes(request({ needs: ['karmada'], pkiPlan: samplePlan() }), open, resolve).karmada();
    expect(asked).toEqual(['karmada-apiserver.karmada-system.svc.cluster.local']);
    expect(seen).toEqual([name, dials]);
  });

  test.each([
    ['no pod is ready', {}, issued, true],
    ['it is not installed', {}, none, false],
    ['a context says where it is', { karmadaContext: 'kmd' }, issued, false],
  ])('tells whether Karmada is down: %s', async (_, flags, onHost, down) => {
    const { connect } = connecting(UIDS, onHost());
    const openPort = async () => new PassThrough();
    const open: Connect = (...given) => ({ ...connect(...given), openPort });
    expect(await new Planes(request({ flags, pkiPlan: samplePlan() }), open).isDown()).toBe(down);
  });

  test('is looked for again until it is there', async () => {
    const onHost = new Map();
    const { connect } = connecting(UIDS, onHost);
    const planes = new Planes(request({ pkiPlan: samplePlan() }), connect);
    expect(await planes.karmada()).toBeUndefined();
    onHost.set('karmada-admin-kubeconfig', secrets.get('karmada-admin-kubeconfig'));
    expect((await planes.karmada())?.plane).toBe('karmada');
  });

  test('is tried again after its server gave no answer', async () => {
    const { connect, log } = connecting(UIDS, secrets);
    let up = false;
    const flaky: Connect = (plane, ...rest) => {
      const server = connect(plane, ...rest);
      const request: ApiServer['request'] = (wanted) =>
        plane === 'karmada' && !up ? Promise.reject(new Unreachable('not yet')) : server.request(wanted);
      return { ...server, request };
    };
    const planes = new Planes(request({ pkiPlan: samplePlan() }), flaky);
    expect(await messageOf(() => planes.karmada())).toBe('not yet');
    expect(log.closed).toHaveLength(1);
    up = true;
    expect((await planes.karmada())?.plane).toBe('karmada');
  });

  test('is needed when nothing else says where Karmada is', async () => {
    expect(await messageOf(() => new Planes(request()))).toBe(
      [
        'nothing says where the Karmada of "east" is, and the input does not install it',
        '  fix: give --karmada-context, or say it in cdk8s-karmada.yaml next to cdk8s.yaml, under planes.east.karmada: {kubeconfig, context}',
      ].join('\n'),
    );
    expect(new Planes(request({ needs: ['host'] }))).toBeInstanceOf(Planes);
  });
});

test('files that are not there', async () => {
  const message = (change: Partial<PlanesRequest>) =>
    messageOf(() => new Planes(request({ needs: ['host'], ...change })).host());
  expect(await message({ flags: { hostKubeconfig: 'nowhere' } })).toBe(
    [
      `${folder}/nowhere cannot be read: it does not exist`,
      '  at --host-kubeconfig',
      '  fix: give the path of a file that can be read',
    ].join('\n'),
  );
  expect(await message({ flags: { hostKubeconfig: '.' } })).toBe(
    [
      `${folder} cannot be read: it is a folder`,
      '  at --host-kubeconfig',
      '  fix: give the path of a file that can be read',
    ].join('\n'),
  );
  expect(await message({ environment: { HOME: '/nobody' } })).toBe(
    [
      'there is no kubeconfig: /nobody/.kube/config does not exist',
      '  at the default kubeconfig',
      '  fix: name one with --host-kubeconfig, or set KUBECONFIG',
    ].join('\n'),
  );
});

test('a context that is not there, in the default files', async () => {
  const planes = new Planes(request({ needs: ['host'], flags: { hostContext: 'prod' } }), connecting().connect);
  expect(await messageOf(() => planes.host())).toBe(
    [
      `context "prod" is not in ${folder}/kube.yaml`,
      '  at --host-context',
      '  fix: choose one of its contexts with --host-context: alias, host, kmd; or add it with `kubectl config set-context`, or name the kubeconfig that has it with --host-kubeconfig',
    ].join('\n'),
  );
});
