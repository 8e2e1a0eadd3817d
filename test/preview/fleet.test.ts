import { Fleet } from '../../src/preview/fleet';

const member = {
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'member1', labels: { tier: 'gold', zone: 'a' } },
  spec: { syncMode: 'Push', provider: 'aws', zones: ['z1'], taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
};

it('reads a list as kubectl prints it', () => {
  const fleet = Fleet.fromManifests([{ apiVersion: 'v1', kind: 'List', items: [member] }]);
  expect(fleet.clusterNames).toEqual(['member1']);
});

it('refuses other kinds and doubles, all at once', () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } };
  expect(() => Fleet.fromManifests([node, member, member])).toThrow(
    new Error(
      'a fleet holds Clusters of cluster.karmada.io only, got v1 Node/n\n' +
        '  at object 1 of the fleet\n' +
        '  fix: give what `kubectl get clusters -o yaml` prints on Karmada\n' +
        'Cluster/member1 is there more than once\n' +
        '  at object 3 of the fleet\n' +
        '  fix: give each cluster once',
    ),
  );
});

it('lays applied Clusters over its own', () => {
  const change = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'member1', labels: { zone: 'b' } },
    spec: {
      region: 'eu',
      taints: [
        { key: 'k', value: 'w', effect: 'NoSchedule' },
        { key: 'l', effect: 'NoExecute' },
      ],
    },
  };
  const joining = { ...change, metadata: { name: 'member2' }, spec: {} };
  const [known, joined] = Fleet.fromManifests([member])._facts([change, joining]);
  expect(known).toMatchObject({
    labels: { tier: 'gold', zone: 'b' },
    provider: 'aws',
    region: 'eu',
    zones: ['z1'],
    taints: change.spec.taints,
  });
  expect([known.apis === undefined, joined.apis === undefined, joined.name]).toEqual([false, true, 'member2']);
});
