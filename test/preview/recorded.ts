import type { RuleOutcome } from '../golden/rules';
import { plain } from './plain';

const key = ({ kind, namespace, name }: any) => [kind, namespace, name].filter(Boolean).join('/');
const byName = (targets: any[]) => [...targets].sort((a, b) => (a.name < b.name ? -1 : 1));

/** A recorded outcome, in the shape in which it is compared. */
export function recorded({ bindings, works }: RuleOutcome, documents: readonly string[]) {
  const manifests = Object.entries(works).flatMap(([cluster, sent]) =>
    sent.map(({ manifest, suspend }) => ({
      at: `${cluster} ${key({ ...manifest, ...manifest.metadata })}`,
      manifest,
      suspend,
    })),
  );
  return {
    bindings: Object.fromEntries(
      bindings.map(({ resource, policy, replicas, clusters, requiredBy, affinity, scheduled, reason, message }) => [
        key(resource),
        {
          policy,
          replicas,
          clusters: byName(clusters),
          requiredBy: byName(requiredBy.map((each) => ({ ...each, clusters: byName(each.clusters) }))),
          affinity,
          scheduled: scheduled === null ? null : scheduled === 'True',
          reason,
          message,
        },
      ]),
    ),
    works: Object.fromEntries(manifests.map(({ at, manifest }) => [at, plain(manifest, documents)])),
    suspended: manifests
      .filter(({ suspend }) => suspend)
      .map(({ at }) => at)
      .sort(),
  };
}

/** What a preview says when every UID is known, in the shape of the vectors; without the Works of what is `waiting`. */
export function previewed(json: any, documents: readonly string[], waiting: readonly string[] = []) {
  const written = json.resources.filter(({ resource }: any) => !waiting.includes(key(resource)));
  const manifests = written.flatMap(({ outcomes }: any) =>
    outcomes.flatMap((outcome: any) =>
      Object.entries<any[]>(outcome.rendered).flatMap(([cluster, sent]) =>
        sent.map((manifest) => ({
          at: `${cluster} ${key({ ...manifest, ...manifest.metadata })}`,
          manifest,
          suspend: outcome.suspended.includes(cluster),
        })),
      ),
    ),
  );
  return {
    bindings: Object.fromEntries(
      json.resources
        .filter(({ outcomes }: any) => outcomes.length > 0)
        .map(({ resource, policy, replicas, affinity, scheduled, reason, message, outcomes: [first] }: any) => [
          key(resource),
          {
            policy,
            replicas,
            clusters: first.clusters,
            requiredBy: byName(first.requiredBy),
            affinity,
            scheduled,
            reason,
            message,
          },
        ]),
    ),
    works: Object.fromEntries(manifests.map(({ at, manifest }: any) => [at, plain(manifest, documents)])),
    suspended: manifests
      .filter(({ suspend }: any) => suspend)
      .map(({ at }: any) => at)
      .sort(),
  };
}

/** What was decided about objects that a cluster has already, by resource that some cluster gets; none where that was not recorded. */
export function recordedConflicts({ bindings, works }: RuleOutcome): { readonly [resource: string]: string } {
  const sent = new Set(
    Object.values(works).flatMap((each) => each.map(({ manifest }) => key({ ...manifest, ...manifest.metadata }))),
  );
  return Object.fromEntries(
    bindings
      .filter(({ resource, conflictResolution }) => conflictResolution && sent.has(key(resource)))
      .map(({ resource, conflictResolution }) => [key(resource), String(conflictResolution).toLowerCase()]),
  );
}

/** The same of a preview, for these resources. */
export function previewedConflicts(json: any, resources: readonly string[]): { readonly [resource: string]: string } {
  return Object.fromEntries(
    resources.map((resource) => {
      const entry = json.resources.find((each: any) => key(each.resource) === resource);
      const [[manifest]] = Object.values<any[]>(entry?.outcomes[0]?.rendered ?? { none: [undefined] });
      return [resource, manifest?.metadata.annotations['work.karmada.io/conflict-resolution']];
    }),
  );
}
