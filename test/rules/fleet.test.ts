import { advice, overriding, propagation } from './advice';

const cluster = (name: string, spec: any, labels: any = {}) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name, labels },
  spec,
});
const FLEET = [
  cluster('berlin', { provider: 'gcp', region: 'eu', zones: ['eu-1', 'eu-2'] }, { tier: 'core' }),
  cluster('oslo', { provider: 'aws', region: 'eu', zone: 'eu-3' }, { tier: 'edge' }),
];
const placed = (clusterAffinity: any) => propagation({ placement: { clusterAffinity } });
const field = (key: string, ...values: string[]) => ({ matchExpressions: [{ key, operator: 'In', values }] });
const AT = 'PropagationPolicy/shop/web spec.placement.clusterAffinity';
const said = (code: string, ...objects: any[]) => advice(code, [...FLEET, ...objects], { installed: true });

describe('MC021', () => {
  const FIX = 'correct the value, or set it on the member clusters that are meant';

  it('a region, a label, an expression that no cluster has', () => {
    const labelSelector = {
      matchLabels: { tier: 'fog' },
      matchExpressions: [{ key: 'gpu', operator: 'Exists' }],
    };
    expect(said('MC021', placed({ fieldSelector: field('region', 'us'), labelSelector }))).toEqual([
      `${AT}.labelSelector.matchLabels["tier"]: none of the member clusters "berlin", "oslo" fits tier "fog"; ${FIX}`,
      `${AT}.labelSelector.matchExpressions[0]: none of the member clusters "berlin", "oslo" fits gpu Exists; ${FIX}`,
      `${AT}.fieldSelector.matchExpressions[0]: none of the member clusters "berlin", "oslo" fits region In "us"; ${FIX}`,
    ]);
  });

  it('not what some cluster has, nor where the code does not know all clusters', () => {
    expect(said('MC021', placed({ fieldSelector: field('zone', 'eu-3') }))).toEqual([]);
    expect(said('MC021', placed({ labelSelector: { matchLabels: { tier: 'edge' } } }))).toEqual([]);
    expect(advice('MC021', [...FLEET, placed({ fieldSelector: field('region', 'us') })])).toEqual([]);
    expect(advice('MC021', [placed({ fieldSelector: field('region', 'us') })], { installed: true })).toEqual([]);
  });
});

describe('MC023', () => {
  it('a name that is of no cluster: in a placement, a suspension, an override', () => {
    const policy = propagation({
      placement: { clusterAffinity: { clusterNames: ['berlin', 'olso'], exclude: ['paris'] } },
      spec: { suspension: { dispatchingOnClusters: { clusterNames: ['rome'] } } },
    });
    const override = overriding([{ targetCluster: { clusterNames: ['berlin', 'bonn'] }, overriders: {} }]);
    expect(said('MC023', policy, override)).toEqual([
      `${AT}.clusterNames: no member cluster is called "olso"; did you mean oslo? known clusters: berlin, oslo`,
      `${AT}.exclude: no member cluster is called "paris"; known clusters: berlin, oslo`,
      'PropagationPolicy/shop/web spec.suspension.dispatchingOnClusters.clusterNames: no member cluster is called "rome"; ' +
        'known clusters: berlin, oslo',
      'OverridePolicy/shop/web spec.overrideRules[0].targetCluster.clusterNames: no member cluster is called "bonn"; known ' +
        'clusters: berlin, oslo',
    ]);
  });

  it('not where others may have joined clusters', () => {
    expect(advice('MC023', [...FLEET, placed({ clusterNames: ['paris'] })])).toEqual([]);
  });
});

describe('MC025', () => {
  it('conditions that no cluster fits all of', () => {
    const affinity = { clusterNames: ['berlin'], labelSelector: { matchLabels: { tier: 'edge' } } };
    expect(said('MC025', placed(affinity))).toEqual([
      `${AT}: none of the member clusters "berlin", "oslo" fits all that it asks for; leave one of the conditions out, or ` +
        'correct it',
    ]);
  });

  it('not where one of them says it already, and not where there is a cluster', () => {
    expect(said('MC025', placed({ clusterNames: ['paris'] }))).toEqual([]);
    expect(said('MC025', placed({ fieldSelector: field('region', 'us') }))).toEqual([]);
    expect(said('MC025', placed({ exclude: ['oslo'] }), placed({}))).toEqual([]);
  });
});

describe('MC124', () => {
  const protectedBy = (value: string) =>
    cluster('berlin', {}, { 'resourcetemplate.karmada.io/deletion-protected': value });

  it('a Cluster that is to be protected', () => {
    expect(advice('MC124', [protectedBy('Always')])).toEqual([
      'Cluster/berlin metadata.labels["resourcetemplate.karmada.io/deletion-protected"]: the label does not protect a Cluster; ' +
        'leave the label out, and let nobody delete Clusters who should not (RBAC)',
    ]);
  });

  it('not another value', () => {
    expect(advice('MC124', [protectedBy('Never'), ...FLEET])).toEqual([]);
  });
});
