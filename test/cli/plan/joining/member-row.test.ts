import { memberRows } from '../../../../cli/plan/joining/member-row';
import { memberListText } from '../../../../cli/render/member-list-text';

const NOW = Date.parse('2026-03-03T12:00:00Z');

const PARIS = {
  metadata: {
    name: 'paris',
    creationTimestamp: '2026-03-03T11:46:00Z',
    labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' },
  },
  spec: {
    syncMode: 'Push',
    provider: 'cloud',
    region: 'eu-west',
    zones: ['a', 'b'],
    taints: [
      { key: 'cluster.karmada.io/unschedulable', effect: 'NoSchedule' },
      { key: 'team', value: 'shop', effect: 'NoExecute' },
    ],
  },
  status: { kubernetesVersion: 'v1.34.1', conditions: [{ type: 'Ready', status: 'True', reason: 'ClusterReady' }] },
};
const BERLIN = {
  metadata: { name: 'berlin', creationTimestamp: '2026-02-19T12:00:00Z' },
  spec: { syncMode: 'Pull' },
  status: { conditions: [{ type: 'Ready', status: 'False', reason: 'ClusterNotReachable' }] },
};
const OSLO = {
  metadata: { name: 'oslo', creationTimestamp: '2026-03-03T11:59:57Z', deletionTimestamp: '2026-03-03T11:59:58Z' },
  spec: { syncMode: 'Push' },
};

test('members are listed by name, with what a person wants to know of each', () => {
  expect(memberRows([PARIS, BERLIN])).toEqual([
    {
      name: 'berlin',
      mode: 'Pull',
      ready: 'False',
      reason: 'ClusterNotReachable',
      version: null,
      provider: '',
      region: '',
      zones: [],
      cordoned: false,
      taints: [],
      leaving: false,
      inCode: false,
      created: '2026-02-19T12:00:00Z',
    },
    {
      name: 'paris',
      mode: 'Push',
      ready: 'True',
      reason: null,
      version: 'v1.34.1',
      provider: 'cloud',
      region: 'eu-west',
      zones: ['a', 'b'],
      cordoned: true,
      taints: ['team=shop:NoExecute'],
      leaving: false,
      inCode: true,
      created: '2026-03-03T11:46:00Z',
    },
  ]);
});

test('members are shown as a table', () => {
  expect(memberListText(memberRows([PARIS, BERLIN, OSLO]), 120, NOW)).toBe(
    `NAME    MODE  READY                     VERSION  PROVIDER  REGION   ZONES  CODE  AGE     TAINTS
berlin  pull  no (ClusterNotReachable)  -        -         -        -      no    12 d    -
oslo    push  leaving                   -        -         -        -      no    3 s     -
paris   push  yes                       v1.34.1  cloud     eu-west  a      yes   14 min  cordoned
                                                                    b                    team=shop:NoExecute
`,
  );
  expect(memberListText([], 120, NOW)).toBe('no member clusters\n');
});
