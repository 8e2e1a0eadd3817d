/** The version of a program, as far as it decides what may follow it. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Reads `v1.18.2`, or `3.6.6-0`; undefined where it is no version. */
export function versionOf(text: string | undefined): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text ?? '') ?? [];
  return patch === undefined ? undefined : { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** The version in the tag of an image; undefined where it has none, such as one by digest alone. */
export function imageVersion(image: string | undefined): Version | undefined {
  const [, tag] = /:([^:/@]+)(?:@.*)?$/.exec(image ?? '') ?? [];
  return versionOf(tag);
}

/** Negative where the first is older. */
export function compareVersions(one: Version, other: Version): number {
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}

/** Such as `1.18`. */
export function minorText({ major, minor }: Version): string {
  return `${major}.${minor}`;
}

/** Such as `1.18.2`. */
export function versionText(version: Version): string {
  return `${minorText(version)}.${version.patch}`;
}
