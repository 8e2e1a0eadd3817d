import { type ObjectStatus, type StatusReport, statusTotals } from '../../../cli/plan/status';
import { paint } from '../../../cli/render/paint';
import { statusText } from '../../../cli/render/status-text';

const now = Date.parse('2026-01-13T00:00:00Z');
const object = (name: string, more: Partial<ObjectStatus> = {}): ObjectStatus => ({
  plane: 'karmada',
  chart: 'shop',
  key: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name },
  path: `shop/${name}`,
  source: { file: 'dist/shop.k8s.yaml', document: 1 },
  state: 'current',
  created: '2026-01-01T00:00:00Z',
  ...more,
});

function text(objects: readonly ObjectStatus[], drift = false, notes: readonly string[] = []): string {
  const charts = [{ chart: 'shop', plane: 'karmada' as const, appliedAt: '2026-01-12T22:00:00Z' }];
  const report: StatusReport = { planes: [], charts, objects, totals: statusTotals(objects), notes };
  return statusText(report, { instance: 'east', drift, width: 120, now }, paint(false));
}

const done = (cluster: string) => ({ cluster, state: 'done' as const, detail: '' });

test('what is not ready stands above the table, whose clusters are marked', () => {
  const sick = object('cart', {
    state: 'in-progress',
    message: 'paris: unhealthy 1/2',
    clusters: [
      done('eu'),
      { cluster: 'lima', state: 'applying', detail: 'away', down: true },
      { cluster: 'paris', state: 'health', detail: 'unhealthy 1/2' },
    ],
  });
  const gone = object('web', { state: 'absent', message: 'it is not there', created: undefined });
  expect(text([sick, object('api', { clusters: [done('eu')] }), gone])).toBe(
    `east: 1 ready, 1 not ready, 1 missing, last applied 2 h ago

  … karmada: Deployment/shop/cart: paris: unhealthy 1/2
  ✗ karmada: Deployment/shop/web: it is not there

  KIND        NAME       PLANE    READY  CLUSTERS             AGE
  Deployment  shop/cart  karmada  …      eu ✓ lima ✗ paris …  12 d
  Deployment  shop/api   karmada  ✓      eu ✓                 12 d
  Deployment  shop/web   karmada  ✗      -                    -
`,
  );
});

test('drift names the layer by where it is, who did it, and what apply would set', () => {
  const beta = { path: 'data.beta', kind: 'change', from: 'on', to: 'off' } as const;
  const drift = [
    { layer: 'template', changes: [beta], conflicts: [], by: 'kubectl-edit', at: '2026-01-12T23:46:00Z' },
    { layer: 'work', cluster: 'eu', changes: [], conflicts: [], note: 'Karmada has rendered generation 1 of 2' },
    { layer: 'member', cluster: 'eu', changes: [{ path: 'data.x', kind: 'add', to: '1' }], conflicts: [] },
    { layer: 'template', changes: [], conflicts: [{ path: 'spec.replicas', manager: 'hpa' }] },
  ] as const;
  expect(
    text([object('flags', { drift })], true, ['something is not known'])
      .split('\n')
      .slice(0, 7),
  ).toEqual([
    'east: 1 ready, 1 drifted, last applied 2 h ago',
    '',
    '  ~ karmada: Deployment/shop/flags differs (kubectl-edit, 14 min ago), and apply would set: data.beta: "on" → "off"',
    '  ~ karmada: Deployment/shop/flags on eu: Karmada has rendered generation 1 of 2',
    '  ~ karmada: Deployment/shop/flags on eu differs from what it was given: data.x: + "1"',
    '  ~ karmada: Deployment/shop/flags: spec.replicas belongs to hpa',
    '  note  something is not known',
  ]);
});

test('all well', () => {
  expect(text([object('api')], true).split('\n')[0]).toBe('east: 1 ready, none drifted, last applied 2 h ago');
});
