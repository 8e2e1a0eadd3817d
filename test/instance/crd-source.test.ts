import { Findings } from '../../src/core/findings';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { CrdSource } from '../../src/instance/crd-source';
import type { MulticloudInstanceProps } from '../../src/instance/multicloud-instance-props';
import { anInstance, find } from './an-instance';

const SHA_256 = 'Ab'.repeat(32);
const RELEASE = 'https://github.com/karmada-io/karmada/releases/download';

/** What the record on Karmada says. */
const said = (crds?: CrdSource, props: Partial<MulticloudInstanceProps> = {}) =>
  find(anInstance({ crds, ...props }).karmada, 'ConfigMap', 'east-east-karmada').metadata.annotations[
    'cdk8s-karmada.io/crds'
  ];

test('the release is that of the instance', () => {
  const release = CrdSource.release({ sha256: SHA_256 });
  const sha256 = SHA_256.toLowerCase();
  expect(JSON.parse(said(release))).toEqual({ url: `${RELEASE}/v1.18.2/crds.tar.gz`, sha256 });
  expect(JSON.parse(said(release, { version: KarmadaVersion.of('v1.17.5') }))).toEqual({
    url: `${RELEASE}/v1.17.5/crds.tar.gz`,
    sha256,
  });
});

test('a copy of it, a file and a folder', () => {
  const url = 'https://mirror.example.com:8443/karmada/crds.tgz';
  expect(JSON.parse(said(CrdSource.tarball({ url, sha256: SHA_256 })))).toEqual({ url, sha256: 'ab'.repeat(32) });
  expect(said(CrdSource.file({ path: 'vendor/crds.tar.gz' }))).toBe('{"file":"vendor/crds.tar.gz"}');
  expect(said(CrdSource.file({ path: 'crds.yaml', sha256: SHA_256 }))).toBe(
    `{"file":"crds.yaml","sha256":"${'ab'.repeat(32)}"}`,
  );
  expect(said(CrdSource.folder('vendor/crds'))).toBe('{"folder":"vendor/crds"}');
});

test('the output holds the definitions whatever their source is: tools of GitOps apply what is there', () => {
  const crdsOf = (crds?: CrdSource) => anInstance({ crds }).karmada.filter(({ kind }) => /^Custom/.test(kind));
  expect(crdsOf()).toHaveLength(19);
  expect(crdsOf(CrdSource.folder('vendor/crds'))).toEqual(crdsOf());
});

describe('nobody chose a source', () => {
  const found = (crds?: CrdSource) => Findings.of(anInstance({ crds }).instance).all;

  test('which is said', () => {
    expect(found()).toEqual([
      {
        code: 'MC107',
        level: 'warning',
        path: 'metadata.annotations[cdk8s-karmada.io/crds]',
        message: "Karmada's own kinds are as this library renders them, without the words of the release",
        fix: 'give `crds` of the instance CrdSource.release with its SHA-256, or CrdSource.rendered() when this is what you want',
        constructPath: 'east/karmada/ApplySetParent',
        object: 'ConfigMap/cdk8s-karmada/east-east-karmada',
        acknowledged: undefined,
      },
    ]);
  });

  test('and is fine when somebody says so, in either way', () => {
    const { instance } = anInstance({ crds: undefined });
    Findings.of(instance).acknowledge('MC107', 'a laboratory');
    expect(Findings.of(instance).all.map(({ acknowledged }) => acknowledged)).toEqual(['a laboratory']);
    expect(found(CrdSource.rendered())).toEqual([]);
    expect(found(CrdSource.folder('crds'))).toEqual([]);
  });
});

test.each(['', 'latest', 'ab'.repeat(31), `sha256:${SHA_256}`])('"%s" is no hash', (sha256) => {
  const message = (at: string) => `sha256 must be a SHA-256 hash, got "${sha256}"
  at ${at}
  fix: write the 64 hexadecimal digits that \`sha256sum crds.tar.gz\` prints`;
  expect(() => CrdSource.release({ sha256 })).toThrow(new Error(message('CrdSource.release')));
  expect(() => CrdSource.file({ path: 'crds', sha256 })).toThrow(new Error(message('CrdSource.file')));
});

describe('a URL', () => {
  const FIX = `
  at CrdSource.tarball
  fix: write it like https://mirror.example.com/karmada/v1.18.2/crds.tar.gz; a server that asks who you are is no source: use CrdSource.file`;

  test.each(['http://mirror.example.com/crds.tar.gz', 'file:///crds.tar.gz', 'ftp://mirror/crds'])(
    'that is %s is refused',
    (url) => {
      expect(() => CrdSource.tarball({ url, sha256: SHA_256 })).toThrow(
        new Error(`url must begin with https, got "${url}"${FIX}`),
      );
    },
  );

  test.each(['https://me:hunter2@mirror.example', 'https://mirror/crds?token=hunter2', 'https://mirror/crds#hunter2'])(
    'with a secret in it is refused, and the secret is not said',
    (url) => {
      expect(() => CrdSource.tarball({ url, sha256: SHA_256 })).toThrow(
        new Error(
          `url must have no user, no password and nothing after a "?" or a "#": the output is for everybody to read${FIX}`,
        ),
      );
    },
  );

  test('and the hash are complained about together', () => {
    expect(() => CrdSource.tarball({ url: 'crds', sha256: '' })).toThrow(
      new Error(`url must be a URL with https, got "crds"${FIX}
sha256 must be a SHA-256 hash, got ""
  at CrdSource.tarball
  fix: write the 64 hexadecimal digits that \`sha256sum crds.tar.gz\` prints`),
    );
  });
});

test('a path names something', () => {
  const message = (at: string) => `path must name something, got " "
  at ${at}
  fix: write it like vendor/karmada-crds`;
  expect(() => CrdSource.file({ path: ' ' })).toThrow(new Error(message('CrdSource.file')));
  expect(() => CrdSource.folder(' ')).toThrow(new Error(message('CrdSource.folder')));
});
