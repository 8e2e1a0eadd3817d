import { pendingOf, requestName, requestNames, requestSecret } from '../../../../cli/plan/joining/agent-request';
import {
  isBootstrapToken,
  tokenSecret,
  tokenTroubles,
  ttlTroubles,
} from '../../../../cli/plan/joining/bootstrap-token';

const decoded = (data: { [key: string]: string }) =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
const HOUR = 3_600_000;

test('a token is what karmadactl makes, for one member, and signs nothing', () => {
  const made = tokenSecret('oslo', { id: 'abc123', secret: '0123456789abcdef', expires: '2026-01-02T03:04:05Z' });
  expect({ ...made, data: decoded(made.data) }).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: 'kube-system',
      name: 'bootstrap-token-abc123',
      labels: { 'cdk8s-karmada.io/member': 'oslo' },
    },
    type: 'bootstrap.kubernetes.io/token',
    data: {
      'token-id': 'abc123',
      'token-secret': '0123456789abcdef',
      description: 'for the agent of oslo, by cdk8s-karmada member token',
      expiration: '2026-01-02T03:04:05Z',
      'usage-bootstrap-authentication': 'true',
      'auth-extra-groups': 'system:bootstrappers:karmada:default-cluster-token',
    },
  });
});

test.each([
  ['abc123.0123456789abcdef', true],
  ['abc123.0123456789abcde', false],
  ['ABC123.0123456789abcdef', false],
  ['abc123.0123456789abcdef\n', false],
  [undefined, false],
])('%j is a token: %s', (text, is) => {
  expect(isBootstrapToken(text)).toBe(is);
});

test('a token lives from a minute to a week', () => {
  expect(ttlTroubles(60_000, '1m')).toEqual([]);
  expect(ttlTroubles(7 * 24 * HOUR, '7d')).toEqual([]);
  expect(ttlTroubles(0, '0s')).toEqual([
    {
      what: '"0s" is over before anybody can use the token',
      at: '--ttl',
      fix: 'give it a minute or more, such as 24h',
    },
  ]);
  expect(ttlTroubles(7 * 24 * HOUR + 1, '8d')).toEqual([
    {
      what: '"8d" is longer than 7 days: until its end whoever finds the token can ask to be an agent',
      at: '--ttl',
      fix: 'give it 7d or less, and make another when it is over',
    },
  ]);
});

test('no agent can take the name of a member in push mode, or of one that leaves', () => {
  const cluster = (syncMode: string, metadata = {}) => ({
    metadata: { name: 'oslo', ...metadata },
    spec: { syncMode },
  });
  expect(tokenTroubles('oslo', [cluster('Pull')], cluster('Pull'))).toEqual([]);
  expect(tokenTroubles('paris', [cluster('Push')], undefined)).toEqual([]);
  expect(tokenTroubles('oslo', [cluster('Push', { deletionTimestamp: '2026-01-02T03:04:05Z' })], undefined)).toEqual([
    {
      what: 'oslo is leaving: its Cluster is deleted and waits for what it holds',
      at: 'karmada: Cluster/oslo',
      fix: 'wait until it is gone, or finish it: `cdk8s-karmada member unjoin oslo`',
    },
    {
      what: 'oslo is a member in push mode, which has no agent',
      at: 'karmada: Cluster/oslo',
      fix: 'choose another name, or take it out first: `cdk8s-karmada member unjoin oslo`',
    },
  ]);
  expect(tokenTroubles('oslo', [], cluster('Push'))).toEqual([
    {
      what: 'oslo is to be a member in push mode, which has no agent',
      at: 'syncMode of its MemberCluster',
      fix: 'choose another name, or change the code',
    },
  ]);
});

test('what a certificate is asked for with is kept for one agent of one Karmada', () => {
  const asked = { cluster: 'oslo', server: 'https://karmada' };
  const open = { name: 'cdk8s-karmada-agent-oslo-abcde', key: 'KEY' };
  expect(pendingOf(requestSecret('karmada-system', asked, open), asked)).toEqual(open);
  const signed = { ...open, certificate: 'CERTIFICATE' };
  const secret = requestSecret('karmada-system', asked, signed);
  expect(pendingOf(secret, asked)).toEqual(signed);
  expect(pendingOf(secret, { ...asked, cluster: 'paris' })).toBeUndefined();
  expect(pendingOf(secret, { ...asked, server: 'https://other' })).toBeUndefined();
  expect(pendingOf({ ...secret, data: { ...secret.data, 'tls.key': '' } }, asked)).toBeUndefined();
  expect(pendingOf(undefined, asked)).toBeUndefined();
});

test('the requests of a member are told from those of one with a longer name', () => {
  expect(requestNames('oslo').test(requestName('oslo', 'abcd1234'))).toBe(true);
  expect(requestNames('oslo').test(requestName('oslo-2', 'abcd1234'))).toBe(false);
  expect(requestNames('oslo').test('cdk8s-karmada-agent-oslo')).toBe(false);
});
