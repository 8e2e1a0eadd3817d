import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { crds } from '../../src/schema/crd';
import { shared } from '../shared';

const root = join(__dirname, '..', '..');
const upstream = shared('karmada/v1.18.2/crds');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-generate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function generate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/generate/main.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, said: (stdout + stderr).trim() };
}

/** A release as the generator reads it, made of our own CRDs after `change`. */
function release(name: string, change: (all: any[]) => void = () => {}): string {
  const path = join(folder, name);
  for (const part of ['bases', 'patches']) mkdirSync(join(path, part), { recursive: true });
  const all = crds({ conversion: {} });
  change(all);
  for (const { spec, ...crd } of all) {
    const { conversion, ...rest } = spec;
    writeFileSync(join(path, 'bases', `${crd.metadata.name}.yaml`), JSON.stringify({ ...crd, spec: rest }));
    if (conversion) writeFileSync(join(path, 'patches', `${crd.metadata.name}.yaml`), JSON.stringify(crd));
  }
  return path;
}

const propertiesOf = (all: any[], plural: string) =>
  all.find(({ spec }) => spec.names.plural === plural).spec.versions[0].schema.openAPIV3Schema.properties;

/** A CRD without its sentences; a property may well be called `description`. */
function withoutProse(value: any, isProperties = false): any {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isProperties || key !== 'description')
      .map(([key, inner]) => [key, withoutProse(inner, key === 'properties' && !isProperties)]),
  );
}

test('regenerating from our own CRDs changes nothing', () => {
  expect(generate(release('same'), '--check')).toEqual({ status: 0, said: 'nothing changed' });
});

(upstream ? test : test.skip)("regenerating from Karmada's CRDs changes nothing", () => {
  expect(generate(upstream as string, '--check')).toEqual({ status: 0, said: 'nothing changed' });
});

(upstream ? test : test.skip)("our CRDs are Karmada's without the sentences", () => {
  const bases = join(upstream as string, 'bases');
  const theirs = readdirSync(bases, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => load(readFileSync(join(bases, file), 'utf8')) as any);
  const specs = (all: any[]) => Object.fromEntries(all.map(({ metadata, spec }) => [metadata.name, spec]));
  expect(Object.keys(specs(theirs))).toHaveLength(19);
  expect(specs(crds())).toEqual(withoutProse(specs(theirs)));
});

test('sentences of a CRD reach nothing, and a property called description stays', () => {
  const path = release('prose', (all) => {
    const { spec } = propertiesOf(all, 'remedies');
    spec.description = 'A sentence.';
    spec.properties.description = { type: 'string', description: 'Another one.' };
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: `generate: not as generated: src/schema/data/remedy.ts, src/api/remedy.ts\n  fix: npx projen generate ${path}`,
  });
  const same = release('only-prose', (all) => {
    propertiesOf(all, 'remedies').spec.description = 'A sentence.';
  });
  expect(generate(same, '--check')).toEqual({ status: 0, said: 'nothing changed' });
});

test('a new shape asks for a name', () => {
  const path = release('new-shape', (all) => {
    propertiesOf(all, 'remedies').spec.properties.notify = { type: 'object', properties: { url: { type: 'string' } } };
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: [
      'generate: Remedy.spec.notify (fields url) has no name',
      '  fix: add "<TypeName>: Remedy.spec.notify" below its file in tools/generate/names.yaml',
    ].join('\n'),
  });
});

test('a shape that is gone asks for its name to go', () => {
  const path = release('gone', (all) => {
    delete propertiesOf(all, 'remedies').spec.properties.clusterAffinity;
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: [
      'generate: names.yaml: RemedyClusterAffinity is at Remedy.spec.clusterAffinity, where no CRD has a shape',
      '  fix: take it out',
    ].join('\n'),
  });
});

test('words for a field that is gone are an error', () => {
  const path = release('stale-words', (all) => {
    for (const plural of ['propagationpolicies', 'clusterpropagationpolicies']) {
      delete propertiesOf(all, plural).spec.properties.association;
    }
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: [
      'generate: words.yaml describes what no CRD has: PropagationSpec.association',
      '  fix: rename or delete the entry',
    ].join('\n'),
  });
});

test('a keyword that nobody has judged is an error', () => {
  const path = release('keyword', (all) => {
    propertiesOf(all, 'remedies').spec['x-kubernetes-novelty'] = true;
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: [
      'generate: Remedy.spec has keyword x-kubernetes-novelty, which is neither a known fact nor known prose',
      '  fix: add it to SCALARS or PROSE in tools/generate/crds.mjs',
    ].join('\n'),
  });
});

test('a group without a file is an error', () => {
  const path = release('group', (all) => {
    all.find(({ spec }) => spec.names.plural === 'remedies').spec.group = 'novelty.karmada.io';
  });
  expect(generate(path, '--check')).toEqual({
    status: 1,
    said: 'generate: names.yaml has no file novelty\n  fix: add it at the top level of tools/generate/names.yaml',
  });
});

test('it says which folder it needs', () => {
  const fix = '  fix: npx projen generate <folder>, the unpacked crds.tar.gz of a Karmada release';
  expect(generate()).toEqual({ status: 1, said: `generate: which CRDs?\n${fix}` });
  expect(generate('src')).toEqual({ status: 1, said: `generate: src holds no bases/ with CRDs\n${fix}` });
});
