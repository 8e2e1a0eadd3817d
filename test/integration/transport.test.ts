import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApiRequest } from '../../cli/apply/api-server';
import { startApiServer, type TestServer } from './testbed';
import { bundleDriver, send } from './transport-process';

let server: TestServer;
let driver: string;

beforeAll(async () => {
  driver = bundleDriver();
  server = await startApiServer();
}, 120_000);

afterAll(async () => {
  await server?.stop();
  rmSync(dirname(driver), { recursive: true });
});

function apply(path: string, body: unknown): ApiRequest {
  const query = { fieldManager: 'cdk8s-karmada', fieldValidation: 'Strict' };
  return { method: 'PATCH', path, query, contentType: 'application/apply-patch+yaml', body };
}

function configMap(name: string, data: object): ApiRequest {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
  return apply(`/api/v1/namespaces/default/configmaps/${name}`, body);
}

const VERSION: ApiRequest = { method: 'GET', path: '/version' };

/** The testbed's kubeconfig with another user. */
function kubeconfigAs(user: object, name: string): string {
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  const file = join(server.folder, name);
  writeFileSync(file, JSON.stringify({ ...config, users: [{ name: 'testbed', user }] }));
  return file;
}

function token(): string {
  return JSON.parse(readFileSync(server.kubeconfig, 'utf8')).users[0].user.token;
}

test('server-side apply creates, changes and leaves alone; refusals are answers', async () => {
  const { said } = await send(driver, server.kubeconfig, [
    configMap('a', { x: '1' }),
    configMap('a', { x: '2' }),
    configMap('a', { x: '2' }),
    apply('/api/v1/namespaces/default/configmaps/a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      dta: {},
    }),
    { method: 'GET', path: '/apis/nowhere.example/v1/things' },
    { method: 'GET', path: '/api/v1/namespaces/default/configmaps/none' },
  ]);
  expect(said.map(({ status }) => status)).toEqual([201, 200, 200, 500, 404, 404]);
  expect(said[2].body.metadata.resourceVersion).toBe(said[1].body.metadata.resourceVersion);
  expect(said[3].body.message).toContain('.dta: field not declared in schema');
  expect(said[4].body).toBe('404 page not found\n');
  expect(said[5].body.reason).toBe('NotFound');
});

test('a CustomResourceDefinition arrives with every rule of its schema', async () => {
  const name = 'things.transport.example';
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        'x-kubernetes-validations': [{ rule: 'self.min <= self.max', message: 'min is above max' }],
        properties: {
          min: { type: 'integer', format: 'int32', default: 1 },
          max: { type: 'integer', format: 'int32' },
          mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
          size: { 'x-kubernetes-int-or-string': true },
          free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          list: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['key'],
            items: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
          },
        },
      },
    },
  };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group: 'transport.example',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things', singular: 'thing', listKind: 'ThingList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  const { said } = await send(driver, server.kubeconfig, [apply(path, definition), { method: 'GET', path }]);
  expect(said[0].status).toBe(201);
  expect(said[1].body.spec.versions[0].schema.openAPIV3Schema).toEqual(schema);
});

test('warnings of the server come along', async () => {
  const path = '/api/v1/namespaces/default/endpoints/old';
  const body = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'old' } };
  const { said } = await send(driver, server.kubeconfig, [apply(path, body)]);
  expect(said[0].warnings).toEqual(['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice']);
});

test('a large list comes whole', async () => {
  const many = Array.from({ length: 200 }, (_, index) => configMap(`m-${index}`, { text: 'x'.repeat(2000) }));
  const list: ApiRequest = { method: 'GET', path: '/api/v1/namespaces/default/configmaps' };
  const written = await send(driver, server.kubeconfig, many, 8);
  expect(new Set(written.said.map(({ status }) => status))).toEqual(new Set([201]));
  const { said } = await send(driver, server.kubeconfig, [list]);
  expect(said[0].body.items.filter(({ data }: any) => data?.text?.length === 2000)).toHaveLength(200);
});

describe('credentials', () => {
  /** An exec plugin: the first `refused` times it prints a token that the server does not know. */
  function plugin(name: string, refused: number): { readonly file: string; runs(): number } {
    const count = join(server.folder, `${name}.count`);
    const file = join(server.folder, name);
    writeFileSync(count, '');
    const script = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(count)}, '.');
const runs = readFileSync(${JSON.stringify(count)}, 'utf8').length;
const { apiVersion, spec } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
if (!spec.cluster.server) process.exit(1);
const token = runs > ${refused} ? ${JSON.stringify(token())} : 'stale-hunter2';
console.log(JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token } }));
`;
    writeFileSync(file, script);
    chmodSync(file, 0o700);
    return { file, runs: () => readFileSync(count, 'utf8').length };
  }

  const exec = (command: string) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, provideClusterInfo: true },
  });

  test('an exec plugin runs once for many requests', async () => {
    const { runs } = plugin('login', 0);
    const requests = Array.from({ length: 10 }, () => VERSION);
    const { said } = await send(driver, kubeconfigAs(exec('./login'), 'exec.json'), requests, 10);
    expect(said.map(({ status }) => status)).toEqual(requests.map(() => 200));
    expect(runs()).toBe(1);
  });

  test('and once more when its token is refused', async () => {
    const { runs } = plugin('expired', 1);
    const paths = Array.from({ length: 6 }, () => ({ ...VERSION, path: '/api/v1/namespaces/default' }));
    const { said } = await send(driver, kubeconfigAs(exec('./expired'), 'expired.json'), paths, 6);
    expect(said.map(({ status }) => status)).toEqual(paths.map(() => 200));
    expect(runs()).toBe(2);
  });

  test('a plugin that is not there', async () => {
    const kubeconfig = kubeconfigAs(exec('kube-login-that-nobody-has'), 'none.json');
    const { said } = await send(driver, kubeconfig, [VERSION]);
    expect(said[0].error).toEqual({
      name: 'Unreachable',
      exitCode: 9,
      passing: false,
      message: [
        `the plugin kube-login-that-nobody-has gave no credentials for the host at ${server.url}: spawn kube-login-that-nobody-has ENOENT`,
        `  at context "testbed" in ${kubeconfig}`,
        '  fix: install kube-login-that-nobody-has, or log in once with `kubectl get namespaces` in this context',
      ].join('\n'),
    });
  });

  test('a plugin that prints a bare token: the token is told to nobody', async () => {
    const file = join(server.folder, 'bare');
    writeFileSync(file, '#!/bin/sh\necho hunter2\n');
    chmodSync(file, 0o700);
    const { said, output } = await send(driver, kubeconfigAs(exec('./bare'), 'bare.json'), [VERSION]);
    expect(said[0].error?.message.split('\n')[0]).toBe(
      `the plugin ${file} gave no credentials for the host at ${server.url}: what it printed is no ExecCredential`,
    );
    expect(output).not.toContain('hunter2');
  });

  test('a token in a file, and one that the server does not know', async () => {
    writeFileSync(join(server.folder, 'token'), token());
    const file = await send(driver, kubeconfigAs({ tokenFile: 'token' }, 'file.json'), [VERSION]);
    expect(file.said[0].status).toBe(200);
    const wrong = await send(driver, kubeconfigAs({ token: 'hunter2' }, 'wrong.json'), [VERSION]);
    expect(wrong.said[0].status).toBe(401);
    expect(wrong.output).not.toContain('hunter2');
  });

  test('acts as the user and the groups that the kubeconfig names', async () => {
    const user = { token: token(), as: 'ada', 'as-groups': ['readers', 'writers'], 'as-user-extra': { 'a/b': ['c'] } };
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const { said } = await send(driver, kubeconfigAs(user, 'as.json'), [{ method: 'POST', path, body: review }]);
    expect(said[0].body.status.userInfo).toEqual({
      username: 'ada',
      groups: ['readers', 'writers', 'system:authenticated'],
      extra: { 'a/b': ['c'] },
    });
  });
});
