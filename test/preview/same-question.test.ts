import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { cluster, shop } from './shop';

const names = ['member1', 'member2', 'member3'];
const weighted = (...weights: number[]) => ({
  replicaScheduling: {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: {
      staticWeightList: weights.map((weight, i) => ({ targetCluster: { clusterNames: [names[i]] }, weight })),
    },
  },
});

/** Of each question several, and some that differ in one thing only. */
const cases = [
  weighted(1, 1),
  weighted(1, 2),
  weighted(1, 1, 1),
  {},
  { clusterAffinity: { clusterNames: ['nowhere'] } },
]
  .flatMap((placement) =>
    [1, 2, 3].flatMap((replicas) => ['100m', '200m'].map((cpu) => ({ placement, replicas, cpu }))),
  )
  .flatMap((each) => [each, each]);

const resources = cases.map(({ replicas, cpu }, i) => ({
  ...shop,
  metadata: { name: `web-${i}`, namespace: 'prod', ...(i % 3 ? {} : { uid: `uid-${i}` }) },
  spec: {
    ...shop.spec,
    replicas,
    template: { spec: { containers: [{ name: 'web', image: 'web:1', resources: { requests: { cpu } } }] } },
  },
}));
const policies = cases.map(({ placement }, i) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: `web-${i}`, namespace: 'prod' },
  spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: `web-${i}` }], placement },
}));
const fleet = Fleet.fromManifests(names.map((name) => cluster(name)));

test('what many workloads get together is what each gets alone, with ties and reasons', () => {
  const together = Preview.of({ manifests: [...resources, ...policies], fleet });
  resources.forEach((resource, i) => {
    const alone = Preview.of({ manifests: [resource, policies[i]], fleet });
    const name = `Deployment/prod/${resource.metadata.name}`;
    expect(together.toJson().resources[i]).toEqual(alone.toJson().resources[0]);
    expect(together.verdicts(name)).toEqual(alone.verdicts(name));
  });
});
