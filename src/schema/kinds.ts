import { apps } from './data/apps';
import { autoscaling } from './data/autoscaling';
import { cluster } from './data/cluster';
import { config } from './data/config';
import { multicluster } from './data/multicluster';
import { networking } from './data/networking';
import { policy } from './data/policy';
import { remedy } from './data/remedy';
import { work } from './data/work';
import type { KindFacts, VersionFacts } from './facts';

/** Every kind of Karmada: the 19 that have a CRD, and Cluster. */
export const KINDS: readonly KindFacts[] = [
  ...apps,
  ...autoscaling,
  ...cluster,
  ...config,
  ...multicluster,
  ...networking,
  ...policy,
  ...remedy,
  ...work,
];

/** One served version of a kind, with what holds for the kind as a whole. */
export interface ServedKind extends VersionFacts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Served by Karmada's aggregated API server, whose checks are its own code and not a CRD's schema. */
  readonly aggregated: boolean;
}

const SERVED = new Map<string, ServedKind>();
for (const { group, names, scope, aggregated = false, versions } of KINDS) {
  for (const version of versions.filter(({ served }) => served)) {
    const apiVersion = `${group}/${version.name}`;
    SERVED.set(`${apiVersion} ${names.kind}`, {
      ...version,
      apiVersion,
      kind: names.kind,
      plural: names.plural,
      namespaced: scope === 'Namespaced',
      aggregated,
    });
  }
}

/** The facts of a kind in one served version, stored or not; nothing when it is not one of Karmada's. */
export function schemaOf(apiVersion: string, kind: string): ServedKind | undefined {
  return SERVED.get(`${apiVersion} ${kind}`);
}
