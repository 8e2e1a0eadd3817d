import { Yaml } from 'cdk8s';
import { KarmadaVersion } from '../../../src/core/karmada-version';
import { anInstance } from '../../instance/an-instance';
import { cdk8sKarmada } from '../commands/terminal';
import { type HostDouble, hostDouble } from './host-double';
import { type Installed, installed } from './installed';

let host: HostDouble;
let karmada: HostDouble;
let there: Installed;

// client-node is an ES module, which jest cannot load: servers of the test
jest.mock('../../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../../cli/apply/http-api-server'),
  connect: (plane: 'host' | 'karmada') => (plane === 'host' ? host : karmada),
}));

const { V1_16, V1_17, V1_18 } = KarmadaVersion;

beforeAll(async () => {
  there = await installed({ version: V1_17 });
});

beforeEach(() => {
  host = hostDouble(there.host);
  karmada = hostDouble(there.karmada, {
    plane: 'karmada',
    answers: { 'GET /readyz': [200, 'ok'] },
  });
});

const kubeconfig = (name: string) => ({
  'current-context': name,
  clusters: [{ name, cluster: { server: `https://${name}.example` } }],
  users: [{ name, user: { token: 'x' } }],
  contexts: [{ name, context: { cluster: name, user: name } }],
});

function run(words: string, version: KarmadaVersion, more = {}) {
  const { host: ours, karmada: theirs } = anInstance({ version });
  const files = {
    'in.yaml': Yaml.stringify(...ours, ...theirs),
    'host.json': kubeconfig('host'),
    'karmada.json': kubeconfig('karmada'),
  };
  const servers = '--host-kubeconfig host.json --karmada-kubeconfig karmada.json';
  return cdk8sKarmada(`${words} -f in.yaml ${servers}`, { files, ...more });
}

/** What was asked that could have written, were it not for dryRun: whatever is no question. */
const written = () => [...host.asked, ...karmada.asked].filter((each) => /^(PUT|DELETE) /.test(each));

test('what it changes is shown, with how the instance is, and nothing is written', async () => {
  const { code, stdout, stderr } = await run('instance upgrade --plan', V1_18);
  expect([code, stderr]).toEqual([2, '']);
  expect(stdout).toContain('Upgrade of east: Karmada v1.17.5 -> v1.18.2\n\nBefore\n  ! v1.18  ');
  expect(stdout).toContain('Going back\n  take a snapshot of etcd first');
  expect(stdout).toContain('east, before the upgrade: ');
  expect(written()).toEqual([]);
});

test('as data', async () => {
  const { stdout } = await run('instance upgrade --plan -o json', V1_18);
  const { schema, instance, upgrade, before, apply, after } = JSON.parse(stdout);
  expect([schema, instance, upgrade.from, upgrade.to]).toEqual(['1', 'east', 'v1.17.5', 'v1.18.2']);
  expect(before.totals.ok).toBeGreaterThan(20);
  expect([apply, after]).toEqual([undefined, undefined]);
});

test('an instance that is not well is left as it is', async () => {
  const { code, stderr } = await run('instance upgrade --yes', V1_18);
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /error: the instance is not well: \d+ findings? fails?, see above; nothing was written\n {2}fix: mend that first; where the upgrade is what mends it, add --ignore-findings\n$/,
  );
  expect(written()).toEqual([]);
});

test.each(['plan', 'apply --yes', 'instance upgrade --plan', 'instance upgrade --yes'])(
  '%s takes no step that upstream does not support',
  async (words) => {
    const { code, stderr } = await run(words, V1_16);
    expect(code).toBe(6);
    expect(stderr).toContain('error: Karmada would go back from 1.17.5 to 1.16.8 (');
    expect(stderr).toContain('error: the Kubernetes API server would go back from 1.35.2 to 1.34.1 (');
    expect(written()).toEqual([]);
  },
);

test('a release is not skipped', async () => {
  there = await installed({ version: V1_16 });
  host = hostDouble(there.host);
  const { code, stderr } = await run('plan', V1_18);
  expect(code).toBe(6);
  expect(stderr).toContain('Karmada would go from 1.16.8 to 1.18.2 at once');
  expect(stderr).toContain('fix: set version: KarmadaVersion.V1_17 and apply that first, then go on from there');
});

test('nobody is there to answer', async () => {
  const { code, stderr } = await run('instance upgrade', V1_18);
  expect([code, stderr.split('\n')[0]]).toEqual([1, 'error: apply asks before it writes, and nobody can answer here']);
  expect(host.asked).toEqual([]);
});
