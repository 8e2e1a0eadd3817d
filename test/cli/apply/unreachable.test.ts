import { type Door, noAnswer, noCredentials, tooLate, wordsOf } from '../../../cli/apply/unreachable';

const door: Door = { plane: 'host', url: 'https://kube:6443', name: 'context "prod"', from: '/home/ada/.kube/config' };

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  ['ENOTFOUND', false, 'check the name of the server, and that it resolves from this machine'],
  ['ECONNREFUSED', true, 'check that the server runs and that this machine may reach it'],
  ['SELF_SIGNED_CERT_IN_CHAIN', false, "give the cluster the certificate-authority-data of this server's authority"],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    false,
    'use a server name that its certificate holds, or name one of them as tls-server-name of the cluster',
  ],
  ['CERT_HAS_EXPIRED', false, "renew the server's certificate"],
  ['CERT_NOT_YET_VALID', false, 'compare the clock of this machine with that of the server'],
  ['EPROTO', false, 'check the scheme and the port of the server: this port does not answer with TLS'],
  ['ECONNRESET', true, 'try again; if it stays so, look at the server and at what stands before it'],
])('%s', (code, passing, fix) => {
  const error = noAnswer(door, new Error('fetch failed', { cause: failure(code, 'the words of the system') }));
  expect(error.message).toBe(
    [
      'the host at https://kube:6443 gave no answer: the words of the system',
      '  at context "prod" in /home/ada/.kube/config',
      `  fix: ${fix}`,
    ].join('\n'),
  );
  expect(error.passing).toBe(passing);
  expect(error.exitCode).toBe(1);
});

test('what else can be done is told where it helps', () => {
  const other = { ...door, plane: 'karmada' as const, otherwise: 'give another context' };
  expect(noAnswer(other, failure('ENOTFOUND', 'getaddrinfo ENOTFOUND kube')).message).toBe(
    [
      'Karmada at https://kube:6443 gave no answer: getaddrinfo ENOTFOUND kube',
      '  at context "prod" in /home/ada/.kube/config',
      '  fix: check the name of the server, and that it resolves from this machine; or give another context',
    ].join('\n'),
  );
  expect(noAnswer(other, failure('CERT_HAS_EXPIRED', 'x')).message).not.toContain('another context');
  expect(tooLate(other, 30).message).toBe(
    [
      'Karmada at https://kube:6443 gave no answer within 30 s',
      '  at context "prod" in /home/ada/.kube/config',
      '  fix: try again; if it stays so, look at the server and at what stands before it; or give another context',
    ].join('\n'),
  );
});

test('credentials that cannot be had', () => {
  const error = noCredentials(door, failure('ENOENT', 'spawn kubelogin ENOENT'), 'kubelogin');
  expect(error.message).toBe(
    [
      'the plugin kubelogin gave no credentials for the host at https://kube:6443: spawn kubelogin ENOENT',
      '  at context "prod" in /home/ada/.kube/config',
      '  fix: install kubelogin, or log in once with `kubectl get namespaces` in this context',
    ].join('\n'),
  );
  expect(error.exitCode).toBe(9);
  expect(noCredentials(door, failure('ENOENT', "ENOENT: no such file or directory, open '/x/ca.crt'")).message).toBe(
    [
      "there are no credentials for the host at https://kube:6443: ENOENT: no such file or directory, open '/x/ca.crt'",
      '  at context "prod" in /home/ada/.kube/config',
      '  fix: correct the user of this context',
    ].join('\n'),
  );
});

test('what a plugin printed instead of credentials is not repeated', () => {
  let parsing: unknown;
  try {
    JSON.parse('hunter2');
  } catch (error) {
    parsing = error;
  }
  expect(noCredentials(door, parsing, 'login').message.split('\n')[0]).toBe(
    'the plugin login gave no credentials for the host at https://kube:6443: what it printed is no ExecCredential',
  );
});

test.each([
  ['bad -----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY----- end', 'bad <redacted> end'],
  ['cut off -----BEGIN PRIVATE KEY-----\nhunter2', 'cut off <redacted>'],
  ['jwt eyJhbGciOi.eyJzdWIiOi.hunter2 end', 'jwt <redacted> end'],
  ['Authorization: Bearer hunter2 end', 'Authorization: Bearer <redacted> end'],
  ['{"token": "hunter2", "a": 1}', '{"token": "<redacted>", "a": 1}'],
  ['password=hunter2&x=1', 'password=<redacted>&x=1'],
  ['proxy http://ada:hunter2@proxy:3128 refused', 'proxy http://<redacted>@proxy:3128 refused'],
  ['clear \u001b[2J\r\nscreen', 'clear  [2J screen'],
  ['x'.repeat(600), `${'x'.repeat(500)}…`],
])('words of others are fit to print: %j', (text, printed) => {
  expect(wordsOf(new Error(text))).toBe(printed);
});
