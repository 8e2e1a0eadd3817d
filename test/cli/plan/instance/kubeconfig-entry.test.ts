import { load } from 'js-yaml';
import { holdsOnly, kubeconfigOf, withEntry } from '../../../../cli/plan/instance/kubeconfig-entry';

const entry = {
  name: 'k-east',
  cluster: { server: 'https://localhost:5443', 'certificate-authority-data': 'Q0E=' },
  user: { 'client-certificate-data': 'Q1JU', 'client-key-data': 'S0VZ' },
};
const others = {
  apiVersion: 'v1',
  kind: 'Config',
  preferences: { colors: true },
  extensions: [{ name: 'tool', extension: { since: '2026-01-01', version: '0x10' } }],
  clusters: [{ name: 'prod', cluster: { server: 'https://prod', extensions: [{ name: 'x', extension: 1 }] } }],
  users: [{ name: 'ada', user: { token: '0123', exec: { command: 'login', env: [{ name: 'A', value: 'yes' }] } } }],
  contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'ada', namespace: 'shop' } }],
  'current-context': 'prod',
};
const messageOf = (action: () => unknown) => {
  try {
    action();
  } catch (error: any) {
    return error.message;
  }
  throw new Error('nothing was thrown');
};

test('a kubeconfig with one context', () => {
  expect(load(kubeconfigOf(entry))).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'k-east', cluster: entry.cluster }],
    users: [{ name: 'k-east', user: entry.user }],
    contexts: [{ name: 'k-east', context: { cluster: 'k-east', user: 'k-east' } }],
    'current-context': 'k-east',
  });
  expect([holdsOnly(kubeconfigOf(entry), 'k-east'), holdsOnly(kubeconfigOf(entry), 'k-west')]).toEqual([true, false]);
});

test('beside what a kubeconfig has nothing is lost, and the current context stays', () => {
  const merged: any = load(withEntry(JSON.stringify(others), entry, 'config'));
  expect(merged).toEqual({
    ...others,
    clusters: [...others.clusters, { name: 'k-east', cluster: entry.cluster }],
    users: [...others.users, { name: 'k-east', user: entry.user }],
    contexts: [...others.contexts, { name: 'k-east', context: { cluster: 'k-east', user: 'k-east' } }],
  });
  expect(holdsOnly(JSON.stringify(others), 'k-east')).toBe(false);
});

test('what an earlier run put there is replaced where it stands, with the namespace that a person chose', () => {
  const first: any = load(withEntry(JSON.stringify(others), entry, 'config'));
  first.contexts[1].context.namespace = 'shop';
  const newer = {
    ...entry,
    cluster: { ...entry.cluster, server: 'https://10.0.0.1:30000' },
    user: { ...entry.user, 'client-key-data': 'TkVX' },
  };
  const second: any = load(withEntry(JSON.stringify(first), newer, 'config'));
  expect(second.clusters[1]).toEqual({ name: 'k-east', cluster: newer.cluster });
  expect(second.users[1].user).toEqual(newer.user);
  expect(second.contexts[1].context).toEqual({ cluster: 'k-east', user: 'k-east', namespace: 'shop' });
  expect(second.clusters).toHaveLength(2);
});

test('an empty file takes it, and what is no kubeconfig does not, without a word of what is in it', () => {
  expect((load(withEntry('', entry, 'config')) as any)['current-context']).toBe('k-east');
  for (const text of [
    'token: [very secret',
    '- very',
    'very secret',
    'kind: Secret',
    'clusters: {}',
    'users: [very]',
  ]) {
    expect(messageOf(() => withEntry(text, entry, 'config'))).toBe(
      '"config" is no kubeconfig; nothing was written\n  at --merge\n  fix: name another file, or write one of its own with -o',
    );
  }
});

test('somebody else of the same name is left alone', () => {
  const theirs = {
    clusters: [{ name: 'k-east', cluster: { server: 'https://other', 'certificate-authority-data': 'T1RIRVI=' } }],
  };
  expect(messageOf(() => withEntry(JSON.stringify(theirs), entry, 'config'))).toBe(
    [
      '"config" has "k-east" already, which trusts another authority than this instance has; nothing was written',
      '  at --merge',
      '  fix: rename it there (`kubectl config rename-context k-east …`) or take it out, or write a file of its own with -o',
    ].join('\n'),
  );
});
