import { troubles } from './private/trouble';

/** The releases that the library has tables for, oldest first. */
const KNOWN = ['v1.16.8', 'v1.17.5', 'v1.18.2'];

/**
 * A Karmada release: it decides which images, flags and fields are right.
 *
 * @see https://github.com/karmada-io/karmada/releases
 * @example
 * import { KarmadaVersion } from 'cdk8s-karmada';
 *
 * KarmadaVersion.of('v1.17.1').version; // 'v1.17.1'
 */
export class KarmadaVersion {
  /** Karmada v1.16.8. */
  public static readonly V1_16 = new KarmadaVersion('v1.16.8');

  /** Karmada v1.17.5. */
  public static readonly V1_17 = new KarmadaVersion('v1.17.5');

  /** Karmada v1.18.2, the default. */
  public static readonly V1_18 = new KarmadaVersion('v1.18.2');

  /**
   * One particular release. A minor release newer than those that the library knows is taken for the newest that it knows.
   *
   * @param version the tag of the release, such as `v1.18.2`
   * @throws if it is no such tag, or older than v1.16
   */
  public static of(version: string): KarmadaVersion {
    return KarmadaVersion._of(version);
  }

  /**
   * One particular release.
   *
   * @param at where it is written, for the error
   * @internal
   */
  public static _of(version: string, at?: string): KarmadaVersion {
    const fix = `give the tag of a release, such as ${KNOWN.map((known) => `'${known}'`).join(', ')}`;
    if (!/^v\d+\.\d+\.\d+$/.test(version)) {
      throw troubles([{ what: `"${version}" is no version of Karmada`, at, fix }]);
    }
    if (order(version) < order(KNOWN[0])) {
      const what = `Karmada ${version} is older than v1.16, the oldest release that is supported`;
      throw troubles([{ what, at, fix }]);
    }
    return new KarmadaVersion(version);
  }

  /**
   * The newest minor release that there are tables for, such as `v1.18`.
   *
   * @internal
   */
  public static get _newest(): string {
    return KNOWN[KNOWN.length - 1].split('.', 2).join('.');
  }

  /** The tag of the release, such as `v1.18.2`. */
  public readonly version: string;

  private constructor(version: string) {
    this.version = version;
  }

  /**
   * Are there tables for its minor release?
   *
   * @internal
   */
  public get _isKnown(): boolean {
    return order(this.version) <= order(KarmadaVersion._newest);
  }

  /**
   * Is it that minor release, such as `v1.17`, or a later one?
   *
   * @internal
   */
  public _has(release: string): boolean {
    return order(this.version) >= order(release);
  }
}

/** Few releases are asked about, each for every field of every object. */
const ORDERS = new Map<string, number>();

/** A minor release as a number that sorts. */
function order(version: string): number {
  const known = ORDERS.get(version);
  if (known !== undefined) return known;
  const [major, minor] = version.slice(1).split('.').map(Number);
  ORDERS.set(version, major * 1000 + minor);
  return major * 1000 + minor;
}
