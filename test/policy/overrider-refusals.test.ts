import { ApiObject } from 'cdk8s';
import { ResourceSelector } from '../../src/core/resource-selector';
import { OverridePolicy } from '../../src/policy/override-policy';
import { Overrider } from '../../src/policy/overrider';
import { PatchOperator } from '../../src/policy/patch-operator';
import { Placement } from '../../src/policy/placement';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { aChart, bare, messageOf } from '../core/fake-instance';
import { refusal, TEMPLATES } from './rendered';

type Name = keyof typeof TEMPLATES;

const { ADD, REPLACE, REMOVE } = PatchOperator;
const web = { container: 'web' };
const POD = '/spec/template/spec';
const DIGEST = `sha256:${'0'.repeat(64)}`;
const withImage = (image: unknown) => ({
  ...TEMPLATES.bareDeployment,
  spec: { template: { metadata: {}, spec: { containers: [{ name: 'web', image }] } } },
});

const CASES: [Name | object, Overrider, string, string][] = [
  [
    'deployment',
    Overrider.image({ registry: 'm.example', container: 'wep' }),
    'Overrider.image names container "wep", which the template does not have',
    'did you mean web? known containers: init, proxy, web',
  ],
  [
    withImage(''),
    Overrider.image({ registry: 'm.example' }),
    'Overrider.image finds no image that Karmada can read in container "web", but ""',
    'give the container of the template an image, such as registry.example/shop/web:1',
  ],
  [
    withImage('a:1:2'),
    Overrider.image({ registry: 'm.example' }),
    'Overrider.image finds no image that Karmada can read in container "web", but "a:1:2"',
    'give the container of the template an image, such as registry.example/shop/web:1',
  ],
  [
    withImage(undefined),
    Overrider.image({ tag: '1' }),
    'Overrider.image finds no image that Karmada can read in container "web", but null',
    'give the container of the template an image, such as registry.example/shop/web:1',
  ],
  [
    withImage(`a:1@${DIGEST}`),
    Overrider.image({ registry: 'm.example' }),
    'Overrider.image would lose the digest of "a:1@sha256:0000000000000000000000000000000000000000000000000000000000000000": Karmada keeps the tag alone when an image has both',
    'write the image of the template with its digest only, or give `tag` or `digest` too',
  ],
  [
    'deployment',
    Overrider.podLabel('app', 'other'),
    'Overrider.podLabel("app") would change a label by which the workload finds its pods, so every cluster would refuse it',
    'use a label that is not in its selector',
  ],
  [
    'deployment',
    Overrider.removePodLabel('app'),
    'Overrider.removePodLabel("app") would change a label by which the workload finds its pods, so every cluster would refuse it',
    'use a label that is not in its selector',
  ],
  [
    'deployment',
    Overrider.removePodLabel('teir'),
    'Overrider.removePodLabel("teir") finds no such label in the template',
    'did you mean tier? known labels: app, tier',
  ],
  [
    'bareDeployment',
    Overrider.removePodAnnotation('x'),
    'Overrider.removePodAnnotation("x") finds no such annotation in the template',
    'leave it out: the template has no annotations',
  ],
  [
    'configMap',
    Overrider.podLabel('a', 'b'),
    'Overrider.podLabel("a") needs the metadata of pods, and the template has none',
    'override a workload: an object with a pod template',
  ],
  [
    'configMap',
    Overrider.env('a', 'b'),
    'Overrider.env("a") needs a container, and the template has none',
    'override a workload: an object with pods',
  ],
  [
    'configMap',
    Overrider.env('a', 'b', web),
    'Overrider.env("a") needs a container, and the template has none',
    'override a workload: an object with pods',
  ],
  [
    'deployment',
    Overrider.removeArgs(['--c', '--a'], web),
    'Overrider.removeArgs finds no "--c" in container "web"',
    'give it exactly as it stands in the template, or leave it out',
  ],
  [
    'deployment',
    Overrider.removeCommand(['x'], { container: 'proxy' }),
    'Overrider.removeCommand finds no "x" in container "proxy"',
    'give it exactly as it stands in the template, or leave it out',
  ],
  [
    'deployment',
    Overrider.appendArgs(['x']),
    'Overrider.appendArgs does not say which container it is for',
    'give `container`, one of: web, proxy',
  ],
  [
    'deployment',
    Overrider.resources({ ...web, requests: { cpu: '2' } }),
    'Overrider.resources comes to a request of 2 cpu and a limit of 1 in container "web"',
    'give both, the limit no less than the request',
  ],
  [
    'deployment',
    Overrider.resources({ ...web, limits: { cpu: '50m' } }),
    'Overrider.resources comes to a request of 100m cpu and a limit of 50m in container "web"',
    'give both, the limit no less than the request',
  ],
  [
    'daemonSet',
    Overrider.replicas(2),
    'Overrider.replicas(2) finds no replicas in the template of kind DaemonSet',
    'override an object with `spec.replicas`, or use Overrider.patch for what its kind has instead',
  ],
  [
    'job',
    Overrider.replicas(2),
    'Overrider.replicas(2) finds no replicas in the template of kind Job',
    'override an object with `spec.replicas`, or use Overrider.patch for what its kind has instead',
  ],
  [
    'deployment',
    Overrider.ingressClass('nginx'),
    'Overrider.ingressClass("nginx") is for an Ingress, and the policy selects apps/v1 Deployment',
    'leave it out',
  ],
  [
    { ...TEMPLATES.ingress, metadata: { name: 'web', annotations: { 'kubernetes.io/ingress.class': 'a' } } },
    Overrider.ingressClass('nginx'),
    'Overrider.ingressClass("nginx") cannot stand beside the annotation "kubernetes.io/ingress.class" of the template',
    "use Overrider.annotation('kubernetes.io/ingress.class', 'nginx')",
  ],
  [
    'statefulSet',
    Overrider.storageClass('fast'),
    'Overrider.storageClass("fast") does not say which claim template it is for',
    'give `claimTemplate`, one of: data, logs',
  ],
  [
    'statefulSet',
    Overrider.storageClass('fast', { claimTemplate: 'dat' }),
    'Overrider.storageClass("fast") names claim template "dat", which the template does not have',
    'did you mean data? known claim templates: data, logs',
  ],
  [
    'claim',
    Overrider.storageClass('fast', { claimTemplate: 'data' }),
    'Overrider.storageClass("fast") names claim template "data", and a PersistentVolumeClaim has none',
    'leave `claimTemplate` out',
  ],
  [
    'deployment',
    Overrider.storageClass('fast'),
    'Overrider.storageClass("fast") needs a claim, and the template has none',
    'override a PersistentVolumeClaim, or a StatefulSet with volumeClaimTemplates',
  ],
  [
    'configMap',
    Overrider.jsonField('app.jsno', '/a', 1),
    'Overrider.jsonField("app.jsno", "/a") finds no such key in the ConfigMap',
    'did you mean app.json? known keys: app.json, app.yaml, text, two',
  ],
  [
    'configMap',
    Overrider.jsonField('app.yaml', '/log/level', 1),
    'Overrider.jsonField("app.yaml", "/log/level"): "/data/app.yaml" holds no JSON with a map or a list',
    'correct the document, or use Overrider.yamlField if it is written in that',
  ],
  [
    'configMap',
    Overrider.yamlField('two', '/a', 1),
    'Overrider.yamlField("two", "/a"): "/data/two" holds no one YAML document with a map or a list',
    'correct the document, or use Overrider.jsonField if it is written in that',
  ],
  [
    'configMap',
    Overrider.yamlField('text', '/a', 1),
    'Overrider.yamlField("text", "/a"): "/data/text" holds no one YAML document with a map or a list',
    'correct the document, or use Overrider.jsonField if it is written in that',
  ],
  [
    'configMap',
    Overrider.jsonField('/data', '/a', 1),
    'Overrider.jsonField("/data", "/a"): "/data" is no text',
    'point to a field that holds a document',
  ],
  [
    'configMap',
    Overrider.jsonField('app.json', '/log/levels/x', 1),
    'Overrider.jsonField("app.json", "/log/levels/x") finds no "levels" at "/log"',
    'did you mean level? known keys: level, or add that first',
  ],
  [
    'configMap',
    Overrider.jsonField('app.json', '/hosts/3', 1),
    'Overrider.jsonField("app.json", "/hosts/3") finds no element 3 in the list of 2 at "/hosts"',
    'give an index from 0 to 2, or - for the end',
  ],
  [
    'configMap',
    Overrider.jsonField('app.json', '', 1),
    'Overrider.jsonField("app.json", "") is given an empty pointer, which means all of it',
    'name the place to change',
  ],
  [
    'configMap',
    Overrider.removeJsonField('app.json', '/log/levle'),
    'Overrider.removeJsonField("app.json", "/log/levle") finds no "levle" at "/log"',
    'did you mean level? known keys: level',
  ],
  [
    'configMap',
    Overrider.removeYamlField('app.yaml', '/log/levle'),
    'Overrider.removeYamlField("app.yaml", "/log/levle") finds no "levle" at "/log"',
    'did you mean level? known keys: level',
  ],
  [
    'secret',
    Overrider.jsonField('a', '/b', 1),
    'Overrider.jsonField("a", "/b") cannot look into a Secret: Karmada holds its values in base64',
    'move what differs into a ConfigMap',
  ],
  [
    'deployment',
    Overrider.jsonField('app.json', '/b', 1),
    'Overrider.jsonField("app.json", "/b") is given "app.json", which is no JSON pointer',
    'begin it with /: "/app.json"',
  ],
  [
    'deployment',
    Overrider.patch(ADD, '', {}),
    'Overrider.patch("add", "") is given an empty pointer, which means all of it',
    'name the place to change',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, 'spec/replicas', 1),
    'Overrider.patch("replace", "spec/replicas") is given "spec/replicas", which is no JSON pointer',
    'begin it with /: "/spec/replicas"',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, '/spec/a~b', 1),
    'Overrider.patch("replace", "/spec/a~b") is given "/spec/a~b", which is no JSON pointer',
    'write ~ as ~0, and / in a key as ~1',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, '/spec/replica', 1),
    'Overrider.patch("replace", "/spec/replica") finds no "replica" at "/spec"',
    'did you mean replicas? known keys: replicas, selector, template',
  ],
  [
    'deployment',
    Overrider.patch(ADD, '/spec/strategy/type', 'Recreate'),
    'Overrider.patch("add", "/spec/strategy/type") finds no "strategy" at "/spec"',
    'known keys: replicas, selector, template, or add that first',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, '/spec/replicas/x', 1),
    'Overrider.patch("replace", "/spec/replicas/x") finds nothing below the value at "/spec/replicas"',
    'point to the value itself, or to a map or a list',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, `${POD}/containers/2/image`, 'a'),
    'Overrider.patch("replace", "/spec/template/spec/containers/2/image") finds no element 2 in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 1',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, `${POD}/containers/-1/image`, 'a'),
    'Overrider.patch("replace", "/spec/template/spec/containers/-1/image") finds no element -1 in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 1',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, `${POD}/containers/01/image`, 'a'),
    'Overrider.patch("replace", "/spec/template/spec/containers/01/image") finds no element 01 in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 1',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, `${POD}/containers/web/image`, 'a'),
    'Overrider.patch("replace", "/spec/template/spec/containers/web/image") finds no element web in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 1',
  ],
  [
    'deployment',
    Overrider.patch(ADD, `${POD}/containers/3`, { name: 'a' }),
    'Overrider.patch("add", "/spec/template/spec/containers/3") finds no element 3 in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 2, or - for the end',
  ],
  [
    'deployment',
    Overrider.patch(REMOVE, `${POD}/containers/-`),
    'Overrider.patch("remove", "/spec/template/spec/containers/-") finds no element - in the list of 2 at "/spec/template/spec/containers"',
    'give an index from 0 to 1',
  ],
  [
    'deployment',
    Overrider.patch(ADD, `${POD}/containers/0/env`, []),
    'Overrider.patch("add", "/spec/template/spec/containers/0/env") would replace the whole list that is there',
    'name what to add: "/spec/template/spec/containers/0/env/-"; to replace all of it, use PatchOperator.REPLACE',
  ],
  [
    'deployment',
    Overrider.patch(ADD, '/metadata/labels', { a: 'b' }),
    'Overrider.patch("add", "/metadata/labels") would replace the whole map that is there',
    'name what to add: "/metadata/labels/<key>"; to replace all of it, use PatchOperator.REPLACE',
  ],
  [
    'deployment',
    Overrider.patch(ADD, '/metadata/finalizers', ['a']),
    'Overrider.patch("add", "/metadata/finalizers") would do nothing: Karmada sends no "metadata.finalizers" to clusters',
    'leave it out',
  ],
  [
    'deployment',
    Overrider.patch(ADD, '/status', {}),
    'Overrider.patch("add", "/status") would do nothing: Karmada sends no "status" to clusters',
    'leave it out',
  ],
  [
    'deployment',
    Overrider.patch(REMOVE, '/kind'),
    'Overrider.patch("remove", "/kind") takes "kind" away, which every object needs',
    'leave it where it is',
  ],
  [
    'deployment',
    Overrider.patch(REPLACE, '/metadata', {}),
    'Overrider.patch("replace", "/metadata") takes "metadata.name" away, which every object needs',
    'leave it where it is',
  ],
  [
    'deployment',
    Overrider.patch(REMOVE, '/metadata'),
    'Overrider.patch("remove", "/metadata") takes "metadata.name" away, which every object needs',
    'leave it where it is',
  ],
  [
    'secret',
    Overrider.patch(ADD, '/data/b', 'eA=='),
    'Overrider.patch("add", "/data/b") would put a value of a Secret into the policy, where anybody who reads policies finds it',
    'make a Secret for those clusters, and let the workload name it there with Overrider.envValue',
  ],
];

test.each(CASES)('%#: synth says why it cannot be', (template, overrider, what, fix) => {
  const object = typeof template === 'string' ? TEMPLATES[template as Name] : template;

  expect(refusal(object, overrider)).toEqual([what, `    fix: ${fix}`]);
});

test('all that is wrong is said at once', () => {
  const [first, second] = CASES.filter(([template]) => template === 'deployment');

  expect(refusal(TEMPLATES.deployment, first[1], second[1])).toEqual([
    first[2],
    `    fix: ${first[3]}`,
    second[2],
    `    fix: ${second[3]}`,
  ]);
});

test.each([
  [() => Overrider.appendArgs([]), 'Overrider.appendArgs is given nothing\n  fix: give one word or more'],
  [() => Overrider.removeCommand([]), 'Overrider.removeCommand is given nothing\n  fix: give one word or more'],
  [() => Overrider.replicas(1.5), 'Overrider.replicas is given 1.5\n  fix: give a whole number, 0 or more'],
  [() => Overrider.replicas(-1), 'Overrider.replicas is given -1\n  fix: give a whole number, 0 or more'],
  [
    () => Overrider.resources({ ...web }),
    "Overrider.resources changes nothing\n  fix: give `requests` or `limits`, such as { cpu: '500m' }",
  ],
  [
    () => Overrider.resources({ requests: { cpu: 'one' }, limits: { memory: '-1' } }),
    [
      '"one" cannot be an amount of cpu',
      '  fix: give a quantity, such as 500m, 2 or 1Gi',
      '"-1" cannot be an amount of memory',
      '  fix: give a quantity, such as 500m, 2 or 1Gi',
    ].join('\n'),
  ],
  [
    () => Overrider.ingressClass('a b'),
    '"a b" cannot be the name of an IngressClass\n  fix: use lower case letters, digits and -, beginning and ending with a letter or a digit',
  ],
  [
    () => Overrider.storageClass(''),
    '"" cannot be the name of a StorageClass\n  fix: use lower case letters, digits and -, beginning and ending with a letter or a digit',
  ],
  [
    () => Overrider.jsonField('a', '/b', undefined),
    'Overrider.jsonField("a", "/b") is given no value\n  fix: give one that is not null, or use Overrider.removeJsonField',
  ],
  [
    () => Overrider.yamlField('a', '/b', null),
    'Overrider.yamlField("a", "/b") is given no value\n  fix: give one that is not null, or use Overrider.removeYamlField',
  ],
  [
    () => Overrider.patch(ADD, '/spec/a', null),
    'Overrider.patch("add", "/spec/a") is given no value\n  fix: give one that is not null, or use PatchOperator.REMOVE',
  ],
  [
    () => Overrider.patch(REPLACE, '/spec/a', { b: [{ c: null }] }),
    'Overrider.patch("replace", "/spec/a") is given a value with a null in it, which would not be written\n  fix: leave the null out',
  ],
  [
    () => Overrider.patch(REMOVE, '/spec/a', 1),
    'Overrider.patch("remove", "/spec/a") is given a value\n  fix: leave it out: removing needs none',
  ],
])('what cannot be meant fails at once', (act, message) => {
  expect(messageOf(act)).toBe(message);
});

test('replicas fail where the placement divides them', () => {
  const chart = aChart();
  const object = new ApiObject(chart, 'web', structuredClone(TEMPLATES.deployment));
  const resources = [ResourceSelector.of(object)];
  new PropagationPolicy(chart, 'Propagation', { resources, placement: Placement.aggregated() });
  new OverridePolicy(chart, 'Overrides', { name: 'web', resources, rules: [{ overriders: [Overrider.replicas(3)] }] });

  expect(messageOf(() => chart.toJson())).toBe(
    [
      'Validation failed with the following errors:',
      '  [shop/Overrides] Overrider.replicas(3) would go past the placement, which divides the replicas: the cluster would run another number than Karmada counts there',
      '    at shop/Overrides (OverridePolicy/default/web)',
      '    fix: use Placement.duplicated, or give each cluster its part with Placement.staticWeight',
    ].join('\n'),
  );
});

describe('objects that the code does not have', () => {
  function synth(apiVersion: string, kind: string, ...overriders: Overrider[]) {
    const chart = aChart();
    const resources = [ResourceSelector.everything(apiVersion, kind)];
    new OverridePolicy(chart, 'Overrides', { name: 'web', resources, rules: [{ overriders }] });
    return chart;
  }

  test('take what needs no look at them', () => {
    const one = synth(
      'apps/v1',
      'Deployment',
      Overrider.appendArgs(['x'], web),
      Overrider.removeCommand(['y'], web),
      Overrider.replicas(2),
    );

    expect(bare(one, 'OverridePolicy')[0].spec.overrideRules[0].overriders).toEqual({
      argsOverrider: [{ containerName: 'web', operator: 'add', value: ['x'] }],
      commandOverrider: [{ containerName: 'web', operator: 'remove', value: ['y'] }],
      plaintext: [{ path: '/spec/replicas', operator: 'add', value: 2 }],
    });
    expect(
      bare(synth('networking.k8s.io/v1', 'Ingress', Overrider.ingressClass('a')), 'OverridePolicy')[0].spec
        .overrideRules[0].overriders,
    ).toEqual({ plaintext: [{ path: '/spec/ingressClassName', operator: 'add', value: 'a' }] });
    expect(
      bare(synth('v1', 'PersistentVolumeClaim', Overrider.storageClass('a')), 'OverridePolicy')[0].spec.overrideRules[0]
        .overriders,
    ).toEqual({ plaintext: [{ path: '/spec/storageClassName', operator: 'add', value: 'a' }] });
  });

  test('refuse the rest, all at once', () => {
    const chart = synth(
      'batch/v1',
      'CronJob',
      Overrider.podLabel('a', 'b'),
      Overrider.args(['x'], web),
      Overrider.appendArgs(['x'], web),
      Overrider.resources({ ...web, limits: { cpu: '1' } }),
      Overrider.replicas(1),
      Overrider.storageClass('a'),
      Overrider.yamlField('/spec/a', '/b', 1),
      Overrider.patch(REMOVE, '/spec/a'),
    );
    const words = [
      'podLabel("a")',
      'args',
      'appendArgs',
      'resources',
      'replicas(1)',
      'storageClass("a")',
      'yamlField("/spec/a", "/b")',
      'patch("remove", "/spec/a")',
    ];

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        ...words.flatMap((word) => [
          `  [shop/Overrides] Overrider.${word} has to look its place up in the template, and the policy selects objects that the code does not have`,
          '    at shop/Overrides (OverridePolicy/default/web)',
          '    fix: select one object with ResourceSelector.of',
        ]),
      ].join('\n'),
    );
  });
});
