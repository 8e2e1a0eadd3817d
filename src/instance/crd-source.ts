import type { KarmadaVersion } from '../core/karmada-version';
import { type Trouble, troubles } from '../core/private/trouble';

/** Options of `CrdSource.release`. */
export interface CrdReleaseOptions {
  /** SHA-256 of the release's `crds.tar.gz`: 64 hexadecimal digits. Another file is refused before anything of it is read. */
  readonly sha256: string;
}

/** Options of `CrdSource.tarball`. */
export interface CrdTarballOptions {
  /** Where it is, with https. It stands in the output, so it holds no password and no token. */
  readonly url: string;

  /** SHA-256 of the file: 64 hexadecimal digits. Another file is refused before anything of it is read. */
  readonly sha256: string;
}

/** Options of `CrdSource.file`. */
export interface CrdFileOptions {
  /** A `.tar.gz` as Karmada releases it, or YAML; relative to the folder that the command runs in. */
  readonly path: string;

  /**
   * SHA-256 of the file: 64 hexadecimal digits.
   *
   * @default - it is taken as it is
   */
  readonly sha256?: string;
}

const SHA_256 = /^[0-9a-f]{64}$/i;
/** Where Karmada publishes a release: .github/workflows/release.yml at v1.18.2. */
const RELEASES = 'https://github.com/karmada-io/karmada/releases/download';

/**
 * Where the definitions of Karmada's own kinds come from.
 *
 * What is synthesized are those that this library renders from its own data: their verdicts are the release's. The command puts
 * the ones of the source in their place when it plans and applies; a tool of GitOps applies those of the output. Only the
 * definitions that the release has are applied, and from a source that lacks a field of it none are.
 *
 * @see https://github.com/karmada-io/karmada/tree/v1.18.2/charts/karmada/_crds
 * @example
 * import { CrdSource } from 'cdk8s-karmada';
 *
 * CrdSource.release({ sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' });
 */
export class CrdSource {
  /** From this library, by choice: nothing is fetched, and `kubectl explain` has no words for their fields. */
  public static rendered(): CrdSource {
    return new CrdSource(() => 'rendered');
  }

  /**
   * From the `crds.tar.gz` of the instance's release on GitHub. It is fetched once, and kept in the cache of whoever runs the command.
   *
   * @throws if the hash is none
   */
  public static release(options: CrdReleaseOptions): CrdSource {
    const wrong = hashTroubles('CrdSource.release', options.sha256);
    if (wrong.length) throw troubles(wrong);
    return new CrdSource(({ version }) => fetched(`${RELEASES}/${version}/crds.tar.gz`, options.sha256));
  }

  /**
   * From a copy of it on a server of your own.
   *
   * @throws if the URL is not one with https alone, or the hash is none
   */
  public static tarball(options: CrdTarballOptions): CrdSource {
    const at = 'CrdSource.tarball';
    const wrong = [...urlTroubles(at, options.url), ...hashTroubles(at, options.sha256)];
    if (wrong.length) throw troubles(wrong);
    return new CrdSource(() => fetched(options.url, options.sha256));
  }

  /**
   * From a file where the command runs, such as one that lies beside your code: nothing is fetched.
   *
   * @throws if the path is empty, or the hash is none
   */
  public static file(options: CrdFileOptions): CrdSource {
    const at = 'CrdSource.file';
    const { path, sha256 } = options;
    const wrong = [...pathTroubles(at, path), ...(sha256 === undefined ? [] : hashTroubles(at, sha256))];
    if (wrong.length) throw troubles(wrong);
    return new CrdSource(() =>
      JSON.stringify({ file: path, ...(sha256 !== undefined && { sha256: sha256.toLowerCase() }) }),
    );
  }

  /**
   * From a folder where the command runs: all YAML in it and in the folders below, such as an unpacked `crds.tar.gz`.
   *
   * @param path relative to the folder that the command runs in
   * @throws if the path is empty
   */
  public static folder(path: string): CrdSource {
    const wrong = pathTroubles('CrdSource.folder', path);
    if (wrong.length) throw troubles(wrong);
    return new CrdSource(() => JSON.stringify({ folder: path }));
  }

  private constructor(
    /**
     * What the command is told.
     *
     * @internal
     */
    public readonly _said: (release: KarmadaVersion) => string,
  ) {}
}

function fetched(url: string, sha256: string): string {
  return JSON.stringify({ url, sha256: sha256.toLowerCase() });
}

function hashTroubles(at: string, sha256: string): Trouble[] {
  if (SHA_256.test(sha256)) return [];
  const fix = 'write the 64 hexadecimal digits that `sha256sum crds.tar.gz` prints';
  return [{ what: `sha256 must be a SHA-256 hash, got "${sha256}"`, at, fix }];
}

function urlTroubles(at: string, text: string): Trouble[] {
  const what = (why: string) => [
    {
      what: `url ${why}`,
      at,
      fix: 'write it like https://mirror.example.com/karmada/v1.18.2/crds.tar.gz; a server that asks who you are is no source: use CrdSource.file',
    },
  ];
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return what(`must be a URL with https, got "${text}"`);
  }
  // no text of it is quoted from here on: it may hold a password
  if (url.username || url.password || url.search || url.hash)
    return what('must have no user, no password and nothing after a "?" or a "#": the output is for everybody to read');
  return url.protocol === 'https:' ? [] : what(`must begin with https, got "${text}"`);
}

function pathTroubles(at: string, path: string): Trouble[] {
  if (path.trim() !== '') return [];
  return [{ what: `path must name something, got "${path}"`, at, fix: 'write it like vendor/karmada-crds' }];
}
