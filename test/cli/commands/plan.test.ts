import { deployment, parent, policy } from './manifests';
import { cdk8sKarmada } from './terminal';

// client-node is an ES module, which jest cannot load; what it does is tested with the transport
jest.mock('../../../cli/apply/credentials', () => ({
  KubeconfigCredentials: class {
    get = async () => ({ tls: { rejectUnauthorized: true }, headers: {} });
    renew = this.get;
  },
}));

const at = (manifest: any, path: string) => {
  manifest.metadata.annotations = { 'cdk8s-karmada.io/path': path };
  return manifest;
};
const CHART = [
  parent('east', 'shop', 'karmada'),
  at(deployment('web', 9), 'shop/Web/Deployment'),
  at(policy('web', { member1: 1 }), 'shop/Web/Policy'),
];
const FILES = { 'dist/shop.k8s.json': CHART, 'cdk8s.yaml': 'language: typescript' };
const context = (server: string) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'c', cluster: { server } }],
  users: [{ name: 'u', user: { token: 't' } }],
  contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
});
/** Nobody listens there. */
const DEAD = 'http://127.0.0.1:9';

describe('plan', () => {
  test('as if the servers were empty', async () => {
    expect(await cdk8sKarmada('plan --empty', { files: FILES })).toEqual({
      code: 2,
      stdout: `Plan for instance "east"

  karmada  taken for empty; nothing was asked

  + 2 create   + 1 record

karmada
  + create  ConfigMap/cdk8s-karmada/east-shop-karmada                 record of shop
  + create  PropagationPolicy/shop/web                                shop/Web/Policy
  + create  Deployment/shop/web                                       shop/Web/Deployment

+ 2 create   + 1 record
`,
      stderr: '',
    });
  });

  test('as data', async () => {
    const { code, stdout } = await cdk8sKarmada('plan --empty -o json', { files: FILES });
    const plan = JSON.parse(stdout);
    expect(code).toBe(2);
    expect(Object.keys(plan)).toEqual(['schema', 'instance', 'planes', 'sets', 'objects', 'issues', 'totals', 'notes']);
    expect(plan.objects[1]).toEqual({
      plane: 'karmada',
      chart: 'shop',
      key: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      wave: 7,
      path: 'shop/Web/Deployment',
      source: { file: 'dist/shop.k8s.json', document: 2 },
      action: 'create',
      changes: [],
      conflicts: [],
      notes: [],
    });
  });

  test('a chart that is not there', async () => {
    expect(await cdk8sKarmada('plan --empty --only shp', { files: FILES })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: instance "east" has no chart "shp" in the input
  fix: --only takes the construct path of a chart: shop
`,
    });
  });

  test('a missing kubeconfig context', async () => {
    const files = { ...FILES, 'kubeconfig.json': context(DEAD) };
    const options = '--karmada-kubeconfig kubeconfig.json --karmada-context prd';
    expect(await cdk8sKarmada(`plan ${options}`, { files })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: context "prd" is not in <here>/kubeconfig.json
  at --karmada-context
  fix: choose one of its contexts with --karmada-context: prod
`,
    });
  });

  test('an unreachable server', async () => {
    const files = { ...FILES, 'kubeconfig.json': context(DEAD) };
    const options = '--karmada-kubeconfig kubeconfig.json --karmada-context prod';
    expect(await cdk8sKarmada(`plan ${options}`, { files })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: Karmada at http://127.0.0.1:9 gave no answer: connect ECONNREFUSED 127.0.0.1:9
  at context "prod" in <here>/kubeconfig.json
  fix: check that the server runs and that this machine may reach it
`,
    });
  });
});

describe('apply', () => {
  test('asks nobody where nobody can answer', async () => {
    expect(await cdk8sKarmada('apply', { files: FILES })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: apply asks before it writes, and nobody can answer here
  fix: have the output of \`cdk8s-karmada plan\` reviewed, then add --yes
`,
    });
  });

  test.each(['soon', '10', '5 m', ''])('a timeout of "%s"', async (timeout) => {
    expect(await cdk8sKarmada(`apply --yes --timeout "${timeout}"`, { files: FILES })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: "${timeout}" is no duration
  at --timeout
  fix: write a number and its unit, such as 90s, 10m or 1h30m
`,
    });
  });

  test('input that no chart is in', async () => {
    const files = { 'web.json': [deployment('web', 1)] };
    expect(await cdk8sKarmada('apply --yes -f web.json', { files })).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: the input holds no chart: no ConfigMap in it says which server the objects are for
  fix: give all files of \`cdk8s synth\` of an app with a MulticloudInstance or a MulticloudChart
`,
    });
  });
});
