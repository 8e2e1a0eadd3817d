import type { ApiRequest, ApiResponse, ApiServer } from '../../../cli/apply/api-server';
import { listAll } from '../../../cli/apply/listing';
import { CLUSTERS } from '../../../cli/plan/fleet-record';

type Answer = Partial<ApiResponse>;

/** A server that gives these answers in turn, and what it was asked. */
function server(...answers: Answer[]): ApiServer & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    plane: 'karmada',
    url: 'https://karmada.example',
    asked,
    request: async ({ path, query }: ApiRequest) => {
      asked.push(`${path}?${new URLSearchParams(query)}`);
      return { status: 200, body: undefined, warnings: [], ...(answers.shift() as Answer) };
    },
    close: async () => undefined,
  };
}

const page = (items: number[], next?: string): Answer => ({
  body: { items, metadata: next ? { continue: next } : {} },
});
const PATH = '/apis/cluster.karmada.io/v1alpha1/clusters';

test('a list is read in pages until there is no more', async () => {
  const pages = server(page([1, 2], 'a'), page([3], 'b'), page([4]));
  expect(await listAll(pages, CLUSTERS, {})).toEqual([1, 2, 3, 4]);
  expect(pages.asked).toEqual([`${PATH}?limit=500`, `${PATH}?limit=500&continue=a`, `${PATH}?limit=500&continue=b`]);
});

test('when the server has forgotten where it was, all of it is read again', async () => {
  const forgetful = server(page([1], 'a'), { status: 410 }, page([1], 'b'), page([2]));
  expect(await listAll(forgetful, CLUSTERS, {})).toEqual([1, 2]);
});

test('a server that always forgets is given up, and half a list is never given', async () => {
  const answers = Array.from({ length: 4 }, () => [page([1], 'a'), { status: 410, body: { message: 'expired' } }]);
  await expect(listAll(server(...answers.flat()), CLUSTERS, {})).rejects.toMatchObject({
    exitCode: 1,
    troubles: [
      {
        what: 'Karmada does not list clusters: the server answered 410: expired',
        at: `https://karmada.example${PATH}`,
        fix: 'check that this is the API server of a Karmada',
      },
    ],
  });
});

test('a kind that is not served has no list', async () => {
  expect(await listAll(server({ status: 404, body: '404 page not found' }), CLUSTERS, {})).toBeUndefined();
});

test('who may not list is told so', async () => {
  const message = 'clusters.cluster.karmada.io is forbidden: User "ci" cannot list resource "clusters"';
  await expect(listAll(server({ status: 403, body: { message } }), CLUSTERS, {})).rejects.toMatchObject({
    exitCode: 9,
    troubles: [
      {
        what: `Karmada does not let these credentials list clusters: the server answered 403: ${message}`,
        fix: 'use credentials that may list clusters',
      },
    ],
  });
});
