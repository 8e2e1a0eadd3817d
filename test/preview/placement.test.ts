import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { fnv1a32 } from '../../src/preview/private/hash';
import { type PlacementCase, placementVectors, type RecordedOutcome } from '../golden/placement';
import { plain, yamlFields } from './plain';
import { bindingsAfter, rescaled, storedObjects, uidsOf } from './vector-runs';

const vectors = placementVectors();
const fleets = new Map(vectors.fleets.map((fleet) => [fleet.name, Fleet.fromManifests(fleet.clusters)]));

const assume = ['enable-empty-workload-propagation=true'];

const sorted = (targets: any[]) => [...targets].sort((a, b) => (a.name < b.name ? -1 : 1));
const objectName = (manifest: any) => `${manifest.kind}/${manifest.metadata.name}`;

function recorded(outcome: RecordedOutcome, documents: readonly string[]) {
  return {
    bindings: Object.fromEntries(
      outcome.bindings.map((binding) => [
        `${binding.resource.kind}/${binding.resource.name}`,
        {
          policy: binding.policy,
          replicas: binding.replicas,
          clusters: sorted(binding.clusters),
          requiredBy: binding.requiredBy.map((each: any) => ({
            name: each.name,
            clusters: sorted(each.clusters ?? []),
          })),
          affinity: binding.affinity,
          scheduled: binding.scheduled === null ? null : binding.scheduled === 'True',
          reason: binding.reason,
          message: binding.message,
        },
      ]),
    ),
    works: Object.fromEntries(
      Object.entries(outcome.works).map(([cluster, works]) => [
        cluster,
        Object.fromEntries(works.map((work) => [objectName(work.manifest), plain(work.manifest, documents)])),
      ]),
    ),
    suspended: Object.entries(outcome.works).flatMap(([cluster, works]) =>
      works.filter((work) => work.suspend).map((work) => `${cluster} ${objectName(work.manifest)}`),
    ),
  };
}

/** What a preview says, in the shape of the vectors; `pick` chooses among candidates. */
function previewed(json: any, pick: (resource: any) => number, documents: readonly string[]) {
  const works: { [cluster: string]: { [name: string]: any } } = {};
  const suspended: string[] = [];
  const bindings = json.resources.flatMap((entry: any) => {
    if (entry.outcomes.length === 0) return [];
    const outcome = entry.outcomes[Math.min(pick(entry.resource), entry.outcomes.length - 1)];
    for (const [cluster, manifests] of Object.entries<any[]>(outcome.rendered)) {
      works[cluster] = works[cluster] ?? {};
      for (const manifest of manifests) works[cluster][objectName(manifest)] = plain(manifest, documents);
    }
    for (const cluster of outcome.suspended) suspended.push(`${cluster} ${entry.resource.kind}/${entry.resource.name}`);
    const { replicas, affinity, scheduled, reason, message } = entry;
    const requiredBy = outcome.requiredBy.map((each: any) => ({ name: each.name, clusters: each.clusters }));
    const policy = entry.policy?.name ?? null;
    return [
      [
        `${entry.resource.kind}/${entry.resource.name}`,
        { policy, replicas, clusters: outcome.clusters, requiredBy, affinity, scheduled, reason, message },
      ],
    ];
  });
  return { bindings: Object.fromEntries(bindings), works, suspended };
}

function preview(vector: PlacementCase, more: { uids?: any; bindings?: any[]; manifests?: any[] }): any {
  const fleet = fleets.get(vector.fleet) as Fleet;
  return Preview.of({ manifests: storedObjects(vector), fleet, assume, ...more }).toJson();
}

/** Every rule of these cases is known. */
function judge(name: string, json: any, compare: () => void): void {
  expect({ name, unsupported: json.unsupported }).toEqual({ name, unsupported: [] });
  compare();
}

describe('what a real Karmada decided', () => {
  test.each(vectors.cases.map((vector) => [vector.name, vector] as const))('%s', (name, vector) => {
    for (const outcome of vector.outcomes) {
      for (const run of outcome.uids) {
        const json = preview(vector, { uids: uidsOf(run) });
        judge(name, json, () => {
          expect(previewed(json, () => 0, yamlFields(vector.stored))).toEqual(
            recorded(outcome, yamlFields(vector.stored)),
          );
          expect(
            json.resources.map((entry: any) => entry.outcomes.length).filter((count: number) => count > 1),
          ).toEqual([]);
        });
      }
    }
  });
});

describe('what it decides about objects as they were written', () => {
  test.each(vectors.cases.map((vector) => [vector.name, vector] as const))('%s', (name, vector) => {
    const [outcome] = vector.outcomes;
    const manifests = vector.objects.map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'ns' },
    }));
    const json = preview(vector, { manifests, uids: uidsOf(outcome.uids[0]) });
    judge(name, json, () =>
      expect(previewed(json, () => 0, yamlFields(vector.stored)).bindings).toEqual(
        recorded(outcome, yamlFields(vector.stored)).bindings,
      ),
    );
  });
});

describe('what it decides as long as UIDs are not known', () => {
  test.each(vectors.cases.map((vector) => [vector.name, vector] as const))('%s', (name, vector) => {
    const json = preview(vector, {});
    judge(name, json, () => {
      for (const outcome of vector.outcomes) {
        for (const run of outcome.uids) {
          const parity = (key: string) => fnv1a32(run[key] ?? '') % 2;
          const pick = (resource: any) => {
            const own = json.resources.find((entry: any) => entry.resource === resource).outcomes[0];
            const parent = own.requiredBy[0]?.name;
            const workload = parent && json.resources.find((each: any) => each.resource.name === parent && each.policy);
            const decider = workload?.resource ?? resource;
            return parity(`${decider.kind}/${decider.name}`);
          };
          expect(previewed(json, pick, yamlFields(vector.stored))).toEqual(
            recorded(outcome, yamlFields(vector.stored)),
          );
        }
      }
    });
  });
});

describe('what it decided once the workload was scaled', () => {
  const scaled = vectors.cases.filter((vector) => vector.rescaleTo !== undefined);
  test.each(scaled.map((vector) => [vector.name, vector] as const))('%s', (name, vector) => {
    for (const after of vector.afterRescale ?? []) {
      for (const run of after.uids) {
        const before = vector.outcomes.find((outcome) =>
          outcome.uids.some((each) => Object.keys(each).every((key) => each[key] === run[key])),
        ) as RecordedOutcome;
        const bindings = bindingsAfter(vector, before, run);
        const json = preview(vector, { manifests: rescaled(vector), bindings, uids: uidsOf(run) });
        judge(name, json, () =>
          expect(previewed(json, () => 0, yamlFields(vector.stored))).toEqual(
            recorded(after, yamlFields(vector.stored)),
          ),
        );
      }
    }
  });
});
