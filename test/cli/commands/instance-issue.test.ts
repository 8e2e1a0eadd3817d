import { anInstance } from '../../instance/an-instance';
import { MemoryServer } from '../apply/instance/memory-server';
import { cdk8sKarmada, type Surroundings } from './terminal';

let host: MemoryServer;

// client-node is an ES module, which jest cannot load: a server in memory instead
jest.mock('../../../cli/apply/http-api-server', () => ({ connect: () => host }));

const { host: objects, karmada } = anInstance();
const KUBECONFIG = {
  'current-context': 'prod',
  contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'ada' } }],
  clusters: [{ name: 'prod', cluster: { server: 'https://prod' } }],
  users: [{ name: 'ada', user: {} }],
};
const files = { 'in.json': [...objects, ...karmada], 'prod.json': KUBECONFIG };
const run = (words: string, surroundings: Surroundings = {}) =>
  cdk8sKarmada(`instance ${words} -f in.json --host-kubeconfig prod.json`, { files, ...surroundings });

beforeEach(() => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } };
  host = new MemoryServer('host', [namespace]);
});

test('where nobody can answer it asks for --yes before it asks any server', async () => {
  expect(await run('issue')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'error: instance issue asks before it writes, and nobody can answer here\n  fix: add --yes, which shows what is written and writes it\n',
  });
});

test('it shows what it would write, and writes nothing after another answer than yes', async () => {
  const { code, stderr } = await run('issue', { tty: true, answer: () => 'y' });
  expect(stderr).toContain('  * issue   Secret/karmada-system/karmada-ca\n      authority "karmada", 3650 days\n');
  expect(stderr).toContain(
    '! CA bundles on Karmada: not looked at: Secret karmada-ca is not there yet\n\n* 18 issue\n',
  );
  expect(stderr).toContain(
    'Write this to\n  host     context "host"   https://host:6443\nOnly "yes" is taken for an answer: ',
  );
  expect(stderr.slice(-80)).toContain('error: not issued: the answer was not "yes"; nothing was written\n');
  expect([code, host.writes]).toEqual([1, []]);
});

test('several places, addresses or names that are none are refused together', async () => {
  const words = 'kubeconfig east -o a --merge b --server https://c --forward 0 --validity 1s --user ""';
  expect(await run(words)).toEqual({
    code: 1,
    stdout: '',
    stderr: [
      'error: -o, --merge and --print are three places for one kubeconfig',
      '  fix: choose one of them',
      'error: --server and --forward are two addresses',
      '  fix: choose one of them',
      'error: "0" is no port',
      '  at --forward',
      '  fix: write a number from 1 to 65535',
      'error: "1s" is over at once',
      '  at --validity',
      '  fix: ask for a minute or more, such as 8h',
      'error: a user or a group without a name',
      '  at --user, --group',
      '  fix: name it',
      '',
    ].join('\n'),
  });
});

test('an instance without its authority yet has certificates to issue, and nobody to sign', async () => {
  const certs = await run('certs -o json');
  const { certificates } = JSON.parse(certs.stdout);
  expect([certs.code, new Set(certificates.map(({ state }: any) => state))]).toEqual([2, new Set(['missing'])]);
  const { code, stderr } = await run('kubeconfig east');
  expect(stderr).toContain('error: authority "karmada-ca" cannot sign: its Secret is missing\n');
  expect(code).toBe(4);
});

test('what the input does not install, and the host does not have', async () => {
  const { code, stderr } = await run('certs west');
  expect(stderr).toContain('error: the host has no instance "west"\n');
  expect(code).toBe(1);
});
