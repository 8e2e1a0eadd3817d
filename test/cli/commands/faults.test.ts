import '../../../cli/commands/apply'; // what the command loads when it runs is loaded before a test is timed
import '../../../cli/commands/plan';
import { parent } from './manifests';
import { cdk8sKarmada, type Shown } from './terminal';

/** Applies what is in the folder; no server is ever asked, since nothing listens there. */
function applied(files: { readonly [path: string]: string | object }): Promise<Shown> {
  const kubeconfig = {
    clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  return cdk8sKarmada('apply --yes -f in --karmada-kubeconfig k.json', { files: { ...files, 'k.json': kubeconfig } });
}

const refused = (stderr: string) => ({ code: 3, stdout: '', stderr });

const map = (name: string, path = `shop/${name}`) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', annotations: { 'cdk8s-karmada.io/path': path } },
});

const CHART = parent('east', 'shop', 'karmada');

const NO_OBJECT = `error: there is no Kubernetes object in the input
  at in/a.yaml
  fix: run \`cdk8s synth\` first, and name the folder or the files that it wrote with -f
`;

test('F1 an empty folder, empty files, and only comments: there is nothing to apply', async () => {
  expect(await applied({ 'in/notes.txt': 'none' })).toEqual(
    refused(`error: the folder "in" holds no manifest
  at -f in
  fix: run \`cdk8s synth\` first, or name a folder with .yaml, .yml or .json files
`),
  );
  expect(await applied({ 'in/a.yaml': '' })).toEqual(refused(NO_OBJECT));
  expect(await applied({ 'in/a.yaml': '# nothing\n---\n# still nothing\n---\n' })).toEqual(refused(NO_OBJECT));
});

test('F2 what is no YAML is said of all files at once, by line and column', async () => {
  expect(
    await applied({ 'in/a.yaml': 'kind: A\n\tname: b\n', 'in/b.yaml': 'a: *nowhere\n', 'in/c.yaml': 'kind: [' }),
  ).toEqual(
    refused(`error: this is not YAML: tab characters must not be used in indentation
  at in/a.yaml:2:1
  fix: give Kubernetes objects as YAML or JSON
error: this is not YAML: unidentified alias "nowhere"
  at in/b.yaml:1:12
  fix: give Kubernetes objects as YAML or JSON
error: this is not YAML: unexpected end of the stream within a flow collection
  at in/c.yaml:2:1
  fix: give Kubernetes objects as YAML or JSON
`),
  );
});

test('F2 YAML that no API server takes: aliases that repeat one another ten times over, a number without end', async () => {
  const levels = Array.from({ length: 10 }, (_, n) => `l${n}: &l${n} [${Array(10).fill(n ? `*l${n - 1}` : 'x')}]\n`);
  const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${levels.join('')}`;
  expect(await applied({ 'in/a.yaml': bomb, 'in/b.yaml': 'v: .inf\n' })).toEqual(
    refused(`error: this YAML is not taken: its aliases (*name) repeat more than 3 MB, which is more than any API server takes
  at in/a.yaml
  fix: give Kubernetes objects as YAML or JSON
error: this YAML is not taken: .inf is a number that JSON has not, so no API server takes it
  at in/b.yaml
  fix: give Kubernetes objects as YAML or JSON
`),
  );
});

test('F2 a byte order mark, line ends of Windows and a separator at the end are no trouble', async () => {
  const text = [CHART, map('a')].map((object) => JSON.stringify(object, null, 2)).join('\n---\n');
  const windows = `\uFEFF${`${text}\n---\n`.replaceAll('\n', '\r\n')}`;
  const { code, stdout } = await cdk8sKarmada('plan --empty -f in', { files: { 'in/a.yaml': windows } });
  expect(code).toBe(2);
  expect(stdout).toContain('+ create  ConfigMap/shop/a ');
});

test('F3 a key that is there twice', async () => {
  expect(await applied({ 'in/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n' })).toEqual(
    refused(`error: this is not YAML: duplicated mapping key
  at in/a.yaml:5:3
  fix: give Kubernetes objects as YAML or JSON
`),
  );
});

test('F4 an object that is there twice, even in the same words: both places are named', async () => {
  const files = { 'in/a.json': [CHART, map('a')], 'in/b.json': [map('a', 'shop/again')] };
  expect(await applied(files)).toEqual(
    refused(`error: ConfigMap/shop/a is in the input twice
  at shop/a (in/a.json, document 2) and shop/again (in/b.json, document 1)
  fix: keep one of them, or give one another name or namespace
`),
  );
});

test('F5 lists are their items, and an empty one is nothing', async () => {
  const list = (items: object[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const { apiVersion: _, kind: __, ...untyped } = map('a');
  const typed = { apiVersion: 'v1', kind: 'ConfigMapList', items: [untyped] };
  const twice = await applied({ 'in/a.json': list([CHART, list([typed]), list([])]), 'in/b.json': list([map('a')]) });
  expect(twice).toEqual(
    refused(`error: ConfigMap/shop/a is in the input twice
  at shop/a (in/a.json, document 2) and shop/a (in/b.json, document 1)
  fix: keep one of them, or give one another name or namespace
`),
  );
});

test('F7 an object without a fixed name', async () => {
  const { name: _, ...metadata } = map('a').metadata;
  const generated = { ...map('a'), metadata: { ...metadata, generateName: 'a-' } };
  expect(await applied({ 'in/a.json': [CHART, generated, { ...map('b'), metadata }] })).toEqual(
    refused(`error: this ConfigMap has metadata.generateName instead of metadata.name, so it would be made anew each time
  at in/a.json, document 2
  fix: give it a fixed metadata.name
error: this is not a Kubernetes object: it has no metadata.name (it has apiVersion, kind, metadata)
  at in/a.json, document 3
  fix: give only Kubernetes objects: each has apiVersion, kind and metadata.name
`),
  );
});
