import { deployment, policy } from './manifests';
import { cdk8sKarmada } from './terminal';

/** Names of the objects that the command took from its input. */
async function taken(options: string, surroundings: Parameters<typeof cdk8sKarmada>[1]): Promise<string[]> {
  const { stdout } = await cdk8sKarmada(`validate -o json ${options}`, surroundings);
  return JSON.parse(stdout).objects.map(({ object }: any) => object.name);
}

const refusal = async (options: string, files = {}, stdin = '') => {
  const { code, stdout, stderr } = await cdk8sKarmada(`validate ${options}`, { files, stdin });
  expect(stdout).toBe('');
  return { code, stderr };
};

test('files, folders with those in them, and standard input, in the order in which they are named', async () => {
  const files = {
    'b.yaml': deployment('b', 1),
    'many/2/z.yml': deployment('z', 1),
    'many/1.json': [deployment('one', 1), policy('two', { member1: 1 })],
    'many/notes.txt': 'not read',
    'many/.hidden/x.yaml': 'not: read',
    'many/node_modules/x.yaml': 'not: read',
    'many/construct-metadata.json': '{"not": "read"}',
  };
  const stdin = `\uFEFF${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment('piped', 1)] })}`;
  expect(await taken('-f b.yaml -f many -f -', { files, stdin })).toEqual(['b', 'one', 'two', 'z', 'piped']);
});

test('without -f the folder that cdk8s writes to', async () => {
  const files = { 'cdk8s.yaml': 'language: typescript', 'dist/a.yaml': deployment('a', 1) };
  expect(await taken('', { files })).toEqual(['a']);
  const other = {
    'cdk8s.yaml': 'output: deploy',
    'deploy/a.yaml': deployment('a', 1),
    'dist/b.yaml': deployment('b', 1),
  };
  expect(await taken('', { files: other })).toEqual(['a']);
});

test('no input at all', async () => {
  expect(await refusal('')).toEqual({
    code: 1,
    stderr: `error: there is no input: no -f, and no cdk8s.yaml in this folder
  at <here>
  fix: name files or folders with -f, or go to the folder of cdk8s.yaml
`,
  });
});

test('an app that was not synthesized', async () => {
  expect(await refusal('', { 'cdk8s.yaml': 'language: typescript' })).toEqual({
    code: 3,
    stderr: `error: there is no folder "dist", where cdk8s writes
  at cdk8s.yaml
  fix: run \`cdk8s synth\` first
`,
  });
});

test('a cdk8s.yaml that is no YAML', async () => {
  expect(await refusal('', { 'cdk8s.yaml': 'output: "' })).toEqual({
    code: 1,
    stderr: `error: cdk8s.yaml is not YAML: unexpected end of the stream within a double quoted scalar
  at cdk8s.yaml
  fix: correct it, or name the input with -f
`,
  });
});

test('paths that are not there, and an empty folder: all at once', async () => {
  expect(await refusal('-f a.yaml -f empty -f b', { 'empty/notes.txt': 'nothing' })).toEqual({
    code: 3,
    stderr: `error: there is no file or folder "a.yaml"
  at -f a.yaml
  fix: correct the path; it is relative to this folder
error: the folder "empty" holds no manifest
  at -f empty
  fix: run \`cdk8s synth\` first, or name a folder with .yaml, .yml or .json files
error: there is no file or folder "b"
  at -f b
  fix: correct the path; it is relative to this folder
`,
  });
});

test('YAML that is not Kubernetes', async () => {
  expect(
    await refusal('-f a.yaml', { 'a.yaml': 'language: typescript\napp: node main.js\n---\njust words\n' }),
  ).toEqual({
    code: 3,
    stderr: `error: this is not a Kubernetes object: it has no apiVersion, no kind, no metadata.name (it has language, app)
  at a.yaml, document 1
  fix: give only Kubernetes objects: each has apiVersion, kind and metadata.name
error: this is "just words", not a Kubernetes object
  at a.yaml, document 2
  fix: give only Kubernetes objects: each has apiVersion, kind and metadata.name
`,
  });
});

test('YAML that is wrong, with line and column', async () => {
  expect(await refusal('-f -', {}, 'kind: Deployment\n  name: web\n')).toEqual({
    code: 3,
    stderr: `error: this is not YAML: bad indentation of a mapping entry
  at standard input:2:7
  fix: give Kubernetes objects as YAML or JSON
`,
  });
});

test('nothing but comments', async () => {
  expect(await refusal('-f a.yaml', { 'a.yaml': '# nothing\n---\n' })).toEqual({
    code: 3,
    stderr: `error: there is no Kubernetes object in the input
  at a.yaml
  fix: run \`cdk8s synth\` first, and name the folder or the files that it wrote with -f
`,
  });
});
