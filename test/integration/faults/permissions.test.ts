import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyInput, planLive } from '../../../cli/apply/engine';
import { Preparation } from '../../../cli/apply/preparation';
import { setPermissions } from '../../../cli/apply/set-permissions';
import { CommandError } from '../../../cli/plan/command-error';
import { rolesOf } from '../../../cli/plan/roles';
import { rolesText } from '../../../cli/render/roles-text';
import { type ChartOfTest, inputOf } from '../../cli/apply/engine-input';
import { type PlainClient, plainClient } from '../plain-client';
import { startApiServer, type TestServer } from '../testbed';
import { chart, configMap, namespace, OPTIONS } from './prune-servers';

let server: TestServer;
let admin: PlainClient;
const opened: PlainClient[] = [];

beforeAll(async () => {
  server = await startApiServer();
  admin = plainClient('karmada', server);
  // the second one every Karmada has: its controllers hold their leases there
  for (const name of ['ci', 'karmada-system']) server.kubectl(['create', 'namespace', name]);
});

afterAll(async () => {
  await Promise.all([admin, ...opened].map((each) => each?.close()));
  await server?.stop();
});

const options = { ...OPTIONS, wait: 'none' as const };

/** Somebody who may do nothing yet. */
function newUser(name: string): PlainClient {
  server.kubectl(['create', 'serviceaccount', name, '-n', 'ci']);
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  config.users[0].user.token = server.kubectl(['create', 'token', name, '-n', 'ci']).trim();
  const kubeconfig = join(server.folder, `${name}.json`);
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
  const client = plainClient('karmada', { ...server, kubeconfig });
  opened.push(client);
  return client;
}

async function rolesFor(name: string, charts: readonly ChartOfTest[], user: string): Promise<any[]> {
  const preparation = await Preparation.make(inputOf(charts), { karmada: admin }, options);
  const subject = { kind: 'ServiceAccount' as const, namespace: 'ci', name: user };
  return rolesOf({ ...setPermissions(preparation), name, subject });
}

/** As a person does with what `plan --rbac` printed. */
function give(manifests: readonly any[]): void {
  server.kubectl(['apply', '-f', '-'], rolesText(manifests, [], 'test'));
}

const refusal = (work: Promise<unknown>): Promise<CommandError> =>
  work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error) => {
      if (!(error instanceof CommandError)) throw error;
      return error;
    },
  );

const shop = (path: string, ns: string): ChartOfTest =>
  chart(
    path,
    namespace(ns),
    configMap(`${path}-one`, ns),
    configMap(`${path}-two`, ns),
    configMap(`${path}-three`, ns),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: path, namespace: ns }, stringData: { pin: '43219876' } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: path, namespace: ns },
      rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['delete'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: path, namespace: ns },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node' },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }],
    },
  );

/** The same manifests, without one verb. */
function without(manifests: readonly any[], resource: string, verb: string, inNamespace = true): any[] {
  return manifests.map((manifest) => {
    if (!manifest.rules || !manifest.metadata.namespace === inNamespace) return manifest;
    const rules = manifest.rules.flatMap((rule: any) => {
      if (!rule.resources.includes(resource)) return [rule];
      const others = rule.resources.filter((each: string) => each !== resource);
      const verbs = rule.verbs.filter((each: string) => each !== verb);
      return [
        ...(others.length ? [{ ...rule, resources: others }] : []),
        ...(verbs.length ? [{ ...rule, resources: [resource], verbs }] : []),
      ];
    });
    return { ...manifest, rules };
  });
}

test('with exactly the roles of plan --rbac apply works, creates, changes and deletes', async () => {
  const user = newUser('exact');
  const input = shop('exact', 'exact');
  give(await rolesFor('cdk8s-karmada:exact', [input], 'exact'));
  expect(await applyInput(inputOf([input]), { karmada: user }, options)).toMatchObject({ exitCode: 0, failed: 0 });
  const next = structuredClone(input);
  next.objects[1].data = { a: '2' };
  const less = { ...next, objects: next.objects.filter(({ metadata }) => metadata.name !== 'exact-three') };
  expect(await applyInput(inputOf([less]), { karmada: user }, options)).toMatchObject({
    exitCode: 0,
    updated: 1,
    pruned: 1,
  });
});

describe('without one of them nothing is written, and the one is named', () => {
  const cases: readonly (readonly [resource: string, verb: string, words: RegExp])[] = [
    ['secrets', 'patch', /^karmada does not allow these credentials:\n {4}patch secrets in lack$/m],
    ['secrets', 'create', /^karmada does not allow these credentials:\n {4}create secrets in lack$/m],
    [
      'configmaps',
      'patch',
      /^karmada does not allow these credentials:\n {4}patch configmaps in cdk8s-karmada\n {4}patch configmaps in lack$/m,
    ],
    ['configmaps', 'list', /cannot list resource "configmaps" in API group "" in the namespace "lack"/],
    ['secrets', 'get', /^karmada does not allow these credentials:\n {4}get secrets in lack$/m],
    ['roles', 'escalate', /attempting to grant RBAC permissions not currently held/],
    ['clusterroles', 'bind', /attempting to grant RBAC permissions not currently held/],
  ];
  test.each(cases)('%s %s', async (resource, verb, words) => {
    const name = `lack-${resource}-${verb}`;
    const user = newUser(name);
    const input = shop('lack', 'lack');
    give(without(await rolesFor(`cdk8s-karmada:${name}`, [input], name), resource, verb));
    const { exitCode, message } = await refusal(applyInput(inputOf([input]), { karmada: user }, options));
    expect(message).toMatch(words);
    expect(exitCode).toBe(9);
    expect(server.kubectl(['get', 'secrets,configmaps', '-n', 'lack', '-o', 'name'])).toBe('');
  });
});

test('F46 all that the credentials lack is told at once, as a table, and nothing is written', async () => {
  const user = newUser('nobody');
  const reads = ['--verb=get,list', '--resource=configmaps,namespaces,leases.coordination.k8s.io'];
  server.kubectl(['create', 'clusterrole', 'reader', ...reads]);
  server.kubectl(['create', 'clusterrolebinding', 'nobody', '--clusterrole=reader', '--serviceaccount=ci:nobody']);
  const input = chart('nobody', namespace('nobody'), configMap('one', 'nobody'), configMap('two', 'ci'));
  const plan = await planLive(inputOf([input]), { karmada: user }, options);
  expect(plan.objects.map(({ action }) => action)).toEqual(['unchanged', 'create', 'create', 'create']);
  const { exitCode, message } = await refusal(applyInput(inputOf([input]), { karmada: user }, options));
  expect({ exitCode, message }).toEqual({
    exitCode: 9,
    message: `karmada does not allow these credentials:
    create, patch namespaces
    create, patch configmaps in cdk8s-karmada
    create, update leases.coordination.k8s.io in cdk8s-karmada
    create, patch configmaps in ci
    create, patch configmaps in nobody
  at the testbed, ${server.url}
  fix: have somebody apply the roles that \`cdk8s-karmada plan --rbac\` prints; nothing was written`,
  });
});

test('F47 who may write roles and not grant what is in them is told which rules that are', async () => {
  const user = newUser('granter');
  const input = shop('granter', 'granter');
  const roles = await rolesFor('cdk8s-karmada:granter', [input], 'granter');
  give(without(roles, 'roles', 'escalate'));
  const { exitCode, message } = await refusal(applyInput(inputOf([input]), { karmada: user }, options));
  expect(exitCode).toBe(9);
  expect(message).toContain('Role/granter/granter is refused');
  expect(message).toContain('{APIGroups:["apps"], Resources:["deployments"], Verbs:["delete"]}');
});
