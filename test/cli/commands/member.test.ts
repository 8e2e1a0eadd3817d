import { cdk8sKarmada } from './terminal';

test('what is wrong with the words of a join is said before any server is asked, all at once', async () => {
  expect(await cdk8sKarmada('member join Paris --region "eu west" --mode pull --permissions ops --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: "Paris" cannot be the name of a member cluster
  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
error: "eu west" cannot be the region of a cluster
  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit
error: --permissions is about an account of Karmada, and in pull mode an agent acts
  at --permissions
  fix: leave it out; the rights of an agent are in its own manifests
`,
  });
});

test('a name of 49 characters is refused', async () => {
  const { code, stderr } = await cdk8sKarmada(`member join ${'a'.repeat(49)} --yes`);
  expect(code).toBe(1);
  expect(stderr).toContain('cannot be the name of a member cluster');
});

test('how many workloads may be lost is a number', async () => {
  expect(await cdk8sKarmada('member unjoin paris --allow-loss all')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: "all" is no number
  at --allow-loss
  fix: write how many workloads may lose their only place
`,
  });
});

test('a member is never guessed', async () => {
  expect(await cdk8sKarmada('member join paris --karmada-context prod --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: nothing says where the member is
  fix: give a context that may do everything there with --member-context, or a file of its own with --member-kubeconfig
`,
  });
});

test('an agent is that of the member, and nothing else is applied with it', async () => {
  const agent = (name: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'karmada-agent', namespace: 'karmada-system' },
    spec: { template: { spec: { containers: [{ args: [`--cluster-name=${name}`] }] } } },
  });
  const widget = { apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'shop' } };
  const files = { 'agent.json': [agent('oslo'), widget], 'none.json': [widget] };
  const join = (file: string) =>
    cdk8sKarmada(`member join paris --mode pull --agent ${file} --member-context paris --yes`, { files });
  expect((await join('agent.json')).stderr).toBe(`error: Widget/shop/w is nothing that an agent consists of
  at --agent
  fix: name the file that a KarmadaAgent was written to, and apply the rest with your own tool
error: this agent is that of oslo, and not of paris
  at --agent
  fix: name the file that the KarmadaAgent of paris was written to
`);
  expect((await join('none.json')).stderr).toContain('error: there is no Deployment "karmada-agent"\n');
});

test('what is wrong with the words of a token is said before any server is asked, all at once', async () => {
  expect(await cdk8sKarmada('member token Oslo --ttl 0s -o json --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: "Oslo" cannot be the name of a member cluster
  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
error: "0s" is over before anybody can use the token
  at --ttl
  fix: give it a minute or more, such as 24h
error: "json" is no file: -o of \`member token\` names the file that it writes
  at -o
  fix: write \`-o Oslo.bootstrap.kubeconfig\`, or leave it out
`,
  });
});

const KUBECONFIG = {
  clusters: [{ name: 'k', cluster: { server: 'https://karmada.example.com:5443' } }],
  users: [{ name: 'u', user: { token: 'abc123.0123456789abcdef' } }],
  contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
  'current-context': 'c',
};

test('with a token only what its holder can say is taken', async () => {
  const words =
    '--bootstrap-kubeconfig f --mode push --karmada-context prod --karmada-endpoint https://k --host-kubeconfig h -f dist --permissions ops --region eu-1 --agent agent.json';
  expect(
    (await cdk8sKarmada(`member join oslo ${words} --member-context oslo --yes`, { files: { 'agent.json': [] } }))
      .stderr,
  ).toBe(`error: --karmada-context, --karmada-endpoint: the bootstrap kubeconfig says where Karmada is, and who one is there
  at the options
  fix: leave out either these or --bootstrap-kubeconfig
error: --host-kubeconfig: a token opens no host: who has rights there gives a scheduler estimator its kubeconfig
  at the options
  fix: leave them out
error: --filename: no code is read: a token lets nobody write what it says
  at the options
  fix: leave it out
error: --permissions: these are about how Karmada reaches a member, and here an agent reaches Karmada
  at the options
  fix: leave them out
error: --region: the agent says where it is
  at the options
  fix: give \`provider\`, \`region\` and \`zones\` to its KarmadaAgent
error: with a token an agent asks for its certificate, and in push mode there is none
  at --mode push
  fix: leave out either this or --bootstrap-kubeconfig
`);
});

test('a file with a token is one that `member token` wrote, and none of its values is shown', async () => {
  const files = {
    admin: { ...KUBECONFIG, users: [{ name: 'u', user: { token: 'a-token-of-an-administrator' } }] },
    lax: {
      ...KUBECONFIG,
      clusters: [{ name: 'k', cluster: { server: 'http://karmada', 'tls-server-name': 'other' } }],
    },
    broken: 'abc123.0123456789abcdef: [',
  };
  const join = (file: string) =>
    cdk8sKarmada(`member join oslo --bootstrap-kubeconfig ${file} --member-context oslo --yes`, { files });
  expect(await join('admin')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: its user has no bootstrap token
  at admin
  fix: ask for a file that \`cdk8s-karmada member token\` wrote; who has rights on Karmada joins without one, with --mode pull and --karmada-kubeconfig
`,
  });
  expect((await join('lax')).stderr).toBe(`error: "http://karmada" is no https URL
  at lax
  fix: ask for a file with the URL of Karmada
error: tls-server-name: an agent verifies Karmada by its authority, and by the name in the URL
  at lax
  fix: ask for a file with a URL whose host is in the certificate of Karmada: \`member token --karmada-endpoint\`
`);
  expect((await join('none')).stderr).toBe(`error: "none" cannot be read: it does not exist
  at --bootstrap-kubeconfig
  fix: give the path of the file that \`cdk8s-karmada member token\` wrote
`);
  const broken = await join('broken');
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain('this is not a kubeconfig');
  expect(broken.stderr).not.toContain('0123456789abcdef');
});
