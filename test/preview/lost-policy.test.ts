import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { cluster, shop } from './shop';

const policy = (spec: any = {}, metadata: any = {}) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'shop', namespace: 'prod', ...metadata },
  spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }], placement: {}, ...spec },
});
const binding = {
  apiVersion: 'work.karmada.io/v1alpha2',
  kind: 'ResourceBinding',
  metadata: {
    name: 'shop-deployment',
    namespace: 'prod',
    labels: { 'propagationpolicy.karmada.io/permanent-id': 'f6f8d7d9-6f3b-4f0b-9a5e-1d1c2a3b4c5d' },
    annotations: {
      'propagationpolicy.karmada.io/namespace': 'prod',
      'propagationpolicy.karmada.io/name': 'shop',
      'policy.karmada.io/applied-placement': '{}',
    },
  },
  spec: {
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' },
    replicas: shop.spec.replicas,
    placement: {},
    clusters: [{ name: 'member1', replicas: shop.spec.replicas }],
    propagateDeps: true,
    conflictResolution: 'Overwrite',
    suspension: { dispatching: true },
  },
  status: { conditions: [{ type: 'Scheduled', status: 'True', reason: 'Success', message: 'yes' }] },
};
const needing = {
  ...shop,
  spec: {
    ...shop.spec,
    template: {
      ...shop.spec.template,
      spec: { ...shop.spec.template.spec, volumes: [{ name: 'c', configMap: { name: 'conf' } }] },
    },
  },
};
const conf = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace: 'prod' }, data: {} };
const fleet = Fleet.fromManifests([cluster('member1'), cluster('member2')]);
const preview = (manifests: any[]) => Preview.of({ manifests, fleet, bindings: [binding] }).toJson();

describe('what no policy selects any more', () => {
  test('keeps what its binding says: suspension, who wins over what is there, what follows', () => {
    const { resources } = preview([needing, conf]);
    expect(resources[0].policy).toBeNull();
    expect(resources[0].outcomes[0]).toMatchObject({ clusters: binding.spec.clusters, suspended: ['member1'] });
    const annotations = resources[0].outcomes[0].rendered.member1[0].metadata.annotations;
    expect(annotations['work.karmada.io/conflict-resolution']).toBe('overwrite');
    expect(resources[1].outcomes[0].requiredBy).toEqual([
      { namespace: 'prod', name: 'shop', clusters: binding.spec.clusters },
    ]);
  });

  test('is a finding', () => {
    expect(preview([shop]).findings).toEqual([
      {
        code: 'MC058',
        level: 'warning',
        path: 'metadata',
        message:
          'Deployment/prod/shop is selected by no policy any more: its clusters keep what they have of it, and edits do not reach them',
        fix: 'have a policy select it again, or delete it',
      },
    ]);
    expect(Preview.of({ manifests: [shop], fleet }).toJson().findings).toEqual([]);
  });

  test('stays claimed by a policy that is as it was, also where another one selects it', () => {
    const elsewhere = { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'other' }] };
    const rival = policy({}, { name: 'rival' });
    const holder = (metadata: any) => preview([shop, policy(elsewhere, metadata), rival]).resources[0];
    expect(holder({ resourceVersion: '7' })).toMatchObject({
      policy: { name: 'shop' },
      outcomes: [{ clusters: binding.spec.clusters }],
    });
    expect(holder({}).policy).toMatchObject({ name: 'rival' });
  });
});
