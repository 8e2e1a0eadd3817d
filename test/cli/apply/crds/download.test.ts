import { BOUNDS } from '../../../../cli/apply/crds/archive';
import { type DownloadOptions, download } from '../../../../cli/apply/crds/download';
import { type Answer, Mirror, startProxy, stopAll } from './mirror';

jest.mock('../../../../cli/apply/credentials', () => ({}));

const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];
const before = { ...process.env };
beforeEach(() => {
  for (const name of PROXIES) delete process.env[name];
});
afterEach(() => {
  stopAll();
  process.env = { ...before };
});

const QUICK = { pausesMs: [1, 1] };
const failure = async (url: string, options: DownloadOptions = {}) => {
  const error = await download(url, { ...QUICK, ...options }).then(
    () => new Error('it came'),
    (thrown: any) => thrown,
  );
  expect(error).toMatchObject({ exitCode: 1 });
  const [what, ...rest] = error.message.split('\n');
  expect(rest).toEqual([
    '  at `crds` of the instance, and in the record of its Karmada',
    '  fix: fetch it where that is possible, and give `crds` CrdSource.file, or CrdSource.tarball with a server that this machine reaches (HTTPS_PROXY and NO_PROXY are heeded)',
  ]);
  return what.replace(`${url} cannot be fetched: `, '');
};

test('what is there', async () => {
  const mirror = await Mirror.start(() => ({ body: 'an archive' }));
  expect(await download(mirror.url('/v1/crds.tar.gz'), mirror)).toEqual(Buffer.from('an archive'));
  expect(mirror.asked).toEqual(['/v1/crds.tar.gz']);
});

test('it is followed to where it was moved, as GitHub does it', async () => {
  const mirror = await Mirror.start((path) =>
    path === '/a' ? { status: 302, headers: { location: '/b?signature=x' } } : { body: 'an archive' },
  );
  expect(await download(mirror.url('/a'), mirror)).toEqual(Buffer.from('an archive'));
  expect(mirror.asked).toEqual(['/a', '/b?signature=x']);
});

test('never to where anybody could change it, and not for ever', async () => {
  const mirror = await Mirror.start((path) => ({
    status: 302,
    headers: { location: path === '/a' ? 'http://127.0.0.1:9/crds' : path },
  }));
  expect(await failure(mirror.url('/a'), mirror)).toBe('it leads to http://127.0.0.1:9, which is not https');
  expect(await failure(mirror.url('/b'), mirror)).toBe('it is sent on more than 5 times');
  expect(mirror.asked).toHaveLength(7);
});

test('a server that nobody vouches for is not believed', async () => {
  const mirror = await Mirror.start(() => ({ body: 'an archive' }));
  expect(await failure(mirror.url('/a'))).toMatch(/^unable to verify the first certificate|self-signed certificate/);
  expect(mirror.asked).toEqual([]);
});

test('what fails in passing is tried again', async () => {
  const answers: Answer[] = [{ status: 503 }, { status: 429 }, { body: 'an archive' }];
  const mirror = await Mirror.start(() => answers.shift() as Answer);
  expect(await download(mirror.url('/a'), { ...QUICK, ...mirror })).toEqual(Buffer.from('an archive'));
});

test('what fails for good is not', async () => {
  const mirror = await Mirror.start(() => ({ status: 404 }));
  expect(await failure(mirror.url('/a'), mirror)).toBe(`localhost:${mirror.port} answers 404`);
  expect(mirror.asked).toHaveLength(1);
  expect(await failure('https://127.0.0.1:9/crds')).toMatch(/^connect ECONNREFUSED 127.0.0.1:9$/);
});

test('no more is read than a release has', async () => {
  const mirror = await Mirror.start(() => ({ body: Buffer.alloc(BOUNDS.packed + 1) }));
  expect(await failure(mirror.url('/a'), mirror)).toBe('it has more than 16 MiB');
});

test('what never ends is given up', async () => {
  const mirror = await Mirror.start(() => new Promise<Answer>(() => undefined));
  expect(await failure(mirror.url('/a'), { ...mirror, timeoutMs: 200 })).toBe('nothing came within 0.2 s');
});

test('it goes through the proxy of the environment, and past it where that says so', async () => {
  const mirror = await Mirror.start(() => ({ body: 'an archive' }));
  const proxy = await startProxy(mirror.port);
  process.env.https_proxy = proxy.url;
  expect(await download('https://mirror.test/crds.tar.gz', mirror)).toEqual(Buffer.from('an archive'));
  expect(proxy.asked).toEqual(['mirror.test:443']);
  expect(await download(mirror.url('/a'), mirror)).toEqual(Buffer.from('an archive'));
  process.env.no_proxy = 'mirror.test';
  expect(await failure('https://mirror.test/crds.tar.gz', mirror)).toMatch(/^getaddrinfo/);
  expect(proxy.asked).toHaveLength(1);
});
