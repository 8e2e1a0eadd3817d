import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';

const root = join(__dirname, '..', '..');
const generator = join(root, 'tools/docs/seed-features.mjs');
const data = () => load(readFileSync(join(root, 'tools/docs/seed-features.yaml'), 'utf8')) as any;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-seed-features-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the generator says of these rows. */
function complaints(change: (rows: Map<number, any>, sections: any[]) => void): string[] {
  const { sections } = data();
  const rows = new Map<number, any>(sections.flatMap((section: any) => section.rows).map((row: any) => [row.row, row]));
  change(rows, sections);
  const file = join(folder, 'rows.yaml');
  writeFileSync(file, dump({ sections }));
  return spawnSync(process.execPath, [generator, folder, file], { encoding: 'utf8' })
    .stderr.split('\n')
    .filter(Boolean);
}

test('the page says what the data and the tests say', () => {
  const { stderr } = spawnSync(process.execPath, [generator, folder], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const page = 'docs/seed-features.md';
  expect(readFileSync(join(root, page), 'utf8')).toBe(readFileSync(join(folder, page), 'utf8'));
});

test('no row is missing silently', () => {
  const change = (_: any, sections: any[]) => {
    for (const section of sections) section.rows = section.rows.filter(({ row }: any) => row !== 189);
    sections[1].rows.push({ row: 227, feature: 'again', out: 'it is there' });
  };
  expect(complaints(change)).toEqual(['row 189 is missing', 'row 227 is there twice']);
});

test('what a row names has to exist', () => {
  const change = (rows: Map<number, any>) => {
    Object.assign(rows.get(1), { by: ['MulticloudInstanc', 'cdk8s-karmada aply'] });
    Object.assign(rows.get(2), { tests: ['test/gone.test.ts: x', 'test/core/multicloud-chart.test.ts: gone'] });
    Object.assign(rows.get(5), { later: 'someday' });
  };
  expect(complaints(change)).toEqual([
    'row 1: there is no MulticloudInstanc',
    'row 1: there is no cdk8s-karmada aply',
    'row 2: there is no test/gone.test.ts',
    'row 2: test/core/multicloud-chart.test.ts has no test "gone"',
    'row 5: "someday" is no part of the project',
  ]);
});

test('a row needs a test and what it covers, or a reason', () => {
  const change = (rows: Map<number, any>) => {
    delete rows.get(227).out;
    delete rows.get(52).by;
    Object.assign(rows.get(189), { by: ['MulticloudInstance'] });
    delete rows.get(7).feature;
  };
  expect(complaints(change)).toEqual([
    'row 7: says nothing of the feature',
    'row 52: is tested, and says not what covers it',
    'row 189: names MulticloudInstance and no test',
    'row 227: has no test and no reason',
  ]);
});
