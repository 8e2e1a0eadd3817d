import { paint } from '../../../cli/render/paint';
import type { PreviewedResource, PreviewReport } from '../../../cli/render/preview-report';
import { previewText } from '../../../cli/render/preview-text';
import type { PreviewView } from '../../../cli/render/preview-view';
import { FindingLevel } from '../../../src/core/finding';
import { PLACED, reportOf, resource, UNTOUCHED, viewOf, web } from './preview-sample';

function shown(report: PreviewReport, differs: Partial<PreviewView> = {}, plain = report, width = 100): string {
  return previewText(viewOf(report, differs, plain), width, paint(false));
}

test('a table says which cluster gets how many replicas, which image, what overrides changed, and why not', () => {
  const view = {
    whyNot: (_: PreviewedResource, cluster: string) =>
      cluster === 'member3' ? 'cluster(s) did not match the placement cluster affinity constraint' : undefined,
  };
  expect(
    shown(reportOf([PLACED]), view, reportOf([UNTOUCHED])),
  ).toBe(`Other people's policies and overrides take part, as given with --existing.
1 resource: 1 scheduled, 9 replicas on 2 of 3 clusters

Deployment/shop/web   9 replicas   by PropagationPolicy/shop/web
  CLUSTER  REPLICAS  IMAGE              OVERRIDDEN, OR WHY NOT
  member1  3         nginx:1
  member2  6         mirror.eu/nginx:1  metadata.labels.tier: gold
                                        image of web
  member3  -         -                  cluster(s) did not match the placement cluster affinity
                                        constraint
`);
});

test("without other people's policies the first line says so", () => {
  expect(shown(reportOf([PLACED]), { othersKnown: false }).split('\n')[0]).toBe(
    "Other people's policies on the same Karmada are assumed not to exist (--existing names them).",
  );
});

test('what goes by free capacity says as of when', () => {
  const at = (asOf: string | null) => shown(reportOf([{ ...PLACED, asOf }])).split('\n');
  expect(at('2026-11-21T16:24:01Z').slice(1, 5)).toEqual([
    'What goes by free capacity is as of 2026-11-21T16:24:01Z.',
    '1 resource: 1 scheduled, 9 replicas on 2 of 3 clusters',
    '',
    'Deployment/shop/web   9 replicas   by PropagationPolicy/shop/web   as of 2026-11-21T16:24:01Z',
  ]);
  expect(at(null)[1]).toBe('What goes by free capacity is as of the fleet, which does not say when it was read.');
});

test('of many findings of one code the first are shown, and how many more there are', () => {
  const finding = (code: string) => ({ code, level: FindingLevel.WARNING, path: 'spec', message: 'so it is', fix: '' });
  const findings = [...Array.from({ length: 60 }, () => finding('MC060')), finding('MC023')];
  const text = shown({ ...reportOf([PLACED]), findings });
  expect(text.match(/warning MC060/g)).toHaveLength(50);
  expect(text.match(/warning MC023/g)).toHaveLength(1);
  expect(text).toMatch(/\nand 10 more of MC060: -o json lists them\n$/);
});

test('of much that is not decided here the first is shown, and how much more there is', () => {
  const unsupported = Array.from({ length: 60 }, () => ({ resource: PLACED.resource, what: 'a rule' }));
  const text = shown({ ...reportOf([PLACED]), unsupported });
  expect(text.match(/: a rule\n/g)).toHaveLength(50);
  expect(text).toContain('  and 10 more: -o json lists them\n');
});

test('a tie is shown as both outcomes', () => {
  const outcome = (first: number, second: number) => ({
    clusters: [
      { name: 'member1', replicas: first },
      { name: 'member2', replicas: second },
    ],
    rendered: { member1: [web('nginx:1', first)], member2: [web('nginx:1', second)] },
  });
  const tied = { ...PLACED, replicas: 3, outcomes: [outcome(1, 2), outcome(2, 1)] };
  expect(shown(reportOf([tied]))).toBe(`Other people's policies and overrides take part, as given with --existing.
1 resource: 1 scheduled, 1 with two possible outcomes, 3 replicas on 2 of 3 clusters

Deployment/shop/web   3 replicas   by PropagationPolicy/shop/web
  tie: Karmada decides by the object's UID, which is not known yet; either one column or the other
  CLUSTER  EITHER  OR  IMAGE    OVERRIDDEN, OR WHY NOT
  member1  1       2   nginx:1
  member2  2       1   nginx:1
  member3  -       -   -        not chosen
`);
});

test("what cannot be scheduled is said in Karmada's words", () => {
  const nowhere: PreviewedResource = {
    ...PLACED,
    scheduled: false,
    reason: 'NoClusterFit',
    message: '0/3 clusters are available: 3 cluster(s) had untolerated taint.',
    outcomes: [{ clusters: [], rendered: {} }],
  };
  const whyNot = () => 'cluster(s) had untolerated taint {key: value}';
  expect(
    shown(reportOf([nowhere]), { whyNot }),
  ).toBe(`Other people's policies and overrides take part, as given with --existing.
1 resource: 0 scheduled, 1 unschedulable, 0 replicas on 0 of 3 clusters

Deployment/shop/web   9 replicas   by PropagationPolicy/shop/web
  ✗ not scheduled  NoClusterFit: 0/3 clusters are available: 3 cluster(s) had untolerated taint.
  CLUSTER  REPLICAS  OVERRIDDEN, OR WHY NOT
  member1  -         cluster(s) had untolerated taint {key: value}
  member2  -         cluster(s) had untolerated taint {key: value}
  member3  -         cluster(s) had untolerated taint {key: value}
`);
});

test('what goes along, what no policy claims, what is not decided and what was found have parts of their own', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' };
  const nothing = { policy: null, replicas: 0, scheduled: null, reason: null, message: null, affinity: null };
  const follows: PreviewedResource = {
    ...nothing,
    resource: config,
    outcomes: [
      {
        clusters: [],
        requiredBy: [{ namespace: 'shop', name: 'web-deployment', clusters: [{ name: 'member1', replicas: 3 }] }],
        suspended: ['member1'],
        rendered: { member1: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' } }] },
      },
    ],
  };
  const loose: PreviewedResource = { ...nothing, resource: { ...config, name: 'loose' }, outcomes: [] };
  const open: PreviewedResource = { ...nothing, resource: { ...config, name: 'open' }, outcomes: [] };
  const report = reportOf([follows, loose, open], {
    unsupported: [{ resource: open.resource, what: 'replicas aggregated onto few clusters' }],
    findings: [
      {
        code: 'MC041',
        level: FindingLevel.WARNING,
        path: 'spec.placement',
        message: 'matches no cluster',
        fix: 'correct the labels',
        resource,
      },
    ],
  });
  expect(
    shown(report, { clusters: ['member1', 'member2'] }),
  ).toBe(`Other people's policies and overrides take part, as given with --existing.
3 resources: 0 scheduled, 1 not decided here, 0 replicas on 0 of 2 clusters, 1 finding

ConfigMap/shop/web
  goes where shop/web-deployment goes
  CLUSTER  REPLICAS  OVERRIDDEN, OR WHY NOT
  member1  yes       suspended
  member2  -         not chosen

Claimed by no policy (stays on Karmada)
  ConfigMap/shop/loose

Not decided here (Karmada knows a rule that this release does not)
  ConfigMap/shop/open: replicas aggregated onto few clusters

warning MC041: matches no cluster
  at spec.placement of Deployment/shop/web
  fix: correct the labels
  see: docs/findings.md#mc041
`);
});

test('the value of a Secret that an override changes is not shown', () => {
  const secret = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web', namespace: 'shop' },
    data: { password },
  });
  const of = (password: string): PreviewedResource => ({
    ...PLACED,
    replicas: 0,
    outcomes: [{ clusters: [{ name: 'member1' }], rendered: { member1: [secret(password)] } }],
  });
  const text = shown(reportOf([of('c2VjcmV0')]), {}, reportOf([of('b2xk')]));
  expect(text).toContain('  member1  yes       data.password (value not shown)\n');
  expect(text).not.toContain('c2VjcmV0');
});

test('no line is longer than the terminal', () => {
  const view = { whyNot: () => 'a reason that is longer than one line of it can be' };
  const lines = shown(reportOf([PLACED]), view, reportOf([UNTOUCHED]), 60)
    .split('\n')
    .slice(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64);
});

test('without manifests a line says so', () => {
  const unrendered = 'The manifests of more than 1000 resources are not rendered (--render all).';
  expect(
    shown(reportOf([PLACED]), { unrendered })
      .split('\n')
      .slice(0, 3),
  ).toEqual([
    "Other people's policies and overrides take part, as given with --existing.",
    unrendered,
    '1 resource: 1 scheduled, 9 replicas on 2 of 3 clusters',
  ]);
});

test('more than 100 resources have a line each, those that are not scheduled first', () => {
  const many = Array.from({ length: 100 }, (_, i) => ({ ...PLACED, resource: { ...resource, name: `web-${i}` } }));
  const nowhere = { ...PLACED, scheduled: false, reason: 'NoClusterFit', message: '0/3', outcomes: [] };
  const tied = {
    ...PLACED,
    outcomes: [PLACED.outcomes[0], { ...PLACED.outcomes[0], clusters: [{ name: 'member3' }] }],
  };
  expect(
    shown(reportOf([tied, ...many.slice(1), nowhere]))
      .split('\n')
      .slice(2, 7),
  ).toEqual([
    '',
    'A line each, for more than 100 resources; images, and why not elsewhere: -o html',
    '  Deployment/shop/web   ✗ not scheduled  NoClusterFit: 0/3',
    '  Deployment/shop/web   member1 3, member2 6 or, by its UID, member3',
    '  Deployment/shop/web-1   member1 3, member2 6',
  ]);
});
