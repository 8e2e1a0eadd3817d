import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { load } from 'js-yaml';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { readYaml } from '../../src/core/private/kubernetes-yaml';
import { selfWritten } from '../../src/core/private/self-written';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';

/** Texts that one reader of YAML or another takes for something else, and those that are hard to write. */
const TEXTS = [
  ...['', '~', 'null', 'Null', 'true', 'True', 'yes', 'No', 'y', 'N', 'on', 'OFF', '<<', '=', '.inf', '-.Inf', '.nan'],
  ...[
    '0',
    '-1',
    '+12',
    '1.5',
    '1.',
    '.5',
    '1e3',
    '1.5e-3',
    '0777',
    '0o17',
    '0x1F',
    '0b11',
    '1_000',
    '1:30',
    '12:30:45.5',
  ],
  ...['2001-01-01', '2001-12-14t21:59:43.10-05:00', '9007199254740993', '0xFFFFFFFFFFFFFFFF', '685_230.15'],
  ...[
    '- a',
    '? a',
    ': a',
    'a: b',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '[a',
    '{a',
    'a,b',
    "'",
    '"',
  ],
  ...[
    ' a',
    'a ',
    '\ta',
    'a\n',
    'a\nb',
    '\na\n\n',
    'a\r\nb',
    ' a\nb',
    'a\\b',
    'é',
    '😀',
    '\u0000',
    '\u0085',
    '\u2028',
    '\uFEFF',
    '---',
    '...',
  ],
];

test('what Kubernetes, YAML 1.1 and YAML 1.2 read is what was written', () => {
  const manifest = {
    values: TEXTS,
    ...Object.fromEntries(TEXTS.map((text) => [`k${text}`, text])),
    'a b': { 'c: d': 1 },
  };
  const numbers = {
    large: 1e21,
    small: 1e-7,
    negative: -1,
    zero: 0,
    half: 0.5,
    yes: true,
    no: false,
    list: [[], {}, [[1]]],
  };
  const text = Yaml.stringify(selfWritten({ ...manifest, numbers }));
  expect(readYaml(text)).toStrictEqual({ documents: [{ ...manifest, numbers }] });
  expect(load(text)).toEqual({ ...manifest, numbers });
  const folder = mkdtempSync(join(tmpdir(), 'self-written-'));
  try {
    Yaml.save(join(folder, 'it.yaml'), [selfWritten({ ...manifest, numbers })]);
    expect(Yaml.load(join(folder, 'it.yaml'))).toEqual([{ ...manifest, numbers }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('versions, addresses and times of day in longer texts need no quotes', () => {
  const texts = { version: '1.35.4', address: '10.0.0.1', image: 'nginx:1.27', cpu: '500m', schedule: '*/5 * * * *' };
  expect(Yaml.stringify(selfWritten({ ...texts }))).toBe(Yaml.stringify(texts));
});

test('to everybody else it is the plain object', () => {
  const plain = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } };
  const manifest = selfWritten({ ...plain });
  expect(manifest).toStrictEqual(plain);
  expect(JSON.stringify(manifest)).toBe(JSON.stringify(plain));
  expect(structuredClone(manifest)).toStrictEqual(plain);
  expect(Object.keys(manifest)).toEqual(Object.keys(plain));
  expect(Yaml.stringify({ items: [manifest] })).toBe(Yaml.stringify({ items: [plain] }));
});

test('what somebody changes in it is written', () => {
  const manifest = selfWritten({ kind: 'ConfigMap', data: { a: '1' } });
  manifest.data.a = 'on';
  expect(Yaml.stringify(manifest)).toBe('kind: ConfigMap\ndata:\n  a: "on"\n');
});

test('a field that a document has, too, is left to yaml', () => {
  const manifest = { kind: 'Page', contents: ['x'] };
  expect(Yaml.stringify(selfWritten({ ...manifest }))).toBe(Yaml.stringify(manifest));
});

test('the file of a chart is the one that cdk8s writes', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'self-written-'));
  try {
    const app = new App({ outdir });
    const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
    const body = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'b' },
      data: { text: 'a\nb\n', on: 'yes' },
    };
    new ApiObject(new MulticloudChart(app, 'shop', { instance }), 'a', body);
    new ApiObject(new Chart(app, 'plain'), 'a', body);
    app.synth();
    const text = (chart: string) => readFileSync(join(outdir, `${chart}.k8s.yaml`), 'utf8');
    expect(
      text('shop')
        .split('---\n')
        .at(-1)
        ?.replace(/ {2}annotations:\n(?: {4}.*\n)+/, ''),
    ).toBe(text('plain'));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
