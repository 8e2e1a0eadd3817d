import { App } from 'cdk8s';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { Workspace } from '../../src/member/workspace';
import { WorkspaceAccess } from '../../src/member/workspace-access';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { anInstance } from '../instance/an-instance';
import { eventually } from './runner/eventually';
import { LocalPod } from './runner/pod';
import { Table } from './runner/table';
import { startApiServer, type TestServer } from './testbed';

let karmada: TestServer;
let controllers: LocalPod;

/** What runs in Karmada's kube-controller-manager, of which only what fills `view`, `edit` and `admin` matters here. */
async function startRoleAggregation(): Promise<LocalPod> {
  const args = [
    `--kubeconfig=${karmada.kubeconfig}`,
    '--controllers=clusterrole-aggregation-controller',
    '--leader-elect=false',
    '--secure-port=0',
  ];
  const container = { command: ['kube-controller-manager'], args, volumeMounts: [] };
  const workload = { metadata: {}, spec: { template: { spec: { containers: [container] } } } };
  const { binaries, folder } = karmada;
  const pod = new LocalPod({ workload, name: 'controllers', binaries, table: await Table.of([], [], folder) });
  pod.start();
  return pod;
}

function chart(): any[] {
  const app = new App();
  const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
  const shop = new MulticloudChart(app, 'access', { instance });
  new Workspace(shop, 'shop', {
    namespaces: ['shop', 'stage'],
    clusters: ['berlin', 'paris'],
    access: [
      WorkspaceAccess.edit({ groups: ['developers'] }),
      WorkspaceAccess.view({ groups: ['support'], users: ['auditor'] }),
      WorkspaceAccess.admin({ users: ['anna'] }),
    ],
  });
  return shop.toJson();
}

const list = (items: any[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

beforeAll(async () => {
  karmada = await startApiServer();
  karmada.kubectl(['apply', '--server-side', '-f', '-'], list([...crds(), clusterCrdForTestsAlone()]));
  karmada.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  const roles = anInstance().karmada.filter(
    ({ kind, metadata }: any) => kind === 'ClusterRole' && ['karmada-view', 'karmada-edit'].includes(metadata.name),
  );
  expect(roles).toHaveLength(2);
  karmada.kubectl(['apply', '--server-side', '-f', '-'], list(roles));
  for (const namespace of ['shop', 'stage', 'other']) karmada.kubectl(['create', 'namespace', namespace]);
  karmada.kubectl(['apply', '--server-side', '-f', '-'], list(chart()));
  controllers = await startRoleAggregation();
  await eventually(
    () => `the role edit is not filled: ${controllers.output}`,
    () => {
      const [last] = everywhere(['create propagationpolicies.policy.karmada.io']);
      return allowed('developers', [last]).length > 0 || undefined;
    },
  );
});

afterAll(async () => {
  await controllers?.kill();
  await karmada?.stop();
});

/** Somebody who comes with one group, or a user by name. */
const subject = (who: string) =>
  ['auditor', 'anna'].includes(who) ? { user: who } : { user: 'somebody', groups: [who] };

/** Which of the requests the API server's own authorizer allows: `verb resource.group/subresource name namespace`, `-` for none. */
function allowed(who: string, requests: string[]): string[] {
  const reviews = requests.map((request) => {
    const [verb, what, name, namespace] = request.split(' ').map((word) => (word === '-' ? '' : word));
    const [kind, subresource = ''] = what.split('/');
    const [resource, ...group] = kind.split('.');
    const resourceAttributes = { verb, resource, group: group.join('.'), subresource, name, namespace };
    const spec = { ...subject(who), resourceAttributes };
    return { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  });
  const answers = karmada.kubectl(['create', '-f', '-', '-o', 'jsonpath={.status.allowed}{"\\n"}'], list(reviews));
  const verdicts = answers.trim().split('\n');
  expect(verdicts).toHaveLength(requests.length);
  return requests.filter((_, index) => verdicts[index] === 'true');
}

const within = (namespaces: string[], requests: string[]) =>
  namespaces.flatMap((namespace) => requests.map((request) => `${request} - ${namespace || '-'}`));
const everywhere = (requests: string[]) => within(['shop', 'stage'], requests);
const READ = ['get deployments.apps', 'list propagationpolicies.policy.karmada.io', 'watch works.work.karmada.io'];
const WRITE = ['create deployments.apps', 'delete overridepolicies.policy.karmada.io', 'get secrets'];
const GIVE = ['create rolebindings.rbac.authorization.k8s.io'];
const proxy = (verb: string, cluster: string) => `${verb} clusters.cluster.karmada.io/proxy ${cluster} -`;

test.each<[string, string[], string[]]>([
  [
    'support',
    [...everywhere(READ), proxy('get', 'berlin'), proxy('get', 'paris'), 'get clusters.cluster.karmada.io berlin -'],
    [...everywhere(WRITE), proxy('create', 'berlin'), proxy('delete', 'paris')],
  ],
  ['auditor', everywhere(READ), everywhere(WRITE)],
  [
    'developers',
    [...everywhere([...READ, ...WRITE]), ...['get', 'create', 'patch', 'delete'].map((verb) => proxy(verb, 'berlin'))],
    everywhere(GIVE),
  ],
  ['anna', [...everywhere([...READ, ...WRITE, ...GIVE]), proxy('create', 'paris')], []],
  ['strangers', [], [...everywhere([...READ, ...WRITE]), proxy('get', 'berlin')]],
])('%s may do what the workspace gives, and not the rest', (who, granted, denied) => {
  const beyond = [
    ...within(['other', 'karmada-cluster', ''], [...READ, ...WRITE]),
    proxy('get', 'london'),
    'get clusters.cluster.karmada.io london -',
    'list clusters.cluster.karmada.io - -',
    'patch clusters.cluster.karmada.io berlin -',
    'create clusterpropagationpolicies.policy.karmada.io - -',
    'create namespaces - -',
  ];
  expect(allowed(who, [...granted, ...denied, ...beyond])).toEqual(granted);
});

test('what was granted is done, and the rest is not', () => {
  const as = (who: string) => ['--as', 'somebody', '--as-group', who];
  const create = (namespace: string, who: string) =>
    karmada.kubectl(['create', 'configmap', 'note', '-n', namespace, ...as(who)]);

  expect(create('shop', 'developers')).toBe('configmap/note created\n');
  expect(karmada.kubectl(['get', 'configmap', 'note', '-n', 'shop', '-o', 'name', ...as('support')])).toBe(
    'configmap/note\n',
  );
  expect(() => create('stage', 'support')).toThrow('is forbidden: User "somebody" cannot create resource "configmaps"');
  expect(() => create('other', 'developers')).toThrow('is forbidden');
});
