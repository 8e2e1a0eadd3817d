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

/** What a preview of these says, or refuses. */
function answer(...manifests: any[]): any {
  try {
    return Preview.of({ manifests, fleet }).toJson().resources;
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[string, any]>([
  [
    'a number that is none in place of a null',
    { spec: { placement: { spreadConstraints: [{ maxGroups: Number.NaN }] } } },
  ],
  ['a field that a placement does not have', { spec: { placement: { spreadConstraints: [], clusterNames: [] } } }],
  ['a selector in another namespace', { selector: { namespace: 'elsewhere' } }],
  ['a selector whose kind is no text', { selector: { kind: 1 } }],
])('a policy after one that is nearly like it is refused as when it is alone: %s', (_, { spec, selector }) => {
  const first = {
    ...policies[0],
    spec: { ...policies[0].spec, placement: { spreadConstraints: [{ maxGroups: null }] } },
  };
  const second = {
    ...first,
    metadata: { name: 'second', namespace: 'prod' },
    spec: { ...first.spec, resourceSelectors: [{ ...first.spec.resourceSelectors[0], ...selector }], ...spec },
  };
  const alone = answer(resources[0], second);
  expect(alone).toContain('PropagationPolicy/prod/second');
  expect(answer(resources[0], first, second)).toBe(alone);
});

test('a placement that holds itself is refused as when it is alone', () => {
  const placement: any = {};
  placement.clusterAffinity = placement;
  const endless = { ...policies[1], spec: { ...policies[1].spec, placement } };
  const alone = answer(resources[1], endless);
  expect(alone).toContain('the API server knows no field "clusterAffinity" here');
  expect(answer(resources[0], policies[0], resources[1], endless)).toBe(alone);
});
