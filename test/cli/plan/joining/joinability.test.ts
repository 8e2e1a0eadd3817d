import { type Joining, joinTroubles, modeOf, otherMemberships } from '../../../../cli/plan/joining/joinability';

const cluster = (name: string, spec: any, metadata = {}) => ({ metadata: { name, ...metadata }, spec });
const joining = (rest: Partial<Joining>): Joining => ({
  name: 'paris',
  mode: 'Push',
  id: 'id-1',
  karmadaId: 'id-k',
  clusters: [],
  placeOptions: [],
  ...rest,
});
const told = (rest: Partial<Joining>) => joinTroubles(joining(rest));

test('a new cluster joins, and one that has begun to goes on', () => {
  expect(told({})).toEqual([]);
  expect(
    told({ clusters: [cluster('paris', { id: 'id-1', syncMode: 'Push' }), cluster('oslo', { id: 'id-2' })] }),
  ).toEqual([]);
  expect(told({ clusters: [cluster('paris', { syncMode: 'Push' })] })).toEqual([]);
});

test('one cluster under two names is refused, as karmadactl does', () => {
  expect(told({ clusters: [cluster('lyon', { id: 'id-1' })] })).toEqual([
    {
      what: 'this cluster is a member already, as lyon',
      at: 'karmada: Cluster/lyon, id id-1',
      fix: 'use that name, or take it out first: `cdk8s-karmada member unjoin lyon`',
    },
  ]);
});

test('two clusters under one name are refused', () => {
  expect(told({ clusters: [cluster('paris', { id: 'id-2', syncMode: 'Push' })] })).toEqual([
    {
      what: 'paris is another cluster: its id is id-2, and this one is id-1',
      at: 'karmada: Cluster/paris',
      fix: 'choose another name, or give the context of that cluster with --member-context',
    },
  ]);
});

test('Karmada is no member of itself', () => {
  expect(told({ id: 'id-k' }).map(({ what }) => what)).toEqual([
    'this is the API server of Karmada itself, which runs nothing',
  ]);
});

test('a member that leaves is not taken back before it is gone', () => {
  const leaving = cluster('paris', { id: 'id-1', syncMode: 'Push' }, { deletionTimestamp: '2026-01-01T00:00:00Z' });
  expect(told({ clusters: [leaving] })).toEqual([
    {
      what: 'paris is leaving: its Cluster is deleted and waits for what it holds',
      at: 'karmada: Cluster/paris',
      fix: 'wait until it is gone, or finish it: `cdk8s-karmada member unjoin paris`',
    },
  ]);
});

test('the mode is what a person says, else the code, else what is there, else push', () => {
  expect(modeOf('Pull', cluster('paris', { syncMode: 'Push' }), undefined)).toBe('Pull');
  expect(modeOf(undefined, cluster('paris', { syncMode: 'Pull' }), cluster('paris', { syncMode: 'Push' }))).toBe(
    'Pull',
  );
  expect(modeOf(undefined, undefined, cluster('paris', { syncMode: 'Pull' }))).toBe('Pull');
  expect(modeOf(undefined, cluster('paris', {}), undefined)).toBe('Push');
});

test('a mode that the code or Karmada does not have is refused, once for each', () => {
  const other = cluster('paris', { syncMode: 'Pull', id: 'id-1' });
  expect(told({ code: other, clusters: [other] })).toEqual([
    {
      what: 'paris cannot join in push mode: the code has it in pull mode',
      at: 'syncMode of its MemberCluster',
      fix: 'change the code, or leave out --mode',
    },
    {
      what: 'paris cannot join in push mode: Karmada has it in pull mode',
      at: 'karmada: Cluster/paris',
      fix: 'take it out and let it join anew, or leave out --mode',
    },
  ]);
});

test('where a member is the code says, or the agent, and else the options', () => {
  const placeOptions = ['--provider', '--zone'];
  const inCode = {
    what: '--provider, --zone: the code says where paris is',
    at: 'MemberCluster paris',
    fix: 'leave the options out, and say it in the code',
  };
  expect(told({ placeOptions })).toEqual([]);
  expect(told({ placeOptions, code: cluster('paris', {}) })).toEqual([inCode]);
  const owned = cluster('paris', {}, { labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' } });
  expect(told({ placeOptions, clusters: [owned] })).toEqual([inCode]);
  expect(told({ placeOptions, mode: 'Pull' })).toEqual([
    {
      what: '--provider, --zone: in pull mode the agent says where it is',
      at: 'the options',
      fix: 'give `provider`, `region` and `zones` to its KarmadaAgent',
    },
  ]);
});

test('other memberships of a cluster are told from its accounts', () => {
  const accounts = ['default', 'karmada-impersonator', 'karmada-paris', 'karmada-scheduler-estimator-paris'];
  expect(otherMemberships('paris', accounts)).toEqual([]);
  expect(otherMemberships('lyon', accounts)).toEqual(['paris']);
});
