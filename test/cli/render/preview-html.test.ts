import { createHash } from 'node:crypto';
import type { HtmlView } from '../../../cli/render/preview-html/html-view';
import { masked } from '../../../cli/render/preview-html/masked';
import type { PageData } from '../../../cli/render/preview-html/page-data';
import { patched, patchOf } from '../../../cli/render/preview-html/patch';
import { previewHtml } from '../../../cli/render/preview-html/preview-html';
import type { PreviewedResource, PreviewReport } from '../../../cli/render/preview-report';
import { FindingLevel } from '../../../src/core/finding';
import { clusterFacts } from '../../../src/preview/private/cluster';
import { FAILOVER } from './failover-sample';
import { PLACED, reportOf, resource, UNTOUCHED, viewOf, web } from './preview-sample';

const member = (name: string, spec: object = {}, status: object = {}) =>
  clusterFacts({ metadata: { name }, spec, status }, true);
const FLEET = [
  member('member2', { region: 'us' }),
  member('member3', { region: 'us', taints: [{ key: 'lab', value: 'yes', effect: 'NoSchedule' }] }),
  member('member1', { region: 'eu', provider: 'aws', zone: 'eu-a' }),
];

function view(report: PreviewReport, differs: Partial<HtmlView> = {}, plain = report): HtmlView {
  return { ...viewOf(report, differs, plain), fleet: FLEET, template: () => web('nginx:1', 9), ...differs };
}

function dataOf(html: string): PageData {
  return JSON.parse((html.match(/<script type="application\/json" id="data">(.*?)<\/script>/s) as string[])[1]);
}

test('the data is small: positions stand for clusters, and manifests are what differs from the template', () => {
  const whyNot = (_: PreviewedResource, cluster: string) => (cluster === 'member3' ? 'untolerated taint' : undefined);
  expect(dataOf(previewHtml(view(reportOf([PLACED]), { whyNot }, reportOf([UNTOUCHED]))))).toEqual({
    clusters: [
      { name: 'member1', region: 'eu', provider: 'aws', zones: ['eu-a'], taints: [], notes: [], used: {} },
      { name: 'member2', region: 'us', provider: '', zones: [], taints: [], notes: [], used: {} },
      { name: 'member3', region: 'us', provider: '', zones: [], taints: ['lab=yes:NoSchedule'], notes: [], used: {} },
    ],
    policies: ['PropagationPolicy/shop/web'],
    sentences: ['untolerated taint'],
    placements: [[0, 3, 1, 6]],
    reasons: [[0]],
    resources: [
      {
        ...{ ...resource, state: 'scheduled', replicas: 9, policy: 0, outcomes: [0], reasons: 0, overridden: [1] },
        manifests: {
          template: web('nginx:1', 9),
          patches: [
            [[['spec', 'replicas'], 3]],
            [
              [['metadata', 'labels', 'tier'], 'gold'],
              [['spec', 'replicas'], 6],
              [['spec', 'template', 'spec', 'containers', 0, 'image'], 'mirror.eu/nginx:1'],
            ],
          ],
          outcomes: [[0, 0, 1, 1]],
        },
      },
    ],
    tables: [],
    findings: [],
    allFindings: 0,
    noManifest: 'cdk8s-karmada preview -o json --render all',
  });
});

test('how much of a cluster is taken, and what else has to be known of it', () => {
  const summary = { allocatable: { cpu: '4', memory: '8Gi' }, allocated: { cpu: '900m' }, allocating: { cpu: '100m' } };
  const joining = clusterFacts({ metadata: { name: 'new' } }, false);
  const leaving = clusterFacts({ metadata: { name: 'old', deletionTimestamp: 'now' } }, true);
  const fleet = [member('full', {}, { resourceSummary: summary }), joining, leaving];
  const more = { cluster: 'full', asked: '9', free: '3', allocatable: '4', more: '4', fits: false, resource: 'cpu' };
  const { clusters, tables } = dataOf(previewHtml(view(reportOf([], { capacity: [more] }), { fleet })));
  expect(tables).toEqual([
    {
      title: 'Does not fit',
      head: ['CLUSTER', 'RESOURCE', 'ASKED', 'FREE', 'ALLOCATABLE'],
      rows: [['full', 'cpu', '4', '3', '4']],
    },
  ]);
  expect(clusters.map(({ name, notes, used }) => ({ name, notes, used }))).toEqual([
    { name: 'full', notes: ['too full; what does not fit: cpu'], used: { cpu: 125, memory: 0 } },
    { name: 'new', notes: ['joins with this input; what it serves is not known'], used: {} },
    { name: 'old', notes: ['is being deleted'], used: {} },
  ]);
});

test('what is not scheduled, follows, is not decided or not claimed; reasons that differ from most', () => {
  const none = {
    policy: null,
    replicas: 0,
    scheduled: null,
    reason: null,
    message: null,
    affinity: null,
    outcomes: [],
  };
  const named = (name: string): PreviewedResource => ({ ...none, resource: { ...resource, name } });
  const followed = {
    clusters: [],
    requiredBy: [{ namespace: 'shop', name: 'web', clusters: [{ name: 'member1' }] }],
    rendered: {},
  };
  const nowhere = { ...PLACED, scheduled: false, reason: 'NoClusterFit', message: '0/3 fit', outcomes: [] };
  const resources = [named('loose'), named('open'), { ...named('follows'), outcomes: [followed] }, nowhere];
  const unsupported = [{ resource: resources[1].resource, what: 'a custom interpreter' }];
  const whyNot = (_: PreviewedResource, cluster: string) => (cluster === 'member1' ? 'tainted' : 'not selected');
  const data = dataOf(previewHtml(view(reportOf(resources, { unsupported }), { whyNot })));
  const said = (at?: number) => (at === undefined ? undefined : data.sentences[at]);
  expect(data.resources.map(({ name, state, message, follows }) => [name, state, said(message), follows])).toEqual([
    ['web', 'unscheduled', 'NoClusterFit: 0/3 fit', undefined],
    ['loose', 'unclaimed', undefined, undefined],
    ['open', 'undecided', 'a custom interpreter', undefined],
    ['follows', 'follows', undefined, ['shop/web']],
  ]);
  const [most, cluster, other] = data.reasons[data.resources[0].reasons as number];
  expect([said(most), cluster, said(other)]).toEqual(['not selected', 0, 'tainted']);
});

test('what was found, and about which resource', () => {
  const finding = { code: 'MC041', level: FindingLevel.WARNING, path: 'spec', message: 'it is late', fix: 'hurry' };
  const named = { ...finding, message: 'Deployment/shop/web has no image', path: '' };
  const other = { ...finding, message: 'PropagationPolicy/shop/web matches nothing', acknowledged: 'a lab' };
  const report = reportOf([PLACED], { findings: [{ ...finding, resource }, named, other] });
  expect(dataOf(previewHtml(view(report))).findings).toEqual([
    { ...finding, path: undefined, at: 'spec of Deployment/shop/web', about: 'Deployment/shop/web' },
    { ...named, path: undefined, at: '', about: 'Deployment/shop/web' },
    { ...other, path: undefined, at: 'spec', acknowledged: 'a lab' },
  ]);
});

test('which policies meet, and which match nothing', () => {
  const named = (name: string) => ({ kind: 'PropagationPolicy', namespace: 'shop', name });
  const collisions = [{ resource, policy: named('a'), next: named('b') }];
  const idle = Array.from({ length: 201 }, (_, i) => named(`idle-${i}`));
  const { tables } = dataOf(previewHtml(view(reportOf([PLACED], { collisions, idle }))));
  expect(tables[0]).toEqual({
    title: 'Selected by several policies',
    head: ['RESOURCE', 'CLAIMED BY', 'IF THAT IS DELETED'],
    rows: [['Deployment/shop/web', 'PropagationPolicy/shop/a', 'PropagationPolicy/shop/b']],
  });
  expect(tables[1].title).toBe('Policies that match nothing (the first 200 of 201)');
  expect(tables[1].rows).toHaveLength(200);
});

describe('what comes from the input is never markup', () => {
  const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
  const report = reportOf([{ ...PLACED, resource: { ...resource, name: evil }, affinity: evil }], {
    findings: [{ code: 'MC001', level: FindingLevel.ERROR, path: evil, message: evil, fix: evil }],
  });
  const html = previewHtml(view(report, { template: () => web(evil, 9), unrendered: evil, fleet: [member(evil)] }));

  test('in the data', () => {
    expect(dataOf(html).resources[0].name).toBe(evil);
    expect(dataOf(html).clusters[0].name).toBe(evil);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });

  test('in the text', () => {
    expect(html).toContain('<li>&#60;/script&#62;&#60;script&#62;alert(1)');
    expect(html).not.toContain('<img');
  });
});

test('the page needs nothing else, and its policy lets only its own script and style run', () => {
  const html = previewHtml(view(reportOf([PLACED])));
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const [, style] = html.match(/<style>(.*?)<\/style>/s) as string[];
  const [, script] = html.match(/<script>(.*?)<\/script>/s) as string[];
  expect(html).toContain(
    `content="default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'"`,
  );
  expect(html.match(/(src|href)="(?!#|data:)[^"]*"/g)).toBeNull();
});

describe('of a Secret only names are in the page', () => {
  const secret = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'db',
      labels: { app: 'db' },
      annotations: { 'a/last-applied': password, 'work.karmada.io/name': 'w' },
    },
    type: 'Opaque',
    data: { password },
  });

  test('neither of the template nor of what a cluster gets', () => {
    const outcomes = [{ clusters: [{ name: 'member1' }], rendered: { member1: [secret('bmV3')] } }];
    const html = previewHtml(view(reportOf([{ ...PLACED, outcomes }]), { template: () => secret('b2xk') }));
    expect(html).not.toMatch(/bmV3|b2xk/);
    expect(dataOf(html).resources[0].manifests?.patches).toEqual([
      [
        [['metadata', 'annotations', 'a/last-applied'], '(another value, not shown)'],
        [['data', 'password'], '(another value, not shown)'],
      ],
    ]);
  });

  test('names, labels and what Karmada writes stay', () => {
    expect(masked(secret('b2xk'))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'db',
        labels: { app: 'db' },
        annotations: { 'a/last-applied': '(value not shown)', 'work.karmada.io/name': 'w' },
      },
      type: 'Opaque',
      data: { password: '(value not shown)' },
    });
  });

  test('a field where none should be is hidden as a whole', () => {
    expect(
      masked({ apiVersion: 'v1', kind: 'Secret', metadata: {}, data: 'b2xk', spec: { a: { b: 'b2xk' } } }),
    ).toEqual({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: {}, data: '(value not shown)' },
      spec: { a: '(value not shown)' },
    });
  });
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] }, c: null }],
  [{ a: [1] }, { a: [1, 2] }],
  [{ a: 1, b: 2 }, { b: 2 }],
  [{ a: [{ b: 1 }] }, { a: [{ b: { c: 1 } }] }],
  [{ a: 1 }, JSON.parse('{"a": 1, "__proto__": {"b": 2}, "constructor": 3}')],
  [{ a: 1 }, 7],
  [{}, {}],
])('a patch turns %j into %j', (from, to) => {
  expect(JSON.stringify(patched(from, JSON.parse(JSON.stringify(patchOf(from, to)))))).toBe(JSON.stringify(to));
});

test('what goes by free capacity says when it was so', () => {
  const html = previewHtml(view(reportOf([{ ...PLACED, asOf: '2026-11-21T10:00:00Z' }])));
  expect(html).toContain('<li>What goes by free capacity is as of 2026-11-21T10:00:00Z.</li>');
});

describe('the page stays small, and says what it left out', () => {
  const clusters = Array.from({ length: 100 }, (_, i) => `cluster-${i}`);
  const fleet = clusters.map((name) => member(name));
  const everywhere = (index: number) => clusters.map((name, i) => ({ name, replicas: 1 + ((index * 7 + i * i) % 97) }));
  const many = (length: number) =>
    Array.from({ length }, (_, i) => ({
      ...{ ...PLACED, resource: { ...resource, name: `web-${i}` } },
      outcomes: [{ clusters: everywhere(i), rendered: {} }],
    }));

  test('10,000 workloads on each of 100 clusters', () => {
    const html = previewHtml(view(reportOf(many(10_000)), { clusters, fleet, unrendered: 'Nothing is rendered.' }));
    expect(html.length).toBeLessThan(10_000_000);
    expect(dataOf(html).resources.length).toBeGreaterThan(9_000);
  });

  test('manifests that are long', () => {
    const text = 'x'.repeat(100_000);
    const long = many(100).map((each) => ({
      ...each,
      outcomes: [{ clusters: [], rendered: { 'cluster-1': [web(text, 1)] } }],
    }));
    const html = previewHtml(view(reportOf(long), { clusters, fleet, template: () => web('', 1) }));
    expect(html.length).toBeLessThan(7_000_000);
    expect(html).toContain(
      '<li>Left out, so that the page stays small: the manifests of 41 resources. -o json holds all.</li>',
    );
  });

  test('everything is much and long', () => {
    const text = 'x'.repeat(20_000);
    const long = many(2_000).map((each, i) => ({ ...each, resource: { ...each.resource, namespace: `${i}${text}` } }));
    const finding = { code: 'MC001', level: FindingLevel.ERROR, path: '', message: text, fix: '' };
    const report = reportOf(long, { findings: Array.from({ length: 100 }, () => finding) });
    let asked = 0;
    const whyNot = () => `${asked++}${text}`;
    const html = previewHtml(
      view(report, { clusters: [...clusters, 'z'], fleet: [...fleet, member('z')], whyNot, unrendered: 'x' }),
    );
    expect(html.length).toBeLessThan(17_000_000);
    expect(html).toMatch(
      /Left out, so that the page stays small: \d+ resources of 2000; .*\d+ findings\. -o json holds all\./,
    );
  });
});

test('a time line that was asked for, in the words of the text', () => {
  expect(dataOf(previewHtml(view(reportOf([PLACED], { failover: FAILOVER })))).failover).toEqual({
    title: 'Failover of Deployment/shop/web',
    head: ['AT THE LATEST', 'WHAT'],
    ways: [
      {
        lost: 'If member1 (3 replicas) is lost',
        end: 'it goes to member2 +3 after 1 min 54 s at the latest',
        tone: 'good',
        steps: [
          { after: '42 s', what: 'a probe of the cluster fails', because: 'every 10 s' },
          { after: '1 min 54 s', what: 'it is <b>evicted</b>', because: 'taint a|b' },
        ],
      },
      {
        lost: 'If any of member2 (6 replicas), member3 (1 replica) is lost',
        end: 'it stays there, and does not run until the cluster is back',
        tone: 'caution',
        steps: [{ after: '42 s', what: 'a probe of the cluster fails', because: 'every 10 s' }],
      },
    ],
  });
});
