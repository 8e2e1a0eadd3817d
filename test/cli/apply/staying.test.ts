import type { ApiServer } from '../../../cli/apply/api-server';
import { notesOf } from '../../../cli/apply/departure-beside';
import { emptied, leftBehind, withoutRetained } from '../../../cli/apply/destruction';
import type { RecordAccess } from '../../../cli/apply/record';
import type { Input } from '../../../cli/plan/chart-input';
import { type ChartOfTest, inputOf } from './engine-input';

/** A server that has these objects, by path. */
function serverWith(plane: 'host' | 'karmada', objects: { readonly [path: string]: any }): ApiServer {
  return {
    plane,
    url: 'https://scripted',
    request: async ({ path }) =>
      objects[path]
        ? { status: 200, body: objects[path], warnings: [] }
        : { status: 404, body: { message: 'not found' }, warnings: [] },
    close: async () => undefined,
  };
}

const POLICIES = '/apis/policy.karmada.io/v1alpha1';
const WORKS = '/apis/work.karmada.io/v1alpha2';

describe('what a template that leaves leaves on the member clusters', () => {
  const on = (clusters: readonly string[], preserveResourcesOnDeletion?: boolean) => ({
    spec: { preserveResourcesOnDeletion, clusters: clusters.map((name) => ({ name })) },
  });
  const access = {
    server: serverWith('karmada', {
      [`${WORKS}/namespaces/shop/resourcebindings/web-deployment`]: on(['tokyo', 'paris']),
      [`${WORKS}/namespaces/shop/resourcebindings/left-deployment`]: on(['paris'], true),
      [`${WORKS}/clusterresourcebindings/system.reader-clusterrole`]: on(['paris']),
      [`${POLICIES}/namespaces/shop/propagationpolicies/keeps`]: { spec: { preserveResourcesOnDeletion: true } },
      [`${POLICIES}/namespaces/shop/propagationpolicies/removes`]: { spec: {} },
      [`${POLICIES}/clusterpropagationpolicies/keeps`]: { spec: { preserveResourcesOnDeletion: true } },
    }),
    patience: {},
  } as RecordAccess;
  const of = (name: string) => ({
    'propagationpolicy.karmada.io/namespace': 'shop',
    'propagationpolicy.karmada.io/name': name,
  });
  const ofCluster = (name: string) => ({ 'clusterpropagationpolicy.karmada.io/name': name });

  test.each([
    ['by a policy of its namespace', 'web', of('keeps'), 'PropagationPolicy/shop/keeps', 'paris, tokyo'],
    ['by one of the cluster', 'web', ofCluster('keeps'), 'ClusterPropagationPolicy/keeps', 'paris, tokyo'],
    [
      'by what its binding has of a policy that is gone',
      'left',
      undefined,
      'ResourceBinding/shop/left-deployment',
      'paris',
    ],
    [
      'by a policy, before anything was placed',
      'new',
      of('keeps'),
      'PropagationPolicy/shop/keeps',
      'the member clusters',
    ],
    ['nothing: its policy removes them', 'web', of('removes'), undefined, undefined],
    ['nothing: its policy is gone', 'web', of('gone'), undefined, undefined],
    ['nothing: it has none', 'web', undefined, undefined, undefined],
  ])('%s', async (_, name, annotations, policy, where) => {
    const member = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, path: 'shop/web', wave: 7 };
    expect(await notesOf({ metadata: { name, namespace: 'shop', annotations } }, member, access)).toEqual(
      policy ? [`its copies on ${where} stay: ${policy} has preserveResourcesOnDeletion`] : [],
    );
  });

  test('of the whole cluster', async () => {
    const name = 'system:reader';
    const member = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      namespace: '',
      name,
      path: 'r',
      wave: 7,
    };
    expect(await notesOf({ metadata: { name, annotations: ofCluster('keeps') } }, member, access)).toEqual([
      'its copies on paris stay: ClusterPropagationPolicy/keeps has preserveResourcesOnDeletion',
    ]);
  });
});

describe('destroy', () => {
  const charts: ChartOfTest[] = [
    { plane: 'host', path: 'east', objects: [] },
    { plane: 'karmada', path: 'east/karmada', objects: [] },
    {
      plane: 'karmada',
      path: 'shop',
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } }],
    },
  ];
  const clusters = { items: [{ metadata: { name: 'paris' } }, { metadata: { name: 'dublin' } }] };
  const karmada = serverWith('karmada', { '/apis/cluster.karmada.io/v1alpha1/clusters': clusters });
  const host = serverWith('host', {});

  test('takes everything out of the charts of the run, and nothing out of the others', () => {
    const input = emptied(inputOf(charts, { only: 'shop' }), { karmada });
    expect(input.charts.map(({ path, objects }) => [path, objects.length])).toEqual([['shop', 0]]);
    expect(input.all.map(({ path, objects }) => [path, objects.length])).toEqual([
      ['east', 1],
      ['east/karmada', 1],
      ['shop', 0],
    ]);
    // of a Karmada that is not there nothing can be deleted
    expect(emptied(inputOf(charts), { host }).charts.map(({ path }) => path)).toEqual(['east']);
  });

  test('leaves a control plane that is retained as it is, and takes the charts of teams', () => {
    const retained = (input: Input): Input => {
      const all = input.all.map((chart) => {
        if (chart.plane !== 'host') return chart;
        const { metadata, ...rest } = chart.parent.manifest;
        const annotations = { ...metadata.annotations, 'cdk8s-karmada.io/deletion': 'retain' };
        return { ...chart, parent: { ...chart.parent, manifest: { ...rest, metadata: { ...metadata, annotations } } } };
      });
      return { ...input, all, charts: all.filter(({ path }) => input.charts.some((chart) => chart.path === path)) };
    };
    const of = (input: Input) => {
      const { input: going, notes } = withoutRetained(input);
      return [going.charts.map(({ path }) => path), notes];
    };
    const note =
      'host: the control plane of "east" is retained: `cdk8s-karmada instance destroy east` lets it be, and deletes it with --release';
    expect(of(retained(inputOf(charts)))).toEqual([['shop'], [note]]);
    expect(of(retained(inputOf(charts, { only: 'east/karmada' })))).toEqual([[], [note]]);
    expect(of(retained(inputOf(charts, { only: 'shop' })))).toEqual([['shop'], []]);
    expect(of(inputOf(charts))).toEqual([['east', 'east/karmada', 'shop'], []]);
  });

  test('says what stays on the member clusters', async () => {
    const now = new Date(0);
    expect(await leftBehind(inputOf(charts), { host, karmada }, now, {})).toEqual([
      'on the member clusters dublin, paris what this Karmada runs there stays, and nothing looks after it: unjoin them first',
    ]);
    expect(await leftBehind(inputOf(charts), { host }, now, {})).toEqual([
      'karmada: its admin kubeconfig is not on the host: nothing is deleted there',
    ]);
    expect(await leftBehind(inputOf(charts, { only: 'shop' }), { karmada }, now, {})).toEqual([]);
  });
});
