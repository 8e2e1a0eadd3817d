import type { Trouble } from '../../../../src/core/private/trouble';
import type { Component, ComponentPair } from './running';
import { compareVersions, imageVersion, minorText, type Version, versionText } from './version';

/** Programs that are upgraded by one rule. */
interface Family {
  readonly name: string;
  readonly holds: (component: string) => boolean;
  readonly see: string;
  /** What to do where a minor release is skipped. */
  readonly between: (minor: string) => string;
}

const SNAPSHOT = 'see "Going back" in docs/upgrade.md';

const FAMILIES: readonly Family[] = [
  {
    name: 'etcd',
    holds: (component) => component === 'etcd',
    see: 'https://etcd.io/docs/v3.6/upgrades/upgrading-etcd/',
    between: (minor) => `apply an image of etcd ${minor} first`,
  },
  {
    name: 'the Kubernetes API server',
    holds: (component) => component === 'karmada-apiserver' || component === 'karmada-kube-controller-manager',
    see: 'https://kubernetes.io/releases/version-skew-policy/',
    between: (minor) => `apply images of Kubernetes ${minor} first`,
  },
  {
    name: 'Karmada',
    holds: () => true,
    see: 'https://karmada.io/docs/administrator/upgrading/',
    between: (minor) => `set version: KarmadaVersion.V${minor.replace('.', '_')} and apply that first`,
  },
];

/** The first release of etcd 3.5 whose members 3.6 knows rightly: earlier ones may come back as members that were removed. */
const ETCD_3_5: Version = { major: 3, minor: 5, patch: 26 };

interface Step {
  readonly component: Component;
  readonly from: Version;
  readonly to: Version;
}

/**
 * What upstream does not support of the steps from what runs to what the code says: a minor release that is skipped, one
 * that is older. An image without a version in its tag is not judged.
 *
 * @param at which host
 */
export function stepTroubles(pairs: readonly ComponentPair[], at?: string): Trouble[] {
  const steps = pairs.flatMap(({ live, desired }): Step[] => {
    const [from, to] = [imageVersion(live?.image), imageVersion(desired?.image)];
    return desired && from && to ? [{ component: desired, from, to }] : [];
  });
  return FAMILIES.flatMap((family) => {
    const own = steps.filter(({ component }) => FAMILIES.find(({ holds }) => holds(component.name)) === family);
    return [...back(family, own, at), ...skips(family, own, at), ...oldEtcd(own, at)];
  });
}

function back({ name, see }: Family, steps: readonly Step[], at?: string): Trouble[] {
  const found = steps.filter(({ from, to }) => minorOf(to) < minorOf(from));
  if (!found.length) return [];
  const [{ from }] = [...found].sort((a, b) => compareVersions(b.from, a.from));
  return [
    {
      what: `${name} would go back from ${versionText(from)} to ${versionText(found[0].to)} (${names(found)}): what a newer minor release has written, an older one may not read`,
      at,
      fix: `keep the release that runs; to go back all the same, restore the data from before: ${SNAPSHOT}`,
      see,
    },
  ];
}

function skips({ name, see, between }: Family, steps: readonly Step[], at?: string): Trouble[] {
  const found = steps.filter(({ from, to }) => minorOf(to) > minorOf(from) + 1);
  if (!found.length) return [];
  const [{ from, to }] = [...found].sort((a, b) => compareVersions(a.from, b.from));
  const next = minorText({ ...from, minor: from.minor + 1 });
  return [
    {
      what: `${name} would go from ${versionText(from)} to ${versionText(to)} at once (${names(found)}): only one minor release at a time is supported`,
      at,
      fix: `${between(next)}, then go on from there`,
      see,
    },
  ];
}

function oldEtcd(steps: readonly Step[], at?: string): Trouble[] {
  return steps
    .filter(
      ({ component, from, to }) =>
        component.name === 'etcd' &&
        minorText(from) === '3.5' &&
        minorText(to) === '3.6' &&
        compareVersions(from, ETCD_3_5) < 0,
    )
    .map(({ from, to }) => ({
      what: `etcd would go from ${versionText(from)} to ${versionText(to)}: members that were removed long ago may come back`,
      at,
      fix: `apply an image of etcd ${versionText(ETCD_3_5)} or a later 3.5 first, and wait until all members are ready`,
      see: 'https://etcd.io/blog/2025/zombie_members_upgrade/',
    }));
}

function minorOf({ major, minor }: Version): number {
  return major * 1000 + minor;
}

function names(steps: readonly Step[]): string {
  return steps
    .map(({ component }) => component.name)
    .sort()
    .join(', ');
}
