import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { PatchOperator } from '../../src/policy/patch-operator';
import { jsonPatch } from '../../src/preview/private/json-patch';
import { applied, rendered, rulesOf, stored, TEMPLATES } from './rendered';

type Name = keyof typeof TEMPLATES;

const { ADD, REPLACE, REMOVE } = PatchOperator;
const web = { container: 'web' };
const proxy = { container: 'proxy' };
const POD = '/spec/template/spec';

/** Name of the case, template, overriders, what changes in the template as it is stored. */
const CASES: [string, Name, Overrider[], (object: any) => void][] = [
  [
    'a variable from a field of the pod',
    'deployment',
    [Overrider.envValue('IP', kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP), web)],
    ({ spec }) => {
      spec.template.spec.containers[0].env.push({ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } });
    },
  ],
  [
    'a variable from a resource, with a divisor',
    'deployment',
    [
      Overrider.envValue(
        'CPU',
        kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }),
        web,
      ),
    ],
    ({ spec }) => {
      const resourceFieldRef = { resource: 'limits.cpu', divisor: '1m' };
      spec.template.spec.containers[0].env.push({ name: 'CPU', valueFrom: { resourceFieldRef } });
    },
  ],
  [
    'a variable from a Secret, in place of a literal',
    'deployment',
    [
      Overrider.envValue(
        'REGION',
        kplus.EnvValue.fromSecretValue({ secret: { name: 'db' } as kplus.ISecret, key: 'password' }),
        web,
      ),
    ],
    ({ spec }) => {
      spec.template.spec.containers[0].env[0] = {
        name: 'REGION',
        valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
      };
    },
  ],
  [
    'a pod annotation where there is none',
    'bareDeployment',
    [Overrider.podAnnotation('a', '1'), Overrider.podAnnotation('b/c', '2')],
    ({ spec }) => {
      spec.template.metadata.annotations = { a: '1', 'b/c': '2' };
    },
  ],
  [
    'a pod annotation that comes and goes',
    'bareDeployment',
    [Overrider.podAnnotation('a', '1'), Overrider.removePodAnnotation('a'), Overrider.label('x', 'y')],
    ({ metadata }) => {
      metadata.labels = { x: 'y' };
    },
  ],
  ['replicas', 'deployment', [Overrider.replicas(5)], ({ spec }) => (spec.replicas = 5)],
  [
    'replicas that the template leaves out',
    'bareDeployment',
    [Overrider.replicas(0)],
    ({ spec }) => (spec.replicas = 0),
  ],
  ['replicas of a custom kind', 'custom', [Overrider.replicas(1)], ({ spec }) => (spec.replicas = 1)],
  ['an ingress class', 'ingress', [Overrider.ingressClass('nginx')], ({ spec }) => (spec.ingressClassName = 'nginx')],
  ['a storage class', 'claim', [Overrider.storageClass('fast')], ({ spec }) => (spec.storageClassName = 'fast')],
  [
    'the storage class of a claim template',
    'statefulSet',
    [Overrider.storageClass('fast', { claimTemplate: 'logs' })],
    ({ spec }) => (spec.volumeClaimTemplates[1].spec.storageClassName = 'fast'),
  ],
  [
    'fields in a JSON document',
    'configMap',
    [
      Overrider.jsonField('app.json', '/log/level', 'debug'),
      Overrider.jsonField('app.json', '/log/file', '/var/log/a'),
      Overrider.jsonField('/data/app.json', '/hosts/-', 'c'),
      Overrider.removeJsonField('app.json', '/hosts/0'),
      Overrider.jsonField('app.json', '/hosts/0', 'B'),
      Overrider.removeJsonField('app.json', '/n'),
    ],
    ({ data }) => (data['app.json'] = '{"log":{"level":"debug","file":"/var/log/a"},"hosts":["B","c"]}'),
  ],
  [
    'a JSON document after a patch that replaced it',
    'configMap',
    [
      Overrider.patch(REPLACE, '/data/text', '{"a":{}}'),
      Overrider.jsonField('text', '/a/b', 1),
      Overrider.annotation('x', 'y'),
    ],
    ({ data, metadata }) => {
      data.text = '{"a":{"b":1}}';
      metadata.annotations.x = 'y';
    },
  ],
  [
    'a patch of a document after an override inside of it',
    'configMap',
    [Overrider.jsonField('app.json', '/n', 2), Overrider.patch(REPLACE, '/data/app.json', '{}')],
    ({ data }) => (data['app.json'] = '{}'),
  ],
  [
    'patches',
    'deployment',
    [
      Overrider.patch(ADD, '/spec/strategy', { rollingUpdate: {} }),
      Overrider.patch(ADD, '/spec/strategy/rollingUpdate/maxSurge', 1),
      Overrider.patch(REPLACE, '/spec/replicas', 7),
      Overrider.patch(REMOVE, `${POD}/initContainers`),
      Overrider.patch(ADD, '/metadata/annotations/a~1b~0c', 'd'),
    ],
    ({ spec, metadata }) => {
      spec.strategy = { rollingUpdate: { maxSurge: 1 } };
      spec.replicas = 7;
      delete spec.template.spec.initContainers;
      metadata.annotations['a/b~c'] = 'd';
    },
  ],
  [
    'an image after a patch of the same image',
    'deployment',
    [Overrider.patch(REPLACE, `${POD}/containers/0/image`, 'x/y:1'), Overrider.image({ ...web, tag: '2' })],
    ({ spec }) => (spec.template.spec.containers[0].image = 'x/y:2'),
  ],
  [
    'a patch after an image',
    'deployment',
    [Overrider.image({ ...web, tag: '2' }), Overrider.patch(REPLACE, `${POD}/containers/0/image`, 'x/y:1')],
    ({ spec }) => (spec.template.spec.containers[0].image = 'x/y:1'),
  ],
  [
    'names after a patch that put a container before them',
    'deployment',
    [
      Overrider.patch(ADD, `${POD}/containers/0`, { name: 'new', image: 'n:1', args: ['x'] }),
      Overrider.image({ ...web, tag: '2' }),
      Overrider.image({ container: 'new', tag: '3' }),
      Overrider.appendArgs(['y'], { container: 'new' }),
      Overrider.env('A', '1', proxy),
      Overrider.removeEnv('REGION', web),
    ],
    ({ spec }) => {
      const { containers } = spec.template.spec;
      containers[0].image = 'registry.example/shop/web:2';
      containers[0].env.shift();
      containers[1].env = [{ name: 'A', value: '1' }];
      containers.unshift({ name: 'new', image: 'n:3', args: ['x', 'y'] });
    },
  ],
  [
    'names after a patch that took a container away',
    'deployment',
    [Overrider.patch(REMOVE, `${POD}/containers/0`), Overrider.image({ tag: '2' }), Overrider.env('A', '1')],
    ({ spec }) => {
      spec.template.spec.containers.shift();
      Object.assign(spec.template.spec.containers[0], {
        image: 'registry.example/proxy:2',
        env: [{ name: 'A', value: '1' }],
      });
    },
  ],
  [
    'every registry, after one image was changed',
    'deployment',
    [Overrider.image({ ...web, repository: 'a/b' }), Overrider.image({ registry: 'm.example' })],
    ({ spec }) => {
      spec.template.spec.containers[0].image = 'm.example/a/b:1';
      spec.template.spec.containers[1].image = 'm.example/proxy:1';
    },
  ],
  [
    'a label after a patch of all labels',
    'deployment',
    [
      Overrider.patch(REPLACE, '/metadata/labels', { a: '1', b: '2' }),
      Overrider.removeLabel('a'),
      Overrider.label('c', '3'),
    ],
    ({ metadata }) => (metadata.labels = { b: '2', c: '3' }),
  ],
  [
    'a label that a patch takes away again',
    'deployment',
    [Overrider.label('a', '1'), Overrider.patch(REMOVE, '/metadata/labels/a')],
    () => undefined,
  ],
  [
    'a patch of a list between two overriders of it',
    'deployment',
    [
      Overrider.env('A', '1', web),
      Overrider.patch(REMOVE, `${POD}/containers/0/env/0`),
      Overrider.patch(ADD, `${POD}/containers/0/env/1`, { name: 'B', value: '2' }),
      Overrider.env('A', '3', web),
      Overrider.env('LEVEL', '4', web),
    ],
    ({ spec }) =>
      (spec.template.spec.containers[0].env = [
        { name: 'LEVEL', value: '4' },
        { name: 'B', value: '2' },
        { name: 'A', value: '3' },
      ]),
  ],
  [
    'arguments after a patch of them',
    'cronJob',
    [
      Overrider.patch(REPLACE, '/spec/jobTemplate/spec/template/spec/containers/0/args/1', '--B'),
      Overrider.removeArgs(['--a'], web),
      Overrider.appendArgs(['--z'], web),
    ],
    ({ spec }) => (spec.jobTemplate.spec.template.spec.containers[0].args = ['--B', '--z']),
  ],
  [
    'an image that has a digest already',
    'deployment',
    [
      Overrider.image({ ...web, digest: `sha256:${'a'.repeat(64)}` }),
      Overrider.image({ ...web, registry: 'm.example' }),
    ],
    ({ spec }) => (spec.template.spec.containers[0].image = `m.example/shop/web@sha256:${'a'.repeat(64)}`),
  ],
];

test.each(CASES)('%s', (_, name, overriders, edit) => {
  const expected = stored(TEMPLATES[name]);
  edit(expected);

  expect(rendered(TEMPLATES[name], ...overriders)).toEqual(expected);
});

test('fields in a YAML document, and of one in JSON that is read as YAML', () => {
  const [{ overriders }] = rulesOf(TEMPLATES.configMap, [
    {
      overriders: [
        Overrider.yamlField('app.yaml', '/log/level', 'debug'),
        Overrider.yamlField('/data/app.yaml', '/hosts/-', 'b'),
        Overrider.removeYamlField('app.yaml', '/hosts/0'),
        Overrider.yamlField('app.yaml', '/hosts/0', 'c'),
        Overrider.yamlField('app.json', '/n', { a: 1, b: [] }),
      ],
    },
  ]);
  const [{ yaml }] = overriders.fieldOverrider;
  const operations = yaml.map(({ operator, subPath, value }: any) => ({ op: operator, path: subPath, value }));

  expect(overriders.fieldOverrider.map(({ fieldPath }: any) => fieldPath)).toEqual([
    '/data/app.yaml',
    '/data/app.json',
  ]);
  expect(overriders.fieldOverrider[1].yaml).toEqual([{ subPath: '/n', operator: 'add', value: { a: 1, b: [] } }]);
  expect(jsonPatch({ log: { level: 'info' }, hosts: ['a'] }, operations)).toEqual({
    log: { level: 'debug' },
    hosts: ['c'],
  });
});

test('what does not get in the way stays in one rule', () => {
  const rules = rulesOf(TEMPLATES.deployment, [
    {
      overriders: [
        Overrider.env('A', '1', web),
        Overrider.podAnnotation('a', '1'),
        Overrider.image({ registry: 'm.example' }),
        Overrider.label('a', '1'),
      ],
    },
  ]);

  expect(rules).toHaveLength(1);
});

test('where Karmada would change the order, there is another rule for the same clusters', () => {
  const clusters = ClusterSelector.names('berlin');
  const rules = rulesOf(TEMPLATES.deployment, [
    {
      clusters,
      overriders: [Overrider.patch(REPLACE, `${POD}/containers/0/image`, 'x:1'), Overrider.image({ ...web, tag: '2' })],
    },
  ]);

  expect(rules).toEqual([
    {
      targetCluster: { clusterNames: ['berlin'] },
      overriders: { plaintext: [{ operator: 'replace', path: `${POD}/containers/0/image`, value: 'x:1' }] },
    },
    {
      targetCluster: { clusterNames: ['berlin'] },
      overriders: {
        imageOverrider: [
          {
            component: 'Tag',
            operator: 'replace',
            predicate: { path: `${POD}/containers/0/image` },
            value: '2',
          },
        ],
      },
    },
  ]);
});

describe.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])('several rules, the first holding: %s, those for berlin: %s', (isEdge, isBerlin) => {
  const berlin = ClusterSelector.names('berlin');
  const edge = ClusterSelector.labels({ tier: 'edge' });
  const holds = (clusters: any) =>
    Object.keys(clusters).length === 0 || (clusters.clusterNames === undefined ? isEdge : isBerlin);

  test('add to the same list and map', () => {
    const rules = [
      {
        clusters: edge,
        overriders: [Overrider.resources({ ...proxy, limits: { cpu: '1' } }), Overrider.env('A', '1', proxy)],
      },
      { overriders: [Overrider.podAnnotation('b', '2')] },
      {
        clusters: berlin,
        overriders: [Overrider.resources({ ...proxy, requests: { cpu: '1' } }), Overrider.env('B', '2', proxy)],
      },
    ];
    const { template } = applied(stored(TEMPLATES.deployment), rulesOf(TEMPLATES.deployment, rules), holds).spec;
    const [, { env = [], resources = {} }] = template.spec.containers;

    expect(template.metadata.annotations).toEqual({ 'a.b/c~d': 'x', b: '2' });
    expect(env).toEqual([
      ...(isEdge ? [{ name: 'A', value: '1' }] : []),
      ...(isBerlin ? [{ name: 'B', value: '2' }] : []),
    ]);
    expect(resources).toEqual({
      ...(isEdge && { limits: { cpu: '1' } }),
      ...(isBerlin && { requests: { cpu: '1' } }),
    });
  });

  test('take away and add for the same clusters', () => {
    const rules = [
      { clusters: edge, overriders: [Overrider.appendArgs(['--edge'], web), Overrider.label('a', '1')] },
      { clusters: berlin, overriders: [Overrider.removeEnv('REGION', web), Overrider.appendArgs(['--berlin'], web)] },
      { clusters: berlin, overriders: [Overrider.env('LEVEL', '1', web), Overrider.removeArgs(['--berlin'], web)] },
    ];
    const [{ env, args }] = applied(stored(TEMPLATES.deployment), rulesOf(TEMPLATES.deployment, rules), holds).spec
      .template.spec.containers;
    const [region, level] = TEMPLATES.deployment.spec.template.spec.containers[0].env ?? [];

    expect(args).toEqual(['--a', '--b', '--a', ...(isEdge ? ['--edge'] : [])]);
    expect(env).toEqual(isBerlin ? [{ name: 'LEVEL', value: '1' }] : [region, level]);
  });
});
