import { AGGREGATED, advice, DUPLICATED, DYNAMIC, propagation, STATIC } from './advice';

const BY_REGION = { spreadByField: 'region', minGroups: 1, maxGroups: 2 };
const BY_CLUSTER = { spreadByField: 'cluster', minGroups: 1, maxGroups: 2 };

function spread(replicaScheduling: any, ...spreadConstraints: any[]): any {
  return propagation({ placement: { ...(replicaScheduling && { replicaScheduling }), spreadConstraints } });
}

describe('MC050', () => {
  it.each([
    ['static weights', STATIC],
    ['no weights, which are even ones', { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' }],
    ['nothing but the type', { replicaSchedulingType: 'Divided' }],
  ])('spread constraints beside %s', (_, replicaScheduling) => {
    expect(advice('MC050', [spread(replicaScheduling, BY_CLUSTER)])).toEqual([
      'PropagationPolicy/shop/web spec.placement.spreadConstraints: spread constraints have no effect where replicas are ' +
        'divided by static weights; divide by available replicas or aggregate, or leave the spread constraints out',
    ]);
  });

  it.each([
    ['duplicated', DUPLICATED],
    ['nothing', undefined],
    ['aggregated', AGGREGATED],
    ['dynamic weights', DYNAMIC],
    ['an empty preference, which Karmada does not take for static weights', { ...STATIC, weightPreference: {} }],
  ])('not beside %s', (_, replicaScheduling) => {
    expect(advice('MC050', [spread(replicaScheduling, BY_CLUSTER)])).toEqual([]);
  });

  it('not where nothing is spread', () => {
    expect(advice('MC050', [spread(STATIC), propagation({ placement: { replicaScheduling: STATIC } })])).toEqual([]);
  });
});

describe('MC051', () => {
  it('a spread by cluster without a maximum', () => {
    expect(advice('MC051', [spread(DUPLICATED, { spreadByField: 'cluster', minGroups: 2 })])).toEqual([
      'error PropagationPolicy/shop/web spec.placement.spreadConstraints[0].maxGroups: maxGroups of the spread by cluster is ' +
        'not set, which Karmada reads as 0 clusters: nothing can be scheduled; set maxGroups, at least to minGroups',
    ]);
  });

  it('a spread by region without a maximum', () => {
    expect(advice('MC051', [spread(AGGREGATED, BY_CLUSTER, { spreadByField: 'region', minGroups: 2 })])).toEqual([
      'error PropagationPolicy/shop/web spec.placement.spreadConstraints[1].maxGroups: maxGroups of the spread by region is ' +
        'not set, which Karmada reads as 0 regions: nothing can be scheduled; set maxGroups, at least to minGroups',
    ]);
  });

  it('not for clusters beside regions: that is one cluster for each region', () => {
    expect(advice('MC051', [spread(AGGREGATED, BY_REGION, { spreadByField: 'cluster', minGroups: 2 })])).toEqual([]);
  });

  it('not where the constraints have no effect, and not where there is a maximum', () => {
    expect(advice('MC051', [spread(STATIC, { spreadByField: 'cluster', minGroups: 2 })])).toEqual([]);
    expect(advice('MC051', [spread(DUPLICATED, BY_CLUSTER)])).toEqual([]);
  });
});

describe('MC052', () => {
  it('a spread by zone or provider', () => {
    const constraints = [
      BY_CLUSTER,
      { spreadByField: 'zone', maxGroups: 2 },
      { spreadByField: 'provider', maxGroups: 2 },
    ];
    expect(advice('MC052', [spread(DUPLICATED, ...constraints)])).toEqual([
      'PropagationPolicy/shop/web spec.placement.spreadConstraints[1].spreadByField: a spread by zone spreads nothing: it ' +
        'only leaves out clusters that have no zone; spread by region or by cluster',
      'PropagationPolicy/shop/web spec.placement.spreadConstraints[2].spreadByField: a spread by provider spreads nothing: it ' +
        'only leaves out clusters that have no provider; spread by region or by cluster',
    ]);
  });

  it('a spread by label, alone and beside another', () => {
    const byLabel = { spreadByLabel: 'rack', minGroups: 1, maxGroups: 2 };
    expect(advice('MC052', [spread(DUPLICATED, byLabel)])).toEqual([
      'PropagationPolicy/shop/web spec.placement.spreadConstraints[0].spreadByLabel: a spread by the label "rack" is not ' +
        'implemented: nothing can be scheduled; spread by region or by cluster',
    ]);
    expect(advice('MC052', [spread(DUPLICATED, byLabel, BY_CLUSTER)])).toEqual([
      'PropagationPolicy/shop/web spec.placement.spreadConstraints[0].spreadByLabel: a spread by the label "rack" has no ' +
        'effect beside one by cluster or region; spread by region or by cluster',
    ]);
  });

  it('not by region and cluster', () => {
    expect(advice('MC052', [spread(DUPLICATED, BY_REGION, BY_CLUSTER)])).toEqual([]);
  });
});

describe('MC053', () => {
  it('replicaScheduling that says nothing', () => {
    expect(advice('MC053', [spread({})])).toEqual([
      'PropagationPolicy/shop/web spec.placement.replicaScheduling: an empty replicaScheduling divides the replicas evenly, ' +
        'while none at all copies them to each cluster; set replicaSchedulingType to Duplicated or Divided, or leave ' +
        'replicaScheduling out',
    ]);
  });

  it('not where it is left out or says how', () => {
    expect(
      advice('MC053', [spread(undefined), spread(DUPLICATED), spread({ replicaSchedulingType: 'Divided' })]),
    ).toEqual([]);
  });
});
