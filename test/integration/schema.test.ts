import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import type { Schema } from '../../src/schema/facts';
import { KINDS, schemaOf } from '../../src/schema/kinds';
import { admissionVectors } from '../golden/admission';
import { sampleObject } from '../schema/sample';
import { shared } from '../shared';
import { startApiServer, type TestServer } from './testbed';

const upstream = shared('karmada/v1.18.2/crds/bases');

/** What a server says to one object that it does not keep. */
interface Verdict {
  readonly code: number;
  readonly body: any;
}

/** What two servers say alike: without what is a server's own, and complaints in one order, as a server has none. */
function comparable({ metadata, message, details, ...rest }: any): any {
  const { uid: _, creationTimestamp: __, managedFields: ___, ...kept } = metadata;
  if (message === undefined) return { metadata: kept, ...rest };
  const parts = message
    .replace(/[[\]]/g, '')
    .split(/ is invalid: |, /)
    .sort();
  const causes = details?.causes?.map((cause: any) => JSON.stringify(cause)).sort();
  return { message: parts, ...details, causes, ...rest };
}

/** Creates objects on a server by dry run, with strict validation, over connections that stay open. */
class DryRun {
  private readonly agent: Agent;
  private readonly token: string;

  constructor(private readonly server: TestServer) {
    const { clusters, users } = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
    const ca = Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64');
    this.agent = new Agent({ ca, keepAlive: true, maxSockets: 8 });
    this.token = users[0].user.token;
  }

  create(object: any): Promise<Verdict> {
    const { plural, namespaced } = schemaOf(object.apiVersion, object.kind) as any;
    const folder = `/apis/${object.apiVersion}${namespaced ? `/namespaces/${object.metadata.namespace}` : ''}/${plural}`;
    const url = `${this.server.url}${folder}?dryRun=All&fieldValidation=Strict`;
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(url, { agent: this.agent, method: 'POST', headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
          resolve({ code: answer.statusCode ?? 0, body: comparable(body) });
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(object));
    });
  }

  createAll(objects: readonly any[]): Promise<Verdict[]> {
    return Promise.all(objects.map((object) => this.create(object)));
  }

  close(): void {
    this.agent.destroy();
  }
}

/** A copy of `object` with the value at `path` replaced, or taken out. */
function changed(object: any, path: readonly (string | number)[], ...value: any[]): any {
  const copy = structuredClone(object);
  const last = path[path.length - 1];
  const parent = path.slice(0, -1).reduce((at, step) => at[step], copy);
  if (value.length > 0) parent[last] = value[0];
  else delete parent[last];
  return copy;
}

/** One object for every way in which a part of a schema can be missed by a little; parts that were `seen` are left out. */
function* mistakes(
  object: any,
  schema: Schema,
  seen: Set<string>,
  path: readonly (string | number)[] = [],
): Generator<any> {
  const { properties = {}, items, additionalProperties } = schema;
  const part = JSON.stringify(schema);
  if (seen.has(part)) return;
  seen.add(part);
  for (const [name, inner] of Object.entries(properties)) {
    if (path.length === 0 && ['apiVersion', 'kind', 'metadata', 'status'].includes(name)) continue;
    const at = [...path, name];
    yield changed(object, at);
    yield changed(object, at, null);
    yield changed(object, at, inner.type === 'string' ? 7 : 'text');
    if (inner.type === 'string') yield* ['', 'x'.repeat(40), 'not a:value'].map((text) => changed(object, at, text));
    if (inner.type === 'integer') yield* [-1, 0, 33, 2 ** 33, 1.5].map((number) => changed(object, at, number));
    if (inner['x-kubernetes-int-or-string']) yield* [5, '1e3', 'much'].map((amount) => changed(object, at, amount));
    if (inner.type === 'array') yield changed(object, at, []);
    if (inner.type === 'object') yield* [{}, { novelty: 1 }].map((empty) => changed(object, at, empty));
    yield* mistakes(object, inner, seen, at);
  }
  if (items) {
    yield changed(object, [...path, 1], structuredClone(path.reduce((at, step) => at[step], object)[0]));
    yield* mistakes(object, items, seen, [...path, 0]);
  }
  if (typeof additionalProperties === 'object') {
    yield changed(object, [...path, 'key'], [1]);
    yield* mistakes(object, additionalProperties, seen, [...path, 'key']);
  }
}

/** The real objects that Karmada was sent once, and every small mistake in an object of every kind and version. */
function corpus(): any[] {
  const sent = admissionVectors().map(({ object }) => object);
  const seen = new Set<string>();
  const made = KINDS.flatMap(({ group, names, versions, scope }) =>
    versions.flatMap(({ name, schema }) => {
      const object = sampleObject(`${group}/${name}`, names.kind, schema, scope === 'Namespaced');
      return [object, ...mistakes(object, schema, seen)];
    }),
  );
  return [...sent, ...made].filter(({ kind }) => kind !== 'Cluster');
}

async function serverWith(manifests: readonly any[]): Promise<TestServer> {
  const server = await startApiServer();
  const list = { apiVersion: 'v1', kind: 'List', items: manifests };
  server.kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], JSON.stringify(list));
  server.kubectl(['wait', 'crd', '--all', '--for=condition=Established', '--timeout=30s']);
  return server;
}

describe('the CRDs made of our schemas', () => {
  let ours: TestServer;
  beforeAll(async () => {
    ours = await serverWith([...crds(), clusterCrdForTestsAlone()]);
  });
  afterAll(() => ours?.stop());

  test('are established, and the server has nothing to complain about', () => {
    const { items } = JSON.parse(ours.kubectl(['get', 'crd', '-o', 'json']));
    const conditions = items.map(({ status }: any) =>
      status.conditions.map(({ type, status }: any) => `${type}=${status}`).sort(),
    );
    expect(conditions).toEqual(Array(20).fill(['Established=True', 'NamesAccepted=True']));
  });

  test('serve every version that the schemas know', () => {
    const listed = ours.kubectl(['api-resources', '--no-headers', '-o', 'wide']);
    expect(listed.match(/karmada\.io\/|x-k8s\.io\//g)).toHaveLength(20);
    const old = ours.kubectl(['get', '--raw', '/apis/work.karmada.io/v1alpha1']);
    expect(JSON.parse(old).resources.map(({ name }: any) => name)).toEqual(
      expect.arrayContaining(['resourcebindings', 'clusterresourcebindings', 'works']),
    );
  });

  test('keep what a Cluster says, and its status', () => {
    const cluster = {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'member1' },
      spec: { syncMode: 'Pull', zones: ['a'], taints: [{ key: 'broken', effect: 'NoExecute' }] },
    };
    ours.kubectl(['create', '--validate=strict', '-f', '-'], JSON.stringify(cluster));
    const status = JSON.stringify({
      status: { kubernetesVersion: 'v1.35.4', nodeSummary: { totalNum: 3, readyNum: 2 } },
    });
    ours.kubectl(['patch', 'cluster', 'member1', '--subresource=status', '--type=merge', '-p', status]);
    const stored = JSON.parse(ours.kubectl(['get', 'cluster', 'member1', '-o', 'json']));
    expect({ spec: stored.spec, status: stored.status }).toEqual({ spec: cluster.spec, ...JSON.parse(status) });
  });

  (upstream ? test : test.skip)("accept, default, store and refuse as Karmada's own", async () => {
    const files = readdirSync(upstream as string, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => load(readFileSync(join(upstream as string, file), 'utf8')));
    const theirs = await serverWith(files);
    const [here, there] = [new DryRun(ours), new DryRun(theirs)];
    try {
      const objects = corpus();
      const [mine, wanted] = await Promise.all([here.createAll(objects), there.createAll(objects)]);
      const count = (...codes: number[]) => wanted.filter(({ code }) => codes.includes(code)).length;
      const differing = objects
        .map((object, index) => ({ object, ours: mine[index], theirs: wanted[index] }))
        .filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs));
      expect(differing.slice(0, 3)).toEqual([]);
      expect(count(201)).toBeGreaterThan(1000);
      expect(count(400, 422)).toBeGreaterThan(1000);
      expect(count(201, 400, 422)).toBe(objects.length);
    } finally {
      for (const client of [here, there]) client.close();
      await theirs.stop();
    }
  });
});
