import { deployment, instance, parent, policy } from './manifests';
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
    expect(Object.keys(plan)).toEqual([
      'schema',
      'instance',
      'planes',
      'sets',
      'objects',
      'prunes',
      'issues',
      'totals',
      'notes',
      'findings',
    ]);
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
  fix: choose one of its contexts with --karmada-context: prod; or add it with \`kubectl config set-context\`, or name the kubeconfig that has it with --karmada-kubeconfig
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

describe('findings', () => {
  const latest = (name: string, annotations = {}) => {
    const manifest = at(deployment(name, 1), `shop/${name}/Deployment`);
    manifest.spec.template.spec.containers[0].image = 'nginx:latest';
    Object.assign(manifest.metadata.annotations, annotations);
    return manifest;
  };
  const fine = { 'cdk8s-karmada.io/acknowledged': '{"MC060":"the lab runs the newest"}' };
  const DOUBTFUL = { 'dist/shop.k8s.json': [parent('east', 'shop', 'karmada'), latest('a'), latest('b', fine)] };
  const WRONG = {
    'dist/shop.k8s.json': [
      parent('east', 'shop', 'karmada'),
      at(policy('web', { member1: 0 }), 'shop/Web/Policy'),
      at(policy('db', { member1: -1 }), 'shop/Db/Policy'),
    ],
  };
  const SECRET = {
    ...at({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } }, 'shop/db'),
    stringData: { password: 'hunter2' },
  };
  const REFUSAL = `error: MC204: weight must be 1 or more, got 0
  at spec.placement.replicaScheduling.weightPreference.staticWeightList[0].weight of PropagationPolicy/shop/web (dist/shop.k8s.json, document 2)
  fix: set weight to 1 or more
  see: docs/findings.md#mc204
error: MC204: weight must be 1 or more, got -1
  at spec.placement.replicaScheduling.weightPreference.staticWeightList[0].weight of PropagationPolicy/shop/db (dist/shop.k8s.json, document 3)
  fix: set weight to 1 or more
  see: docs/findings.md#mc204
`;

  test('stand after the changes; those that are fine are counted', async () => {
    expect(await cdk8sKarmada('plan --empty -f dist', { files: DOUBTFUL })).toEqual({
      code: 2,
      stdout: `Plan for instance "east"

  karmada  taken for empty; nothing was asked

  + 2 create   + 1 record

karmada
  + create  ConfigMap/cdk8s-karmada/east-shop-karmada                 record of shop
  + create  Deployment/shop/a                                         shop/a/Deployment
  + create  Deployment/shop/b                                         shop/b/Deployment

Findings (1 warning, 1 acknowledged)
  warning MC060: container "a" runs "nginx:latest", whatever that is on the day when a cluster pulls it
    at spec.template.spec.containers[0].image of Deployment/shop/a (dist/shop.k8s.json, document 2)
    fix: name the tag of a release, or a digest
    see: docs/findings.md#mc060

+ 2 create   + 1 record
`,
      stderr: '',
    });
  });

  test('that are all fine are one line', async () => {
    const files = { 'in.json': [parent('east', 'shop', 'karmada'), latest('b', fine)] };
    const { stdout } = await cdk8sKarmada('plan --empty -f in.json', { files });
    expect(stdout).toContain('\n\nFindings (1 acknowledged)\n\n+ 1 create');
  });

  test('are in the JSON', async () => {
    const { stdout } = await cdk8sKarmada('plan --empty -o json -f dist', { files: DOUBTFUL });
    const { findings } = JSON.parse(stdout);
    expect(findings.map(({ resource, code, acknowledged }: any) => [resource.name, code, acknowledged])).toEqual([
      ['a', 'MC060', undefined],
      ['b', 'MC060', 'the lab runs the newest'],
    ]);
    expect(findings[0]).toEqual({
      code: 'MC060',
      level: 'warning',
      path: 'spec.template.spec.containers[0].image',
      message: 'container "a" runs "nginx:latest", whatever that is on the day when a cluster pulls it',
      fix: 'name the tag of a release, or a digest',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'a' },
    });
  });

  test('of more than eight of one code the rest is counted', async () => {
    const files = { 'in.json': [parent('east', 'shop', 'karmada'), ...[...'0123456789'].map((name) => latest(name))] };
    const { stdout } = await cdk8sKarmada('plan --empty -f in.json', { files });
    expect(stdout.match(/warning MC060/g)).toHaveLength(8);
    expect(stdout).toContain('Findings (10 warnings)\n');
    expect(stdout).toContain('\n  and 2 more of MC060; -o json lists them\n');
  });

  test.each(['plan', 'plan --empty', 'apply --yes'])(
    'what Karmada would refuse ends `%s` before any server is asked',
    async (words) => {
      const files = { ...WRONG, 'kubeconfig.json': context(DEAD) };
      const options = words.includes('empty') ? '' : '--karmada-kubeconfig kubeconfig.json --karmada-context prod';
      const shown = await cdk8sKarmada(`${words} -f dist ${options}`, { files });
      expect(shown).toEqual({ code: 3, stdout: '', stderr: REFUSAL });
    },
  );

  test('of our rules refuse nothing, as with validate', async () => {
    const files = { 'in.json': [parent('east', 'shop', 'karmada'), SECRET, latest('a')] };
    const { code, stdout } = await cdk8sKarmada('plan --empty -f in.json', { files });
    expect({ code, leaked: stdout.includes('hunter2') }).toEqual({ code: 2, leaked: false });
    expect(stdout).toContain(`Findings (1 error, 1 warning)
  error MC062: the Secret holds its values in plain sight: "password"
    at stringData of Secret/shop/db (in.json, document 2)
`);
  });

  test('what the control plane is assumed to be like takes part', async () => {
    const drain = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterTaintPolicy',
      metadata: { name: 'drain' },
      spec: { taints: [{ key: 'drain', effect: 'NoExecute' }] },
    };
    const files = { 'in.json': [parent('east', 'shop', 'karmada'), at(drain, 'shop/drain')] };
    const assume = '--assume allow-no-execute-taint-policy=true';
    expect((await cdk8sKarmada('plan --empty -f in.json', { files })).code).toBe(3);
    expect((await cdk8sKarmada(`plan --empty -f in.json ${assume}`, { files })).code).toBe(2);
  });

  test('are about what is applied alone', async () => {
    const other = [parent('east', 'bar', 'karmada'), at(deployment('bar', 1), 'bar/Deployment')];
    const files = { ...WRONG, 'dist/bar.k8s.json': other };
    expect((await cdk8sKarmada('plan --empty -f dist', { files })).code).toBe(3);
    expect((await cdk8sKarmada('plan --empty -f dist --only bar', { files })).code).toBe(2);
  });

  test('a feature gate on the host that no table has is passed over', async () => {
    const [record, webhook] = instance('east', ['--feature-gates=Brand=true,New=false']);
    const files = { 'in.json': [record, webhook, ...CHART] };
    expect((await cdk8sKarmada('plan --empty -f in.json', { files })).stderr).toBe('');
  });
});

test('colours are colours', async () => {
  const env = { NO_COLOR: '', FORCE_COLOR: '1' };
  const { stdout } = await cdk8sKarmada('plan --empty', { files: FILES, env });
  expect(stdout).toContain('\n  \u001b[32m+ 2 create\u001b[39m   \u001b[32m+ 1 record\u001b[39m\n');
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
