import type { ApiRequest, ApiServer } from '../../../cli/apply/api-server';
import '../../../cli/commands/workload-adopt'; // what the command loads when it runs is loaded before a test is timed
import { cdk8sKarmada } from './terminal';

/** What the member says to the dry-run, and who asked. */
let dryRun: (body: any) => { readonly status: number; readonly body: any };
let users: any[];
let asked: ApiRequest[];

const LIVE = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '7' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'nginx:1' }] } },
  },
};
const RESOURCE = {
  resource: 'deployments',
  responseKind: { kind: 'Deployment' },
  scope: 'Namespaced',
  verbs: ['get', 'list'],
};

function answerOf({ method, path, body }: ApiRequest): { readonly status: number; readonly body: any } {
  if (method === 'PUT') return dryRun(body);
  if (path === '/api' || path === '/apis') {
    const apps = { metadata: { name: 'apps' }, versions: [{ version: 'v1', resources: [RESOURCE] }] };
    return { status: 200, body: { kind: 'APIGroupDiscoveryList', items: path === '/apis' ? [apps] : [] } };
  }
  return { status: 200, body: LIVE };
}

// the member is as each test says
jest.mock('../../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host', access: any): ApiServer => {
    users.push(access.user);
    return {
      plane,
      url: 'https://member',
      request: async (request) => {
        asked.push(request);
        return { warnings: [], ...answerOf(request) };
      },
      close: async () => undefined,
    };
  },
}));

beforeEach(() => {
  users = [];
  asked = [];
});

const KUBECONFIG = {
  clusters: [{ name: 'c', cluster: { server: 'https://member' } }],
  users: [{ name: 'u', user: { token: 'hunter2' } }],
  contexts: [{ name: 'paris', context: { cluster: 'c', user: 'u' } }],
};

const adopt = (words = '') =>
  cdk8sKarmada(`workload adopt Deployment/shop/web --from paris --from-kubeconfig k.json ${words}`, {
    files: { 'k.json': KUBECONFIG },
  });

test('code whose pods would be made anew is not written: exit code 6', async () => {
  dryRun = (body) => {
    const changed = structuredClone(body);
    changed.spec.template.spec.containers[0].image = 'nginx:2';
    return { status: 200, body: changed };
  };
  expect(await adopt('-o web.ts')).toEqual({
    code: 6,
    stdout: '',
    stderr: `error: Deployment/shop/web would get new pods: spec.template.spec.containers[name=main].image: "nginx:1" → "nginx:2"
  fix: make it so on the member first, when a restart does no harm; nothing was written
`,
  });
});

test('a member that does not say is no proof: the code is written, with exit code 10', async () => {
  dryRun = () => ({ status: 403, body: { message: 'no' } });
  const { code, stdout, stderr } = await adopt();
  expect([code, stderr]).toEqual([
    10,
    'warning: not proven that its pods go on running: the dry-run on paris was answered with 403\n',
  ]);
  expect(stdout).toContain('nginx');
});

test('a member that takes it as it is proves it: nothing is ever written there', async () => {
  dryRun = (body) => ({ status: 200, body });
  const { code, stderr } = await adopt('--as ada --as-group readers');
  expect([code, stderr]).toEqual([0, 'Deployment/shop/web: its pods go on running, says a dry-run on paris\n']);
  const writes = asked.filter(({ method }) => method !== 'GET');
  expect(writes.map(({ method, query }) => [method, query?.dryRun])).toEqual([['PUT', 'All']]);
  expect(users).toEqual([{ token: 'hunter2', as: 'ada', 'as-groups': ['readers'] }]);
});
