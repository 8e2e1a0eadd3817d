import { readDocuments } from '../../../cli/plan/document';

const read = (text: string, file = 'a.yaml') => readDocuments([{ file, text }]);
const names = (text: string) => read(text).map(({ key, source }) => [key.kind, key.name, source.document]);
const errorOf = (work: () => unknown): any => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';

test('YAML documents; empty ones and comments are passed over, numbers count them', () => {
  expect(names(`\uFEFF---\n${one}---\n# nothing\n---\r\n${one.replace('one', 'two')}---\n`)).toEqual([
    ['ConfigMap', 'one', 1],
    ['ConfigMap', 'two', 3],
  ]);
});

test('JSON, a JSON array, a List and a typed list', () => {
  const object = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  expect(names(JSON.stringify(object('one')))).toEqual([['ConfigMap', 'one', 1]]);
  expect(names(JSON.stringify([object('one'), object('two')]))).toEqual([
    ['ConfigMap', 'one', 1],
    ['ConfigMap', 'two', 2],
  ]);
  expect(names(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object('one'), object('two')] }))).toEqual([
    ['ConfigMap', 'one', 1],
    ['ConfigMap', 'two', 2],
  ]);
  const untyped = { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: { name: 'one' } }] };
  expect(read(JSON.stringify(untyped))[0].manifest).toEqual(object('one'));
});

test('dates and octal numbers stay what Kubernetes reads, merge keys are merged', () => {
  const [{ manifest }] = read(`${one}data: &d\n  day: 2026-01-01\nmore:\n  <<: *d\n  b: x\n`);
  expect(manifest.data).toEqual({ day: '2026-01-01' });
  expect(manifest.more).toEqual({ day: '2026-01-01', b: 'x' });
});

test('everything that is wrong in any file is said at once', () => {
  const files = [
    { file: 'a.yaml', text: 'just text\n---\nname: x\nservices: []\n' },
    { file: 'b.yaml', text: 'a: 1\na: 2\n' },
    { file: '-', text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: x-\n' },
  ];
  const error = errorOf(() => readDocuments(files));
  expect(error.exitCode).toBe(3);
  expect(error.message).toBe(
    [
      'this is "just text", not a Kubernetes object',
      '  at a.yaml, document 1',
      '  fix: give only Kubernetes objects: each has apiVersion, kind and metadata.name',
      'this is not a Kubernetes object: it has no apiVersion, no kind, no metadata.name (it has name, services)',
      '  at a.yaml, document 2',
      '  fix: give only Kubernetes objects: each has apiVersion, kind and metadata.name',
      'this is not YAML: duplicated mapping key',
      '  at b.yaml:2:1',
      '  fix: give Kubernetes objects as YAML or JSON',
      'this Pod has metadata.generateName instead of metadata.name, so it would be made anew each time',
      '  at standard input, document 1',
      '  fix: give it a fixed metadata.name',
    ].join('\n'),
  );
});

test('an input without any object is an error', () => {
  const error = errorOf(() => read('# nothing here\n---\n'));
  expect(error.exitCode).toBe(3);
  expect(error.message).toBe(
    [
      'there is no Kubernetes object in the input',
      '  at a.yaml',
      '  fix: run `cdk8s synth` first, and name the folder or the files that it wrote with -f',
    ].join('\n'),
  );
});
