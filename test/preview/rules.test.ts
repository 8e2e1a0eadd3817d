import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { type RuleCase, type RuleOutcome, ruleVectors } from '../golden/rules';
import { plain, yamlFields } from './plain';

const vectors = ruleVectors();
const fleets = new Map(vectors.fleets.map((fleet) => [fleet.name, Fleet.fromManifests(fleet.clusters)]));

const key = ({ kind, namespace, name }: any) => [kind, namespace, name].filter(Boolean).join('/');
const byName = (targets: any[]) => [...targets].sort((a, b) => (a.name < b.name ? -1 : 1));

function recorded({ bindings, works }: RuleOutcome, documents: readonly string[]) {
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

/** What a preview says when every UID is known, in the shape of the vectors. */
function previewed(json: any, documents: readonly string[]) {
  const manifests = json.resources.flatMap(({ outcomes }: any) =>
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

function preview(vector: RuleCase, uids?: { readonly [key: string]: string }): any {
  const assume = ['enable-empty-workload-propagation=true', ...(vector.assume ?? [])];
  const fleet = fleets.get(vector.fleet) as Fleet;
  return Preview.of({ manifests: vector.stored, fleet, assume, uids }).toJson();
}

describe.each([...new Set(vectors.cases.map(({ rule }) => rule))])('%s', (rule) => {
  const cases = vectors.cases.filter((vector) => vector.rule === rule);
  test.each(cases.map((vector) => [vector.name, vector] as const))('%s', (name, vector) => {
    const documents = yamlFields(vector.stored);
    for (const outcome of vector.outcomes) {
      for (const uids of outcome.uids) {
        const json = preview(vector, uids);
        expect({ name, unsupported: json.unsupported }).toEqual({ name, unsupported: [] });
        expect(previewed(json, documents)).toEqual(recorded(outcome, documents));
      }
    }
  });
});
