import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { sha256Of } from '../../../../cli/apply/crds/cache';
import { withCrds, withUnreadCrds } from '../../../../cli/apply/crds/filling';
import { crdReader } from '../../../../cli/apply/crds/reading';
import { type Input, objectsOf, readCharts } from '../../../../cli/plan/chart-input';
import { readDocuments } from '../../../../cli/plan/document';
import { planOnEmptyServers } from '../../../../cli/plan/empty-servers';
import { CrdSource } from '../../../../src/instance/crd-source';
import { crds } from '../../../../src/schema/crd';
import { anInstance } from '../../../instance/an-instance';
import { Mirror, stopAll } from './mirror';
import { tarball } from './tarball';

jest.mock('../../../../cli/apply/credentials', () => ({}));

/** Those of a release: ours with a word of description, as a release has. */
const RELEASE = crds().map((crd) => ({
  ...crd,
  spec: {
    ...crd.spec,
    versions: crd.spec.versions.map((version: any) => ({
      ...version,
      schema: { openAPIV3Schema: { description: 'of the release', ...version.schema.openAPIV3Schema } },
    })),
  },
}));
const files = RELEASE.map((crd) => ({
  name: `crds/bases/${crd.metadata.name}.yaml`,
  text: dump(crd, { noRefs: true }),
}));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-crds-'));
});
afterEach(() => {
  stopAll();
  rmSync(cwd, { recursive: true, force: true });
});

function inputOf(source?: CrdSource): Input {
  const { host, karmada } = anInstance({ crds: source });
  const text = [...host, ...karmada].map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  return readCharts(readDocuments([{ file: 'east.yaml', text }]));
}

const crdsOf = (input: Input) => objectsOf(input.charts).filter(({ key }) => key.kind === 'CustomResourceDefinition');
const isOfRelease = (input: Input) =>
  crdsOf(input).map(({ manifest }) => manifest.spec.versions[0].schema.openAPIV3Schema.description);
const reader = (ca?: string) => crdReader({ cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') }, ca, pausesMs: [] });

describe('an archive', () => {
  let archive: Buffer;
  let mirror: Mirror;
  let source: CrdSource;
  beforeEach(async () => {
    archive = await tarball(...files);
    mirror = await Mirror.start(() => ({ body: archive }));
    source = CrdSource.tarball({ url: mirror.url('/crds.tar.gz'), sha256: sha256Of(archive) });
  });
  const name = () => `${mirror.url('/crds.tar.gz')} (SHA-256 ${sha256Of(archive)})`;

  test('is fetched once; then it needs no network', async () => {
    const first = await withCrds(inputOf(source), reader(mirror.ca));
    expect(new Set(isOfRelease(first))).toEqual(new Set(['of the release']));
    expect(first.notes).toEqual([`Karmada's own kinds come from ${name()}, fetched now`]);
    stopAll();
    const second = await withCrds(inputOf(source), reader());
    expect(crdsOf(second)).toEqual(crdsOf(first));
    expect(second.notes).toEqual([`Karmada's own kinds come from ${name()}, from the cache`]);
    expect(mirror.asked).toHaveLength(1);
  });

  test('goes where those of the input are, in their wave and with the CA that they ask for', async () => {
    const input = inputOf(source);
    const filled = await withCrds(input, reader(mirror.ca));
    const without = (each: Input) => objectsOf(each.charts).map(({ manifest: _, ...object }) => object);
    expect(without(filled)).toEqual(without(input));
    const converted = crdsOf(filled).filter(({ manifest }) => manifest.spec.conversion);
    expect(converted.map(({ key, injectCa, wave }) => [key.name, injectCa, wave])).toEqual([
      ['clusterresourcebindings.work.karmada.io', 'karmada-ca', 5],
      ['resourcebindings.work.karmada.io', 'karmada-ca', 5],
    ]);
  });

  test('that is another one is not even unpacked', async () => {
    const expected = sha256Of(archive);
    const input = inputOf(source);
    archive = Buffer.from('not even an archive');
    await expect(withCrds(input, reader(mirror.ca))).rejects.toThrow(
      new Error(`it is another file than the code names: its SHA-256 is ${sha256Of(archive)}, and ${expected} is expected
  at ${mirror.url('/crds.tar.gz')}
  fix: find out which of the two is right: nothing of it was read. When the file is, change \`crds\` of the instance`),
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('that was changed in the cache is fetched again, and that is said', async () => {
    await withCrds(inputOf(source), reader(mirror.ca));
    const kept = join(cwd, 'cache', 'cdk8s-karmada', 'crds', `${sha256Of(archive)}.tar.gz`);
    writeFileSync(kept, await tarball({ name: 'crds/evil.yaml', text: 'kind: Evil' }));
    const again = await withCrds(inputOf(source), reader(mirror.ca));
    expect(again.notes).toEqual([
      `Karmada's own kinds come from ${name()}, fetched now; the copy in the cache was not what it had been, and was replaced`,
    ]);
    expect(mirror.asked).toHaveLength(2);
    expect((await withCrds(inputOf(source), reader())).notes?.[0]).toMatch(/from the cache$/);
  });

  test('works where nothing can be kept', async () => {
    const read = crdReader({ cwd, env: {}, ca: mirror.ca });
    expect((await withCrds(inputOf(source), read)).notes?.[0]).toMatch(
      /, fetched now; it could not be kept in the cache$/,
    );
  });

  test('in a file is the same without a network', async () => {
    writeFileSync(join(cwd, 'crds.tar.gz'), archive);
    const filled = await withCrds(
      inputOf(CrdSource.file({ path: 'crds.tar.gz', sha256: sha256Of(archive) })),
      reader(),
    );
    expect(isOfRelease(filled)).toContain('of the release');
    expect(filled.notes).toEqual([`Karmada's own kinds come from the file crds.tar.gz (SHA-256 ${sha256Of(archive)})`]);
    writeFileSync(join(cwd, 'crds.tar.gz'), 'another');
    await expect(
      withCrds(inputOf(CrdSource.file({ path: 'crds.tar.gz', sha256: sha256Of(archive) })), reader()),
    ).rejects.toThrow('it is another file than the code names');
  });

  test('is read when it is applied, and a plan that asks nobody says so', () => {
    const input = withUnreadCrds(inputOf(source));
    expect(planOnEmptyServers(input, []).notes).toEqual([
      `Karmada's own kinds come from ${name()}, which is read when it is applied`,
    ]);
    expect(planOnEmptyServers(withUnreadCrds(inputOf(CrdSource.rendered())), []).notes).toEqual([]);
  });
});

test('a file of YAML', async () => {
  writeFileSync(join(cwd, 'crds.yaml'), files.map(({ text }) => text).join('---\n'));
  expect(isOfRelease(await withCrds(inputOf(CrdSource.file({ path: 'crds.yaml' })), reader()))).toContain(
    'of the release',
  );
  writeFileSync(join(cwd, 'crds.yaml'), 'a: &a 1\nb: *a\n');
  await expect(withCrds(inputOf(CrdSource.file({ path: 'crds.yaml' })), reader())).rejects.toThrow(
    'this YAML has an anchor (&), which is not taken here\n  at the file crds.yaml',
  );
});

test('a folder, and no link in it', async () => {
  mkdirSync(join(cwd, 'vendor', 'bases'), { recursive: true });
  for (const { name, text } of files) writeFileSync(join(cwd, 'vendor', name.slice('crds/'.length)), text);
  const folder = () => withCrds(inputOf(CrdSource.folder('vendor')), reader());
  expect((await folder()).notes).toEqual(["Karmada's own kinds come from the folder vendor"]);
  expect(isOfRelease(await folder())).toContain('of the release');
  writeFileSync(join(cwd, 'elsewhere.yaml'), files[0].text);
  symlinkSync(join(cwd, 'elsewhere.yaml'), join(cwd, 'vendor', 'bases', 'link.yaml'));
  expect((await folder()).notes).toHaveLength(1);
});

test('what is not there is said', async () => {
  const message = (what: string, why: string) => `${what} cannot be read: ${why}
  at \`crds\` of the instance; the path is relative to the folder that the command runs in
  fix: put it there, or give \`crds\` of the instance another source`;
  await expect(withCrds(inputOf(CrdSource.file({ path: 'crds.yaml' })), reader())).rejects.toThrow(
    new Error(message('the file crds.yaml', 'it is not there')),
  );
  await expect(withCrds(inputOf(CrdSource.folder('crds')), reader())).rejects.toThrow(
    new Error(message('the folder crds', 'it is not there')),
  );
});

test('what the library rendered stays as it is, and nothing is read', async () => {
  const never = () => Promise.reject(new Error('it was read'));
  const input = inputOf(CrdSource.rendered());
  expect(objectsOf((await withCrds(input, never)).charts)).toEqual(objectsOf(input.charts));
});

test('a chart that is not applied needs none', async () => {
  const never = () => Promise.reject(new Error('it was read'));
  const { host, karmada } = anInstance({ crds: CrdSource.folder('nowhere') });
  const text = [...host, ...karmada].map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  const documents = readDocuments([{ file: 'east.yaml', text }]);
  await expect(withCrds(readCharts(documents, { only: 'east' }), never)).resolves.toMatchObject({ notes: [] });
  await expect(withCrds(readCharts(documents, { only: 'east/karmada' }), never)).rejects.toThrow('it was read');
});

test.each(['nonsense', '{}', '{"url":"http://a","sha256":"x"}', '{"file":""}', '{"url":"https://a"}', '[]', 'null'])(
  'a record that says %s is refused',
  (said) => {
    const { host, karmada } = anInstance();
    const record = karmada.find(({ metadata }) => metadata.annotations?.['cdk8s-karmada.io/crds']);
    record.metadata.annotations['cdk8s-karmada.io/crds'] = said;
    const text = [...host, ...karmada].map((manifest) => JSON.stringify(manifest)).join('\n---\n');
    expect(() => readCharts(readDocuments([{ file: 'east.yaml', text }]))).toThrow(
      new Error(`the record of a chart does not say where the definitions of Karmada's own kinds come from
  at ConfigMap/cdk8s-karmada/east-east-karmada (east.yaml, document ${host.length + 2})
  fix: synthesize it again with the version of the library that fits this command`),
    );
  },
);
