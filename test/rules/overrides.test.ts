import { advice, deployment, object, overriding, propagation, STATIC } from './advice';

/** An override policy of one rule. */
function rule(overriders: any, targetCluster?: any): any {
  return overriding([{ ...(targetCluster && { targetCluster }), overriders }]);
}

function clusterWide(policy: any): any {
  return { ...policy, kind: 'ClusterOverridePolicy', metadata: { name: 'wide' } };
}

const plaintext = (...operations: any[]) => rule({ plaintext: operations });
const RULE = 'OverridePolicy/shop/web spec.overrideRules[0]';
const LABELLED = deployment('web', {}, { labels: { tier: 'front' }, annotations: { 'shop/team': 'web' } });

describe('MC070', () => {
  const named = (...clusterNames: string[]) => propagation({ placement: { clusterAffinity: { clusterNames } } });
  const image = { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] };
  const FIX = 'take the rule away, or let the placement choose its clusters';

  it('a rule for clusters that the placement does not name', () => {
    const override = rule(image, { clusterNames: ['oslo'] });
    expect(advice('MC070', [deployment(), named('berlin', 'paris'), override])).toEqual([
      `${RULE}.targetCluster.clusterNames: the rule is for "oslo", where PropagationPolicy/shop/web can send nothing that it ` +
        `selects; ${FIX}`,
    ]);
  });

  it('a rule for clusters that the placement leaves out, and for all but those that it names', () => {
    const without = propagation({ placement: { clusterAffinity: { exclude: ['oslo'] } } });
    expect(advice('MC070', [deployment(), without, rule(image, { clusterNames: ['oslo'] })])).toEqual([
      `${RULE}.targetCluster.clusterNames: the rule is for "oslo", where PropagationPolicy/shop/web can send nothing that it ` +
        `selects; ${FIX}`,
    ]);
    expect(advice('MC070', [deployment(), named('berlin'), rule(image, { exclude: ['berlin'] })])).toEqual([
      `${RULE}.targetCluster.exclude: the rule is for all but "berlin", where PropagationPolicy/shop/web can send nothing that ` +
        `it selects; ${FIX}`,
    ]);
  });

  it('in the deprecated form of a policy too', () => {
    const old = { ...overriding([]), spec: { ...overriding([]).spec, targetCluster: { clusterNames: ['oslo'] } } };
    delete old.spec.overrideRules;
    expect(advice('MC070', [deployment(), named('berlin'), old])).toEqual([
      'OverridePolicy/shop/web spec.targetCluster.clusterNames: the rule is for "oslo", where PropagationPolicy/shop/web can ' +
        `send nothing that it selects; ${FIX}`,
    ]);
  });

  it.each([
    [
      'of another group',
      {
        clusterAffinities: [
          { affinityName: 'a', clusterNames: ['berlin'] },
          { affinityName: 'b', clusterNames: ['oslo'] },
        ],
      },
    ],
    [
      'that an overflow may take',
      {
        clusterAffinities: [
          {
            affinityName: 'a',
            clusterNames: ['berlin'],
            overflowAffinities: [{ affinityName: 'o', clusterNames: ['oslo'] }],
          },
        ],
      },
    ],
    ['by label', { clusterAffinity: { labelSelector: { matchLabels: { tier: 'edge' } } } }],
    ['whatever they are', {}],
    ['where a list of names is empty', { clusterAffinity: { clusterNames: [] } }],
  ])('not for clusters %s', (_, placement) => {
    expect(
      advice('MC070', [deployment(), propagation({ placement }), rule(image, { clusterNames: ['oslo'] })]),
    ).toEqual([]);
  });

  it('not where the rule says no name, or one that fits', () => {
    const fitting = rule(image, { clusterNames: ['berlin', 'oslo'] });
    expect(advice('MC070', [deployment(), named('berlin'), rule(image), fitting])).toEqual([]);
    const labelled = rule(image, { labelSelector: { matchLabels: { tier: 'edge' } } });
    expect(advice('MC070', [deployment(), named('berlin'), labelled])).toEqual([]);
  });

  it('not where nobody known sends it, nor where it also follows something that goes there', () => {
    const conf = object('v1', 'ConfigMap', 'conf');
    const override = overriding(
      [{ targetCluster: { clusterNames: ['oslo'] }, overriders: {} }],
      [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'conf' }],
    );
    expect(advice('MC070', [conf, override])).toEqual([]);
    const own = propagation({
      name: 'conf',
      selectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'conf' }],
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
    });
    expect(advice('MC070', [conf, own, override])).toHaveLength(1);
    const web = deployment('web', { volumes: [{ name: 'conf', configMap: { name: 'conf' } }] });
    const following = propagation({
      placement: { clusterAffinity: { clusterNames: ['oslo'] } },
      spec: { propagateDeps: true },
    });
    expect(advice('MC070', [conf, own, override, web, following])).toEqual([]);
  });
});

describe('MC071', () => {
  const FIX = 'take it away, or correct what it is about';

  it('a label or an annotation that the template does not have', () => {
    const override = rule({
      labelsOverrider: [{ operator: 'remove', value: { teir: 'x' } }],
      annotationsOverrider: [{ operator: 'replace', value: { team: 'web' } }],
    });
    expect(advice('MC071', [LABELLED, override])).toEqual([
      `${RULE}.overriders.labelsOverrider[0].value["teir"]: it would remove the label "teir", which the template does not ` +
        `have: nothing happens; ${FIX}`,
      `${RULE}.overriders.annotationsOverrider[0].value["team"]: it would replace the annotation "team", which the template ` +
        'does not have: nothing happens; use the operator add',
    ]);
  });

  it('the same value once more', () => {
    const same = { path: '/spec/template/metadata/labels', operator: 'replace', value: { app: 'web' } };
    expect(advice('MC071', [LABELLED, plaintext(same)])).toEqual([
      `${RULE}.overriders.plaintext[0].value: it replaces /spec/template/metadata/labels by what the template says already; ${FIX}`,
    ]);
  });

  it('an image of a kind in which Karmada does not look for images', () => {
    const selectors = [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly' }];
    const change = { component: 'Tag', operator: 'replace', value: '2' };
    const of = (more: any) => overriding([{ overriders: { imageOverrider: [{ ...change, ...more }] } }], selectors);
    const cron = object('batch/v1', 'CronJob', 'nightly');
    expect(advice('MC071', [cron, of({})])).toEqual([
      `${RULE}.overriders.imageOverrider[0].value: Karmada does not look for images in a CronJob: nothing happens; say in ` +
        '`predicate` at which path the image is',
    ]);
    expect(advice('MC071', [cron, of({ predicate: { path: '/spec/image' } })])).toEqual([]);
  });

  it('a command of a container that there is not', () => {
    const of = (containerName: string) =>
      rule({ argsOverrider: [{ containerName, operator: 'add', value: ['--verbose'] }] });
    expect(advice('MC071', [deployment(), of('wbe')])).toEqual([
      `${RULE}.overriders.argsOverrider[0].value: there is no container "wbe" in which Karmada would look for it: nothing ` +
        'happens; correct containerName; for a container that initializes, and for other kinds, use plaintext',
    ]);
    expect(advice('MC071', [deployment(), of('web')])).toEqual([]);
  });

  it('not what is there, what is added, what servers and deployers write, or another value', () => {
    const override = rule({
      labelsOverrider: [
        { operator: 'remove', value: { tier: 'front', 'argocd.argoproj.io/instance': 'shop' } },
        { operator: 'add', value: { zone: 'a' } },
      ],
      annotationsOverrider: [
        { operator: 'replace', value: { 'shop/team': 'web' } },
        { operator: 'remove', value: { 'deployment.kubernetes.io/revision': '' } },
      ],
      plaintext: [{ path: '/spec/template/metadata/labels/app', operator: 'replace', value: 'api' }],
    });
    expect(advice('MC071', [LABELLED, override])).toEqual([]);
  });

  it('not the number of replicas, which Karmada sets for each cluster before', () => {
    expect(advice('MC071', [LABELLED, plaintext({ path: '/spec/replicas', operator: 'replace', value: 3 })])).toEqual(
      [],
    );
  });

  it('not where another override may have changed it before', () => {
    const remove = rule({ labelsOverrider: [{ operator: 'remove', value: { zone: '' } }] });
    const selectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }];
    const adds = (key: string) =>
      clusterWide(
        overriding([{ overriders: { labelsOverrider: [{ operator: 'add', value: { [key]: 'a' } }] } }], selectors),
      );
    expect(advice('MC071', [LABELLED, remove, adds('zone')])).toEqual([]);
    expect(advice('MC071', [LABELLED, remove], { existing: [adds('zone')] })).toEqual([]);
    expect(advice('MC071', [LABELLED, remove, adds('other')])).toHaveLength(1);
    const same = plaintext(
      { path: '/spec/template/metadata/labels', operator: 'add', value: { app: 'api' } },
      { path: '/spec/template/metadata/labels/app', operator: 'replace', value: 'web' },
    );
    expect(advice('MC071', [LABELLED, same])).toEqual([]);
  });

  it('not where it may select objects that are not in the input', () => {
    const overriders = { labelsOverrider: [{ operator: 'remove', value: { teir: 'x' } }] };
    const all = overriding([{ overriders }], [{ apiVersion: 'apps/v1', kind: 'Deployment' }]);
    const more = overriding(
      [{ overriders }],
      ['web', 'api'].map((name) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name })),
    );
    const byName = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }];
    expect(advice('MC071', [LABELLED, all, more, clusterWide(overriding([{ overriders }], byName))])).toEqual([]);
    expect(advice('MC071', [LABELLED, deployment('api'), more])).toHaveLength(1);
  });
});

describe('MC072', () => {
  it.each([
    ['map', '/metadata/labels', { zone: 'a' }, '<key>'],
    ['list', '/spec/template/spec/containers/0/env', [{ name: 'ZONE', value: 'a' }], '-'],
  ])('a whole %s that is there already', (noun, path, value, key) => {
    const containers = [{ name: 'web', env: [{ name: 'MODE', value: 'core' }] }];
    const web = deployment('web', { containers }, { labels: { tier: 'front' } });
    expect(advice('MC072', [web, plaintext({ path, operator: 'add', value })])).toEqual([
      `${RULE}.overriders.plaintext[0]: adding ${path} replaces the whole ${noun} that Deployment/shop/web has there; name ` +
        `what to add: ${path}/${key}; to replace all of it, use the operator replace`,
    ]);
  });

  it.each([
    ['a key', '/metadata/labels/zone', 'a'],
    ['what is not there yet', '/spec/template/metadata/annotations', { zone: 'a' }],
    ['an element in front of another', '/spec/template/spec/containers/0', { name: 'log' }],
    ['an element at the end', '/spec/template/spec/containers/-', { name: 'log' }],
    ['the words of a command, which are one value', '/spec/template/spec/containers/0/args', ['--verbose']],
  ])('not %s', (_, path, value) => {
    const web = deployment('web', { containers: [{ name: 'web', args: ['--quiet'] }] }, { labels: { tier: 'front' } });
    expect(advice('MC072', [web, plaintext({ path, operator: 'add', value })])).toEqual([]);
  });

  it('not where all of it is replaced by name of the operator', () => {
    const replace = plaintext({ path: '/metadata/labels', operator: 'replace', value: { zone: 'a' } });
    expect(advice('MC072', [LABELLED, replace])).toEqual([]);
  });
});

describe('MC074', () => {
  const set = plaintext({ path: '/spec/replicas', operator: 'replace', value: 1 });

  it('replicas that are divided', () => {
    const policy = propagation({ placement: { replicaScheduling: STATIC } });
    expect(advice('MC074', [deployment(), policy, set])).toEqual([
      `${RULE}.overriders.plaintext[0]: PropagationPolicy/shop/web divides the replicas of Deployment/shop/web, and this sets ` +
        '/spec/replicas whatever its share is; give the cluster a static weight, or duplicate the replicas',
    ]);
  });

  it('not replicas that are duplicated, nor anything else', () => {
    const policy = propagation({ placement: { replicaScheduling: STATIC } });
    const paused = plaintext({ path: '/spec/paused', operator: 'add', value: true });
    expect(advice('MC074', [deployment(), propagation(), set])).toEqual([]);
    expect(advice('MC074', [deployment(), policy, paused])).toEqual([]);
    expect(advice('MC074', [deployment(), set])).toEqual([]);
  });
});

describe('MC075', () => {
  const IMAGE = '/spec/template/spec/containers/1/image';
  const selectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }];
  const moving = (operation: any, targetCluster?: any) =>
    clusterWide(
      overriding([{ ...(targetCluster && { targetCluster }), overriders: { plaintext: [operation] } }], selectors),
    );
  const removing = { path: '/spec/template/spec/containers/0', operator: 'remove' };
  const image = { path: IMAGE, operator: 'replace', value: 'x:1' };

  it('an index into a list that another policy shortens', () => {
    expect(advice('MC075', [deployment(), plaintext(image), moving(removing)])).toEqual([
      `${RULE}.overriders.plaintext[0].path: ${IMAGE} counts in a list of Deployment/shop/web that ClusterOverridePolicy/wide ` +
        'changes too (remove /spec/template/spec/containers/0): it may be another element by then; put both changes into one ' +
        'policy, or append with /- instead of an index',
    ]);
  });

  it('not in one policy, where the other appends or replaces, or in other clusters', () => {
    expect(advice('MC075', [deployment(), plaintext(image, removing)])).toEqual([]);
    const appending = { path: '/spec/template/spec/containers/-', operator: 'add', value: {} };
    const replacing = { path: '/spec/template/spec/containers/0', operator: 'replace', value: {} };
    expect(advice('MC075', [deployment(), plaintext(image), moving(appending)])).toEqual([]);
    expect(advice('MC075', [deployment(), plaintext(image), moving(replacing)])).toEqual([]);
    const inOslo = rule({ plaintext: [image] }, { clusterNames: ['oslo'] });
    expect(advice('MC075', [deployment(), inOslo, moving(removing, { clusterNames: ['rome'] })])).toEqual([]);
    expect(advice('MC075', [deployment(), inOslo, moving(removing, { clusterNames: ['oslo'] })])).toHaveLength(1);
  });
});

describe('MC076', () => {
  const adding = (component: string, value: string, more: any = {}) =>
    rule({ imageOverrider: [{ component, operator: 'add', value, ...more }] });
  const running = (image: string) => deployment('web', { containers: [{ name: 'web', image }] });

  it.each([
    ['Tag', 'web:1.4.0', '2', '1.4.0'],
    ['Tag', `web@sha256:${'0'.repeat(64)}`, '2', `sha256:${'0'.repeat(64)}`],
    ['Registry', 'registry.example:5000/team/web:1', 'mirror.example', 'registry.example:5000'],
    ['Repository', 'localhost/team/web:1', 'api', 'team/web'],
  ])('a %s of %s', (component, image, value, part) => {
    expect(advice('MC076', [running(image), adding(component, value)])).toEqual([
      `${RULE}.overriders.imageOverrider[0]: the ${component.toLowerCase()} of Deployment/shop/web is "${part}": adding ` +
        `"${value}" makes it "${part}${value}"; use the operator replace`,
    ]);
  });

  it('not where there is none, where a suffix is meant, or at a path of its own', () => {
    expect(advice('MC076', [running('team/web'), adding('Registry', 'mirror.example')])).toEqual([]);
    expect(advice('MC076', [running('web'), adding('Tag', '2')])).toEqual([]);
    expect(advice('MC076', [running('web:1'), adding('Tag', '-arm64')])).toEqual([]);
    expect(advice('MC076', [running('web:1'), adding('Tag', '2', { predicate: { path: '/spec/x' } })])).toEqual([]);
  });
});

describe('MC073', () => {
  const said = (index: number, path: string, what: string, template = 'Deployment/shop/web') =>
    `${RULE}.overriders.plaintext[${index}].path: ${template} has ${what}: ${path} fails, and the cluster gets nothing of it; ` +
    'change the override so that it fits the object';

  it('a path into another kind of object', () => {
    const selectors = [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'conf' },
    ];
    const path = '/spec/template/spec/containers/0/image';
    const both = overriding([{ overriders: { plaintext: [{ path, operator: 'replace', value: 'x' }] } }], selectors);
    expect(advice('MC073', [deployment(), object('v1', 'ConfigMap', 'conf'), both])).toEqual([
      said(0, path, 'no /spec', 'ConfigMap/shop/conf'),
    ]);
  });

  it('an element that a list does not have', () => {
    const path = '/spec/template/spec/containers/1/image';
    expect(advice('MC073', [deployment(), plaintext({ path, operator: 'replace', value: 'x' })])).toEqual([
      said(0, path, 'no /spec/template/spec/containers/1'),
    ]);
  });

  it('not what is there, what may be filled in, what is appended, or what was added before', () => {
    const replace = (path: string) => ({ path, operator: 'replace', value: 'x' });
    const add = (path: string) => ({ path, operator: 'add', value: {} });
    const containers = '/spec/template/spec/containers';
    for (const fine of [
      plaintext(replace(`${containers}/0/image`)),
      plaintext(replace('/spec/strategy/type'), replace('/metadata/labels/a'), replace('/status/replicas')),
      plaintext(add(`${containers}/-`), add(`${containers}/1`), add('/data')),
      plaintext(add(`${containers}/1`), replace(`${containers}/1/image`)),
    ])
      expect(advice('MC073', [deployment(), fine])).toEqual([]);
  });
});
