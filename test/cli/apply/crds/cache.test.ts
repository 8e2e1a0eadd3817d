import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOUNDS } from '../../../../cli/apply/crds/archive';
import { CrdCache, cacheFolder, sha256Of } from '../../../../cli/apply/crds/cache';

const data = Buffer.from('an archive');
const hash = sha256Of(data);
let folder: string;
let cache: CrdCache;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-cache-'));
  cache = new CrdCache(join(folder, 'below'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'below', 'crds', `${hash}.tar.gz`);

test('what is kept comes back, and is for its user alone', () => {
  expect(cache.read(hash)).toBeUndefined();
  expect(cache.keep(hash, data)).toBe(true);
  expect(cache.read(hash)).toEqual(data);
  expect(readFileSync(path())).toEqual(data);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'below', 'crds')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(folder, 'below', 'crds'))).toEqual([`${hash}.tar.gz`]);
});

test('what was changed is not given', () => {
  cache.keep(hash, data);
  writeFileSync(path(), 'another archive');
  expect(cache.read(hash)).toBe('changed');
  cache.keep(hash, data);
  expect(cache.read(hash)).toEqual(data);
});

test('what has grown is not even read', () => {
  cache.keep(hash, data);
  truncateSync(path(), BOUNDS.packed + 1);
  expect(cache.read(hash)).toBe('changed');
});

test('nothing fails where nothing can be kept', () => {
  expect(new CrdCache(undefined).keep(hash, data)).toBe(false);
  expect(new CrdCache(undefined).read(hash)).toBeUndefined();
  writeFileSync(join(folder, 'file'), '');
  const nowhere = new CrdCache(join(folder, 'file'));
  expect(nowhere.keep(hash, data)).toBe(false);
  expect(nowhere.read(hash)).toBeUndefined();
  mkdirSync(join(folder, 'below', 'crds', `${hash}.tar.gz`), { recursive: true });
  expect(cache.keep(hash, data)).toBe(false);
  expect(readdirSync(join(folder, 'below', 'crds'))).toEqual([`${hash}.tar.gz`]);
});

test.each([
  [{ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' }, '/var/cache/me/cdk8s-karmada'],
  [{ HOME: '/home/me' }, '/home/me/.cache/cdk8s-karmada'],
  [{ XDG_CACHE_HOME: '', HOME: '/home/me' }, '/home/me/.cache/cdk8s-karmada'],
  // the specification has relative ones passed over
  [{ XDG_CACHE_HOME: 'cache', HOME: '/home/me' }, '/home/me/.cache/cdk8s-karmada'],
  [{ HOME: 'me' }, undefined],
  [{}, undefined],
])('with %j it is %s', (env, expected) => {
  expect(cacheFolder(env)).toBe(expected);
});
