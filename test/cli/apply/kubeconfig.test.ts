import { accessOf, mergeKubeconfigs, parseKubeconfig } from '../../../cli/apply/kubeconfig';
import { messageOf } from './pki/sample-plan';

const ASKED = { by: '--host-context', flag: '--host-context' };

const TEXT = `
clusters:
  - name: c1
    cluster: { server: 'https://10.0.0.1:6443', certificate-authority: pki/ca.crt }
  - name: bare
    cluster: {}
users:
  - name: u1
    user: { client-certificate: /abs/u.crt, client-key: u.key, tokenFile: token, exec: { command: ./login } }
  - name: u2
    user: { exec: { command: aws } }
contexts:
  - name: prod
    context: { cluster: c1, user: u1 }
  - name: aws
    context: { cluster: c1, user: u2 }
  - name: open
    context: { cluster: c1 }
  - name: broken
    context: { cluster: nowhere, user: nobody }
  - name: bare
    context: { cluster: bare, user: u1 }
current-context: prod
`;

const config = parseKubeconfig(TEXT, '/home/ada/kube.yaml');

test('a context brings its cluster and user, with paths relative to the file', () => {
  expect(accessOf(config, ASKED)).toEqual({
    context: 'prod',
    files: ['/home/ada/kube.yaml'],
    cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority': '/home/ada/pki/ca.crt' },
    user: {
      'client-certificate': '/abs/u.crt',
      'client-key': '/home/ada/u.key',
      tokenFile: '/home/ada/token',
      exec: { command: '/home/ada/login' },
    },
  });
  expect(accessOf(config, ASKED, 'aws').user).toEqual({ exec: { command: 'aws' } });
  expect(accessOf(config, ASKED, 'open').user).toEqual({});
});

test('of several files the first counts', () => {
  const other = parseKubeconfig(
    `
clusters: [{ name: c1, cluster: { server: 'https://other' } }, { name: c2, cluster: { server: 'https://two' } }]
contexts: [{ name: two, context: { cluster: c2, user: u1 } }]
current-context: two
`,
    '/etc/two.yaml',
  );
  const merged = mergeKubeconfigs([config, other]);
  expect(accessOf(merged, ASKED).cluster.server).toBe('https://10.0.0.1:6443');
  expect(accessOf(merged, ASKED, 'two').cluster.server).toBe('https://two');
  expect(accessOf(mergeKubeconfigs([other, config]), ASKED).context).toBe('two');
  expect(merged.files).toEqual(['/home/ada/kube.yaml', '/etc/two.yaml']);
});

const KNOWN = 'aws, bare, broken, open, prod';

test('a context that is not there', async () => {
  expect(await messageOf(() => accessOf(config, ASKED, 'stage'))).toBe(
    [
      'context "stage" is not in /home/ada/kube.yaml',
      '  at --host-context',
      `  fix: choose one of its contexts with --host-context: ${KNOWN}; or add it with \`kubectl config set-context\`, or name the kubeconfig that has it with --host-kubeconfig`,
    ].join('\n'),
  );
});

test('no current context, and one that is not there', async () => {
  const asked = { by: 'the default kubeconfig', flag: '--host-context' };
  expect(await messageOf(() => accessOf({ ...config, currentContext: undefined }, asked))).toBe(
    [
      '/home/ada/kube.yaml has no current context',
      '  at the default kubeconfig',
      `  fix: choose one of its contexts with --host-context: ${KNOWN}`,
    ].join('\n'),
  );
  expect(await messageOf(() => accessOf(parseKubeconfig('current-context: x', 'k'), asked))).toBe(
    [
      'current context "x" is not in k',
      '  at the default kubeconfig',
      '  fix: add it with `kubectl config set-context`, or name the kubeconfig that has it with --host-kubeconfig',
    ].join('\n'),
  );
});

test('a context that names a cluster and a user that are not there', async () => {
  const at = '  at /home/ada/kube.yaml, asked for by --host-context';
  const choose = `choose one of its contexts with --host-context: ${KNOWN}`;
  expect(await messageOf(() => accessOf(config, ASKED, 'broken'))).toBe(
    [
      'context "broken" names cluster "nowhere", which is not in /home/ada/kube.yaml',
      at,
      `  fix: add the cluster, or ${choose}`,
      'context "broken" names user "nobody", which is not in /home/ada/kube.yaml',
      at,
      `  fix: add the user, or ${choose}`,
    ].join('\n'),
  );
});

test('a cluster without a server, and one whose server is no URL', async () => {
  const told = (what: string) =>
    [
      what,
      '  at /home/ada/kube.yaml, context "bare"',
      '  fix: give the cluster a server, such as https://10.0.0.1:6443',
    ].join('\n');
  expect(await messageOf(() => accessOf(config, ASKED, 'bare'))).toBe(told('cluster "bare" has no server'));
  const odd = parseKubeconfig(TEXT.replace('cluster: {}', "cluster: { server: '10.0.0.1:6443' }"), config.files[0]);
  expect(await messageOf(() => accessOf(odd, ASKED, 'bare'))).toBe(
    told('cluster "bare" has server "10.0.0.1:6443", which is no http or https URL'),
  );
});

test.each([
  ['users: [{ name: u, user: { token: *hunter2 } }]', 'k:1:43', 'it is not YAML'],
  ['hunter2', 'k', 'it holds no clusters, users and contexts'],
  ['users: hunter2', 'k', 'users is not a list'],
  ['users: [{ user: { token: hunter2 } }]', 'k', 'users[0] has no name'],
])('what is no kubeconfig is told without a word of it: %s', async (text, at, why) => {
  expect(await messageOf(() => parseKubeconfig(text, 'k'))).toBe(
    [`this is not a kubeconfig: ${why}`, `  at ${at}`, '  fix: give a file as `kubectl config view` prints it'].join(
      '\n',
    ),
  );
});
