import { applyOverriders } from '../../src/preview/private/overriders';

function workload(image: string): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'prod', labels: { app: 'shop' } },
    spec: {
      list: [1, 2, 3],
      template: {
        spec: {
          containers: [
            { name: 'main', image, command: ['a', 'b', 'a'] },
            { name: 'side', image: 'busybox' },
          ],
          initContainers: [{ name: 'init', image: 'alpine:3' }],
        },
      },
    },
  };
}

const A64 = 'a'.repeat(64);

function imageAfter(image: string, component: string, operator: string, value?: string): string {
  const item = { component, operator, ...(value === undefined ? {} : { value }) };
  return applyOverriders(workload(image), { imageOverrider: [item] }).spec.template.spec.containers[0].image;
}

describe('images', () => {
  test.each([
    ['nginx', 'Registry', 'replace', 'hub.corp', 'hub.corp/nginx'],
    ['reg.io:5000/team/api:v2', 'Registry', 'replace', 'hub.corp', 'hub.corp/team/api:v2'],
    ['localhost/api', 'Registry', 'replace', 'hub.corp', 'hub.corp/api'],
    ['team/api', 'Registry', 'replace', 'hub.corp', 'hub.corp/team/api'],
    [`quay.io/a/b@sha256:${A64}`, 'Registry', 'replace', 'hub.corp', `hub.corp/a/b@sha256:${A64}`],
    [`quay.io/a/b:v1@sha256:${A64}`, 'Registry', 'replace', 'hub.corp', 'hub.corp/a/b:v1'],
    ['Foo/bar', 'Registry', 'replace', 'hub.corp', 'hub.corp/Foo/bar'],
    ['LOCALHOST/app:1', 'Registry', 'replace', 'hub.corp', 'hub.corp/LOCALHOST/app:1'],
    ['reg.io/team/api', 'Registry', 'add', '.cn', 'reg.io.cn/team/api'],
    ['team/api', 'Registry', 'add', '.cn', '.cn/team/api'],
    ['reg.io/team/api', 'Registry', 'remove', undefined, 'team/api'],
    ['reg.io/team/api', 'Registry', 'replace', undefined, 'team/api'],
    ['reg.io/team/api:v2', 'Repository', 'add', '-x', 'reg.io/team/api-x:v2'],
    ['reg.io/team/api:v2', 'Repository', 'replace', 'z/y', 'reg.io/z/y:v2'],
    ['reg.io/team/api:v2', 'Repository', 'remove', undefined, 'reg.io/:v2'],
    ['a:v2', 'Tag', 'add', '-r1', 'a:v2-r1'],
    ['a', 'Tag', 'add', '-r1', 'a'],
    [`a@sha256:${A64}`, 'Tag', 'add', '-r1', `a@sha256:${A64}`],
    [`a@sha256:${A64}`, 'Tag', 'replace', 'v9', 'a:v9'],
    ['a:v2', 'Tag', 'replace', `sha256:${A64}`, `a@sha256:${A64}`],
    ['a:v2', 'Tag', 'replace', 'bad tag!', 'a:v2'],
    ['a:v2', 'Tag', 'remove', undefined, 'a'],
    [`a@sha256:${A64}`, 'Tag', 'remove', undefined, 'a'],
  ])('%s: %s %s %s', (image, component, operator, value, expected) => {
    expect(imageAfter(image, component, operator, value)).toBe(expected);
  });

  test.each(['nginx:', '', 'my_host:80/a'])('%p is no image', (image) => {
    expect(() => imageAfter(image, 'Registry', 'replace', 'hub.corp')).toThrow(
      `not an image: ${JSON.stringify(image)}`,
    );
  });

  it('changes every container but no init container', () => {
    const item = { component: 'Tag', operator: 'replace', value: '9' };
    const pod = applyOverriders(workload('a:1'), { imageOverrider: [item] }).spec.template.spec;
    expect([...pod.containers, ...pod.initContainers].map((each: any) => each.image)).toEqual([
      'a:9',
      'busybox:9',
      'alpine:3',
    ]);
  });

  it('changes what a predicate names, and nothing else', () => {
    const path = '/spec/template/spec/initContainers/0/image';
    const item = { predicate: { path }, component: 'Tag', operator: 'replace', value: '9' };
    const pod = applyOverriders(workload('a:1'), { imageOverrider: [item] }).spec.template.spec;
    expect([...pod.containers, ...pod.initContainers].map((each: any) => each.image)).toEqual([
      'a:1',
      'busybox',
      'alpine:9',
    ]);
  });

  test.each([
    '/spec/none',
    '/spec/template/spec/containers/7/image',
    '/spec/template/spec/containers/x/image',
    '/spec/list',
  ])('fails where a predicate leads to no text: %s', (path) => {
    const item = { predicate: { path }, component: 'Tag', operator: 'replace', value: '9' };
    expect(() => applyOverriders(workload('a'), { imageOverrider: [item] })).toThrow(
      path === '/spec/list' ? `no text at ${path}` : `no such path: ${path}`,
    );
  });

  it('knows containers by the name of the kind alone', () => {
    const item = { component: 'Tag', operator: 'replace', value: '9' };
    const custom = { ...workload('a'), apiVersion: 'custom.io/v1' };
    const cron = { ...workload('a'), kind: 'CronJob' };
    expect(applyOverriders(custom, { imageOverrider: [item] }).spec.template.spec.containers[0].image).toBe('a:9');
    expect(applyOverriders(cron, { imageOverrider: [item] }).spec.template.spec.containers[0].image).toBe('a');
  });
});

describe('command and args', () => {
  const command = (containerName: string, operator: string, value: string[]) =>
    applyOverriders(workload('a'), {
      commandOverrider: [{ containerName, operator, value }],
    }).spec.template.spec.containers.map((each: any) => each.command);

  test.each([
    ['main', 'add', ['c'], [['a', 'b', 'a', 'c'], undefined]],
    ['main', 'remove', ['a'], [['b'], undefined]],
    ['main', 'remove', ['a', 'b'], [[], undefined]],
    ['side', 'add', ['c'], [['a', 'b', 'a'], ['c']]],
    ['side', 'remove', ['c'], [['a', 'b', 'a'], []]],
    ['init', 'add', ['c'], [['a', 'b', 'a'], undefined]],
  ])('%s %s %p', (container, operator, value, expected) => {
    expect(command(container, operator, value)).toEqual(expected);
  });
});

describe('labels', () => {
  const labels = (operator: string, value: any) =>
    applyOverriders(workload('a'), { labelsOverrider: [{ operator, value }] }).metadata.labels;

  test.each([
    ['add', { app: 'new', zone: 'x' }, { app: 'new', zone: 'x' }],
    ['replace', { zz: '1' }, { app: 'shop' }],
    ['remove', { app: 'whatever' }, {}],
  ])('%s %p', (operator, value, expected) => {
    expect(labels(operator, value)).toEqual(expected);
  });
});

describe('plaintext', () => {
  const list = (operator: string, path: string, value?: unknown) =>
    applyOverriders(workload('a'), { plaintext: [{ operator, path, value }] }).spec.list;

  test.each([
    ['add', '/spec/list/1', 9, [1, 9, 2, 3]],
    ['add', '/spec/list/3', 9, [1, 2, 3, 9]],
    ['add', '/spec/list/-', 9, [1, 2, 3, 9]],
    ['add', '/spec/list/-1', 9, [1, 2, 3, 9]],
    ['replace', '/spec/list/-1', 9, [1, 2, 9]],
    ['remove', '/spec/list/-3', undefined, [2, 3]],
    ['replace', '/spec/list/01', 9, [1, 9, 3]],
    ['add', 'x/spec/list', 9, 9],
    ['add', '/spec/list', undefined, null],
  ])('%s %s %p', (operator, path, value, expected) => {
    expect(list(operator, path, value)).toEqual(expected);
  });

  test.each([
    ['add', '/spec/list/4', 'index out of range in /spec/list/4'],
    ['remove', '/spec/list/-5', 'index out of range in /spec/list/-5'],
    ['replace', '/spec/none', 'no such path: /spec/none'],
    ['remove', '/spec/none', 'no such path: /spec/none'],
    ['add', '/spec/a/b', 'no such path: /spec/a/b'],
    ['add', 'spec', 'no such path: spec'],
    ['add', '/spec/list/x', '"x" is not an index'],
    ['remove', '/kind', 'the object has no kind any more'],
  ])('fails: %s %s', (operator, path, message) => {
    expect(() => list(operator, path, 9)).toThrow(message);
  });

  it('comes after the image, which it overrides', () => {
    const rule = {
      imageOverrider: [{ component: 'Tag', operator: 'replace', value: '9' }],
      plaintext: [{ operator: 'replace', path: '/spec/template/spec/containers/0/image', value: 'b:1' }],
    };
    const pod = applyOverriders(workload('a:1'), rule).spec.template.spec;
    expect(pod.containers.map((each: any) => each.image)).toEqual(['b:1', 'busybox:9']);
  });
});

describe('JSON inside a text field', () => {
  const patched = (text: unknown, operator: string, subPath: string, value?: unknown) => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a/b': text } };
    const item = { fieldPath: '/data/a~1b', json: [{ subPath, operator, value }] };
    return applyOverriders(object, { fieldOverrider: [item] }).data['a/b'];
  };

  test.each([
    ['{"b": 1, "a": {"k": "v"}}', 'replace', '/a/k', 'w', '{"b":1,"a":{"k":"w"}}'],
    ['{"y": "q"}', 'replace', '/y', 'a<b>&c', '{"y":"a\\u003cb\\u003e\\u0026c"}'],
    ['{"f": 1.0, "g":1e3}', 'add', '/n', 2, '{"f":1.0,"g":1e3,"n":2}'],
    ['', 'replace', '/y', 1, ''],
    ['{"a":1,"a":2}', 'replace', '/a', 9, '{"a":9,"a":9}'],
    ['[1, {"x": [true]}]', 'remove', '/1/x/0', undefined, '[1,{"x":[]}]'],
  ])('%s: %s %s', (text, operator, subPath, value, expected) => {
    expect(patched(text, operator, subPath, value)).toBe(expected);
  });

  test.each([
    ['5', 'a bare value cannot be patched'],
    ['a: 1', 'not a JSON document'],
    ['{"a":1} x', 'not a JSON document'],
    [7, 'no text at /data/a~1b'],
  ])('fails on %p', (text, message) => {
    expect(() => patched(text, 'replace', '/a', 9)).toThrow(message);
  });
});

describe('YAML inside a text field', () => {
  const patched = (text: string, operator: string, subPath: string, value?: unknown) => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: text } };
    const item = { fieldPath: '/data/a', yaml: [{ subPath, operator, value }] };
    return applyOverriders(object, { fieldOverrider: [item] }).data.a;
  };

  test.each([
    ['b: 1 # one\n', 'replace', '/b', 2, 'b: 2\n'],
    ['mode: 0644\nb:\n- x\n', 'add', '/b/-', 'no', "b:\n- x\n- 'no'\nmode: 420\n"],
    ['b: 1\n---\nc: 2\n', 'remove', '/b', undefined, '{}\n'],
  ])('%j: %s %s', (text, operator, subPath, value, expected) => {
    expect(patched(text, operator, subPath, value)).toBe(expected);
  });

  it('fails on a document that is empty', () => {
    expect(() => patched('', 'add', '/b', 2)).toThrow('a bare value cannot be patched');
  });

  it('guesses nothing where the text is not read here', () => {
    expect(() => patched('a: 1\na: 2\n', 'replace', '/a', 3)).toThrow(
      'field override: YAML inside a text field that is not read here: duplicated mapping key',
    );
  });
});
