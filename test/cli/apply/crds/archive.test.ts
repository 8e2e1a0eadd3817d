import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { BOUNDS, unpacked } from '../../../../cli/apply/crds/archive';
import { tarball } from './tarball';

const FIX = '\n  fix: give `crds.tar.gz` of a release of Karmada, and nothing that was made of it';
const refusal = async (data: Buffer | Promise<Buffer>) => {
  const error = await unpacked(await data, 'crds.tar.gz').then(
    () => new Error('it was taken'),
    (thrown: any) => thrown,
  );
  expect(error).toMatchObject({ exitCode: 3 });
  return error.message;
};
const entry = (name: string, what: string) => `${what}\n  at ${JSON.stringify(name)} in crds.tar.gz${FIX}`;

test('the YAML of an archive, wherever it stands in it', async () => {
  const data = await tarball(
    { name: './crds/', type: 'directory' },
    { name: './crds/bases/a.yaml', text: 'kind: A' },
    { name: 'crds/b.yml', text: 'kind: B' },
    { name: 'crds/README.md', text: '# no' },
    { name: 'crds/._a.yaml', text: 'what a Mac adds' },
  );
  expect(await unpacked(data, 'crds.tar.gz')).toEqual([
    { path: 'crds/bases/a.yaml', text: 'kind: A' },
    { path: 'crds/b.yml', text: 'kind: B' },
  ]);
});

describe('a path that leads out of the archive is refused', () => {
  test.each(['/etc/passwd.yaml', '../../x.yaml', 'crds/../../x.yaml', 'C:/x.yaml', 'crds/..'])('%s', async (name) => {
    expect(await refusal(tarball({ name, text: 'kind: A' }))).toBe(entry(name, 'this path leads out of the archive'));
  });

  test.each(['crds\\..\\x.yaml', 'crds/a\nb.yaml', 'crds/\u001b[2J.yaml'])('%j', async (name) => {
    expect(await refusal(tarball({ name, text: 'kind: A' }))).toBe(
      entry(name, 'this path has a character that no path of Karmada has'),
    );
  });
});

test.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)('a %s is refused', async (type) => {
  const name = 'crds/bases/a.yaml';
  expect(await refusal(tarball({ name, type, linkname: '/etc/shadow' }))).toBe(
    entry(name, `this is a ${type}: only files and folders are taken`),
  );
});

test('all that is wrong is said at once', async () => {
  const message = await refusal(
    tarball({ name: '../a.yaml', type: 'symlink', linkname: 'x' }, { name: '/b', text: '' }),
  );
  expect(message.match(/^\S.*/gm)).toEqual([
    'this is a symlink: only files and folders are taken',
    'this path leads out of the archive',
    'this path leads out of the archive',
  ]);
});

describe('a bomb is refused', () => {
  test('before it is unpacked whole', async () => {
    expect(await refusal(gzipSync(Buffer.alloc(BOUNDS.unpacked + 1)))).toBe(
      `it has more than 64 MiB when it is unpacked\n  at crds.tar.gz${FIX}`,
    );
  });

  test('by how much larger it gets', async () => {
    const data = gzipSync(Buffer.alloc(2 * BOUNDS.anyRatio));
    const times = Math.floor((2 * BOUNDS.anyRatio) / data.length);
    expect(times).toBeGreaterThan(900);
    expect(await refusal(data)).toBe(
      `unpacked it is ${times} times as large, and 100 times are the most\n  at crds.tar.gz${FIX}`,
    );
  });

  test('by its entries', async () => {
    const many = Array.from({ length: BOUNDS.entries + 1 }, (_, n) => ({
      name: `${n}.yaml`,
      text: `${Math.random()}`,
    }));
    expect(await refusal(tarball(...many))).toBe(`it has more than 1000 entries\n  at crds.tar.gz${FIX}`);
  });

  test('by its largest entry', async () => {
    const text = randomBytes(9 * 1024 * 1024);
    expect(await refusal(tarball({ name: 'a.yaml', text }))).toBe(
      entry('a.yaml', 'this file has 9.0 MiB, and 8 MiB are the most'),
    );
  });

  test('by its size as it is', async () => {
    expect(await refusal(Buffer.alloc(BOUNDS.packed + 1))).toBe(
      `it has 16.0 MiB, and 16 MiB are the most\n  at crds.tar.gz${FIX}`,
    );
  });

  test('made of anchors', async () => {
    const text = 'a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n';
    expect(await refusal(tarball({ name: 'a.yaml', text }))).toBe(
      entry('a.yaml', 'this YAML has an anchor (&), which is not taken here'),
    );
  });
});

test.each([
  ['nothing', Buffer.alloc(0), 'it cannot be unpacked: unexpected end of file'],
  ['text', Buffer.from('<html>Sign in</html>'), 'it cannot be unpacked: incorrect header check'],
  [
    'packed text',
    gzipSync('<html>'.repeat(200)),
    'it is no tar archive: Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?',
  ],
])('%s is no archive', async (_, data, what) => {
  expect(await refusal(data)).toBe(`${what}\n  at crds.tar.gz${FIX}`);
});

test('an archive that was cut off is none', async () => {
  const whole = await tarball({ name: 'crds/a.yaml', text: 'kind: A'.repeat(1000) });
  expect(await refusal(whole.subarray(0, whole.length - 20))).toBe(
    `it cannot be unpacked: unexpected end of file\n  at crds.tar.gz${FIX}`,
  );
});
