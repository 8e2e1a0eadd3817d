import { conf, EQUAL, messageOf, pp, preview, shop } from './shop';

describe('input', () => {
  const parent = (target: string, instance: string, chart: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${instance}-${chart}`,
      namespace: 'karmada-system',
      labels: { 'applyset.kubernetes.io/id': 'applyset-x-v1' },
      annotations: {
        'cdk8s-karmada.io/target': target,
        'cdk8s-karmada.io/instance': instance,
        'cdk8s-karmada.io/chart': chart,
      },
    },
  });
  const at = (object: any, path: string, more: any = {}) => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { 'cdk8s-karmada.io/path': path, 'config.kubernetes.io/depends-on': 'x', ...more },
    },
  });
  const named = (name: string) => ({ ...conf, metadata: { ...conf.metadata, name } });
  const names = (json: any) => json.resources.map((entry: any) => entry.resource.name);

  it('leaves out the host, the parents and what charts share', () => {
    const manifests = [
      parent('host', 'east', 'east'),
      parent('karmada', 'east', 'east/karmada'),
      at(named('host'), 'east/etcd'),
      at(named('bundle'), 'east/karmada/crd'),
      at(named('shared'), 'east/karmada/ns', { 'cdk8s-karmada.io/shared': 'true' }),
      named('by-hand'),
    ];
    expect(names(preview(manifests))).toEqual(['bundle', 'by-hand']);
  });

  it('sends nothing on that only the command needs', () => {
    const json = preview([at(shop, 'shop/web'), pp({})]);
    const { annotations } = json.resources[0].outcomes[0].rendered.member1[0].metadata;
    expect(Object.keys(annotations).filter((key) => !/(^|\.)karmada\.io/.test(key))).toEqual([]);
  });

  it('reads the flags of the instance in the manifests', () => {
    const scheduler = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'east-scheduler', namespace: 'karmada-system' },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 's', command: ['/bin/karmada-scheduler', '--v=4', '--enable-empty-workload-propagation=true'] },
            ],
          },
        },
      },
    };
    const one = { ...shop, spec: { ...shop.spec, replicas: 1 } };
    const manifests = [parent('host', 'east', 'east'), at(scheduler, 'east/scheduler'), one, pp(EQUAL)];
    const uids = { 'Deployment/prod/shop': 'u-1' };
    expect(preview(manifests, { uids }).resources[0].outcomes[0].clusters).toEqual([
      { name: 'member1', replicas: 1 },
      { name: 'member2' },
    ]);
  });

  it('wants to know which of several instances is meant', () => {
    const manifests = [
      parent('karmada', 'east', 'e'),
      parent('karmada', 'west', 'w'),
      at(named('in-east'), 'e/a'),
      at(named('in-west'), 'w/a'),
    ];
    expect(messageOf(() => preview(manifests))).toBe(
      'the manifests hold 2 instances: east, west\n' +
        '  at the manifests\n' +
        '  fix: choose one of them as `instance`, or with --instance on the command line',
    );
    expect(messageOf(() => preview(manifests, { instance: 'north' }))).toBe(
      'the manifests hold no instance "north"\n  at instance\n  fix: choose one of: east, west',
    );
    expect(names(preview(manifests, { instance: 'west' }))).toEqual(['in-west']);
  });

  it('puts what names no namespace into default', () => {
    const json = preview([
      { ...conf, metadata: { name: 'conf' } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prod' } },
    ]);
    expect(json.resources.map((entry: any) => entry.resource.namespace)).toEqual(['default', '']);
  });

  it('counts on what an API server fills in', () => {
    const { replicas: _, ...spec } = shop.spec;
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job', namespace: 'prod' }, spec: {} };
    const json = preview([{ ...shop, spec }, job, pp({})]);
    expect(json.resources.map((entry: any) => entry.replicas)).toEqual([1, 1]);
    expect(json.resources[0].outcomes[0].rendered.member1[0].spec.replicas).toBe(1);
  });

  it('tells everything that is wrong at once', () => {
    expect(messageOf(() => preview([{ kind: 'Deployment' }, { apiVersion: 'v1', kind: 'X', metadata: {} }]))).toBe(
      'not a Kubernetes object: it has no apiVersion, no metadata.name\n' +
        '  at object 1 of the manifests\n' +
        '  fix: give objects with apiVersion, kind and metadata.name\n' +
        'not a Kubernetes object: it has no metadata.name\n' +
        '  at object 2 of the manifests\n' +
        '  fix: give objects with apiVersion, kind and metadata.name',
    );
  });

  it('refuses an object that is there twice', () => {
    expect(messageOf(() => preview([{ kind: 'List', items: [shop] }, shop]))).toBe(
      'Deployment.apps/prod/shop is there more than once\n  at the manifests\n  fix: give each object once',
    );
  });

  it('refuses what is no quantity', () => {
    const container = { name: 'main', image: 'a', resources: { requests: { cpu: 'much' } } };
    const odd = { ...shop, spec: { replicas: 1, template: { spec: { containers: [container] } } } };
    expect(messageOf(() => preview([odd]))).toBe(
      'requests of container main: cpu is no quantity: "much"\n  at Deployment/prod/shop\n  fix: write one such as 2, 500m or 4Gi',
    );
  });

  it('refuses UIDs of nothing and of two things', () => {
    const twin = { ...shop, apiVersion: 'shop.io/v1' };
    expect(
      messageOf(() => preview([shop, twin], { uids: { 'Deployment/prod/shop': 'a', 'Deployment/prod/shp': 'b' } })),
    ).toBe(
      '"Deployment/prod/shop" fits 2 resources\n' +
        '  at uids["Deployment/prod/shop"]\n' +
        '  fix: name the group: Deployment.apps/prod/shop or Deployment.shop.io/prod/shop\n' +
        '"Deployment/prod/shp" is no resource of the manifests\n' +
        '  at uids["Deployment/prod/shp"]\n' +
        '  fix: did you mean Deployment/prod/shop?',
    );
  });

  it('refuses what Karmada refuses', () => {
    expect(
      messageOf(() => preview([pp({ placement: { replicaScheduling: { replicaSchedulingType: 'x' } } })])),
    ).toMatch(
      /^.+\n {2}at PropagationPolicy\/prod\/shop spec\.placement\.replicaScheduling\.replicaSchedulingType\n {2}fix: .+$/,
    );
  });
});
