import type { ApiRequest, ApiResponse, ApiServer } from '../../../cli/apply/api-server';
import { listMetadata } from '../../../cli/apply/contents';
import { readLive } from '../../../cli/apply/live';
import { readPages } from '../../../cli/apply/pages';

/** A server that answers by what it is asked, and how often it was. */
function server(answer: (query: { readonly [name: string]: string }, n: number) => Partial<ApiResponse>) {
  const asked: ApiRequest[] = [];
  const made: ApiServer = {
    plane: 'karmada',
    url: 'https://karmada.example',
    request: async (request) => {
      asked.push(request);
      return { status: 200, body: undefined, warnings: [], ...answer(request.query ?? {}, asked.length) };
    },
    close: async () => undefined,
  };
  return { made, asked };
}

const page = (names: string[], next?: string) => ({
  body: {
    items: names.map((name) => ({ metadata: { name } })),
    metadata: { resourceVersion: '7', ...(next ? { continue: next } : {}) },
  },
});
const FORGOTTEN = { status: 410, body: { message: 'expired' } };
const forgetful = () => server(({ continue: place }) => (place ? FORGOTTEN : page(['a'], 'next')));
const THINGS = { apiVersion: 'v1', kind: 'Thing', resource: { plural: 'things', namespaced: true } };

test('pages become one list, with the version that a watch begins at; only what is of interest is held', async () => {
  const { made, asked } = server(({ continue: place }) => (place ? page(['c']) : page(['a', 'b'], 'next')));
  const keep = ({ metadata }: any) => metadata.name !== 'b';
  expect(await readPages(made, { path: '/api/v1/things', labelSelector: 'x=y', keep }, {})).toEqual({
    items: [{ metadata: { name: 'a' } }, { metadata: { name: 'c' } }],
    version: '7',
  });
  expect(asked.map(({ query }) => query)).toEqual([
    { limit: '500', labelSelector: 'x=y' },
    { limit: '500', labelSelector: 'x=y', continue: 'next' },
  ]);
});

test('a server that forgets where it was every time is given up after three more times, whoever reads', async () => {
  const whole = forgetful();
  expect(await readPages(whole.made, { path: '/api/v1/things' }, {})).toEqual({
    refused: { ...FORGOTTEN, warnings: [] },
    first: false,
  });
  expect(whole.asked).toHaveLength(8);
  const metadata = forgetful();
  expect(await listMetadata(metadata.made, THINGS, {})).toEqual({ refused: 'the server answered 410: expired' });
  expect(metadata.asked).toHaveLength(8);
  const live = forgetful();
  const wanted = ['a', 'b', 'c'].map((name) => ({
    key: { apiVersion: 'v1', kind: 'Thing', namespace: 'shop', name },
    resource: THINGS.resource,
  }));
  expect(await readLive(live.made, wanted, 4, {})).toEqual(
    wanted.map(() => ({ refused: { ...FORGOTTEN, warnings: [] } })),
  );
  expect(live.asked).toHaveLength(8);
});

test('what is no list is no empty list', async () => {
  for (const body of ['a page of a proxy', { items: 'many' }]) {
    const { made } = server(() => ({ body }));
    expect(await readPages(made, { path: '/api/v1/things' }, {})).toMatchObject({ refused: { body }, first: true });
  }
});
