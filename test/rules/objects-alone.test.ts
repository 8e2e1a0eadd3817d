import { advice, deployment, object, propagation } from './advice';

describe('MC045', () => {
  it('a lazy policy', () => {
    expect(advice('MC045', [propagation({ spec: { activationPreference: 'Lazy' } })])).toEqual([
      'PropagationPolicy/shop/web spec.activationPreference: the policy is lazy: what exists already moves only when it is ' +
        'next edited; leave activationPreference out, or acknowledge this with the reason',
    ]);
  });

  it('not one that acts at once', () => {
    expect(advice('MC045', [propagation()])).toEqual([]);
  });
});

describe('MC060', () => {
  it.each(['nginx', 'nginx:latest', 'registry.example:5000/web'])('%s', (image) => {
    expect(advice('MC060', [deployment('web', { containers: [{ name: 'web', image }] })])).toEqual([
      `Deployment/shop/web spec.template.spec.containers[0].image: container "web" runs "${image}", whatever that is on the ` +
        'day when a cluster pulls it; name the tag of a release, or a digest',
    ]);
  });

  it('in a cron job, and where a pod is initialized', () => {
    const spec = { containers: [{ name: 'a', image: 'a:1' }], initContainers: [{ name: 'b', image: 'b' }] };
    const cron = object('batch/v1', 'CronJob', 'nightly', { spec: { jobTemplate: { spec: { template: { spec } } } } });
    expect(advice('MC060', [cron])).toEqual([
      'CronJob/shop/nightly spec.jobTemplate.spec.template.spec.initContainers[0].image: container "b" runs "b", whatever ' +
        'that is on the day when a cluster pulls it; name the tag of a release, or a digest',
    ]);
  });

  it.each([
    ['a tag', 'registry.example:5000/web:1'],
    ['a digest', `web@sha256:${'0'.repeat(64)}`],
    ['a digest beside a tag', `web:latest@sha256:${'0'.repeat(64)}`],
    ['a tag that begins with latest', 'web:latest-1.4'],
    ['nothing', undefined],
  ])('not %s', (_, image) => {
    expect(advice('MC060', [deployment('web', { containers: [{ name: 'web', image }] })])).toEqual([]);
  });
});

describe('MC062', () => {
  const secret = (rest: any) => object('v1', 'Secret', 'web', rest);

  it('names keys, never a value', () => {
    expect(advice('MC062', [secret({ data: { b: 'c2VjcmV0', a: 'c2VjcmV0' }, stringData: { c: 'secret' } })])).toEqual([
      'error Secret/shop/web data: the Secret holds its values in plain sight: "a", "b"; refer to a Secret that exists on ' +
        'Karmada, or have one made by an ExternalSecret or a SealedSecret',
      'error Secret/shop/web stringData: the Secret holds its values in plain sight: "c"; refer to a Secret that exists on ' +
        'Karmada, or have one made by an ExternalSecret or a SealedSecret',
    ]);
  });

  it('not an empty one, and not another kind of that name', () => {
    expect(advice('MC062', [secret({}), secret({ data: {} })])).toEqual([]);
    expect(advice('MC062', [object('vault.example/v1', 'Secret', 'web', { data: { path: 'kv/web' } })])).toEqual([]);
  });
});
