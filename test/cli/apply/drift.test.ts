import type { ApiServer } from '../../../cli/apply/api-server';
import { driftOf, type Seen } from '../../../cli/apply/drift';

const key = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'cart' };
const given = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: {}, spec: { replicas: 2 } };
const seen: Seen = {
  key,
  resource: { plural: 'deployments', namespaced: true },
  manifest: given,
  live: { metadata: {} },
  works: ['paris', 'tokyo', 'lima'].map((cluster) => ({
    metadata: { namespace: `karmada-es-${cluster}` },
    spec: { workload: { manifests: [given] } },
    status: { conditions: [{ type: 'Applied', status: cluster === 'lima' ? 'False' : 'True' }] },
  })),
};

/** A Karmada that hands requests on to its members. */
function karmada(answers: { readonly [cluster: string]: any }): ApiServer & { readonly asked: string[] } {
  const asked: string[] = [];
  const request = async ({ path }: { readonly path: string }) => {
    asked.push(path);
    const cluster = /clusters\/([^/]+)\/proxy/.exec(path)?.[1] ?? '';
    return { warnings: [], ...answers[cluster] };
  };
  return { plane: 'karmada', url: 'https://scripted', asked, request, close: async () => undefined };
}

test('members are asked through Karmada, but for those where nothing is applied; who cannot answer does not drift', async () => {
  const server = karmada({
    paris: { status: 200, body: { metadata: {}, spec: { replicas: 5 } } },
    tokyo: { status: 404, body: '404 page not found' },
  });
  const replicas = { path: 'spec.replicas', kind: 'change', from: 5, to: 2 };
  expect(await driftOf({ plane: 'karmada', key } as any, { objects: [] } as any, seen, server, {})).toEqual([
    { layer: 'member', cluster: 'paris', changes: [replicas], conflicts: [] },
  ]);
  expect(server.asked).toEqual(
    ['paris', 'tokyo'].map(
      (cluster) =>
        `/apis/cluster.karmada.io/v1alpha1/clusters/${cluster}/proxy/apis/apps/v1/namespaces/shop/deployments/cart`,
    ),
  );
});

test('a member that says that it is not there is believed', async () => {
  const absent = { status: 404, body: { kind: 'Status', details: { name: 'cart' } } };
  const found = await driftOf(
    { plane: 'karmada', key } as any,
    { objects: [] } as any,
    seen,
    karmada({ paris: absent, tokyo: { status: 503 } }),
    {},
  );
  expect(found).toEqual([{ layer: 'member', cluster: 'paris', changes: [], conflicts: [], note: 'it is not there' }]);
});
