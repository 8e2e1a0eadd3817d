import type { BlastRadius } from '../../../cli/plan/blast-radius';
import { blastRadius } from '../../../cli/plan/compare';
import { keyOf, keyText } from '../../../src/core/object-key';
import { Fleet } from '../../../src/preview/fleet';
import { type PlacementCase, placementVectors, type RecordedOutcome } from '../../golden/placement';
import { stepVectors } from '../../golden/steps';
import { Dice } from '../../property/dice';

const vectors = placementVectors();
const fleets = new Map(vectors.fleets.map(({ name, clusters }) => [name, Fleet.fromManifests(clusters)]));
const assume = ['enable-empty-workload-propagation=true'];

function compare(name: string, before: readonly any[], after: readonly any[]): BlastRadius {
  return blastRadius({ before, after, fleet: fleets.get(name) as Fleet, assume });
}

/** Resources of a case with the UIDs that they had in one run. */
function withUids({ stored }: PlacementCase, uids: { readonly [resource: string]: string }): any[] {
  return stored.map((object) => {
    const uid = uids[`${object.kind}/${object.metadata.name}`];
    return uid === undefined ? object : { ...object, metadata: { ...object.metadata, uid } };
  });
}

describe('what a real Karmada moved when a workload was scaled', () => {
  const shares = ({ bindings }: RecordedOutcome) =>
    bindings.flatMap(({ resource, clusters, requiredBy }) => {
      const followed = requiredBy.flatMap((each: any) => each.clusters ?? []).map(({ name }: any) => [name, 0]);
      const own = clusters.map(({ name, replicas = 0 }: any) => [name, replicas]);
      const all = new Map<string, number>([...followed, ...own]);
      return [...all].map(([cluster, replicas]) => [`${resource.kind}/${resource.name} ${cluster}`, replicas] as const);
    });
  const scaled = vectors.cases.filter(({ afterRescale }) => afterRescale !== undefined);

  test('there are 57 of them', () => expect(scaled).toHaveLength(57));

  test.each(scaled.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    for (const outcome of vector.outcomes) {
      for (const uids of outcome.uids) {
        const workload = Object.values(uids);
        const recorded = (vector.afterRescale ?? []).find((each) =>
          each.uids.some((run) => Object.values(run).some((uid) => workload.includes(uid))),
        ) as RecordedOutcome;
        const before = withUids(vector, uids);
        const after = before.map((object) =>
          ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(object.kind)
            ? { ...object, spec: { ...object.spec, replicas: vector.rescaleTo } }
            : object,
        );
        const [was, is] = [new Map(shares(outcome)), new Map(shares(recorded))];
        const expected = [...new Set([...was.keys(), ...is.keys()])]
          .map((key) => [key, was.get(key) ?? null, is.get(key) ?? null])
          .filter(([, from, to]) => from !== to)
          .sort();
        const radius = compare(vector.fleet, before, after);
        const told = radius.resources.flatMap(({ resource, clusters }) =>
          clusters.map((each) => [`${resource.kind}/${resource.name} ${each.name}`, each.before, each.after]),
        );
        expect(told.sort()).toEqual(expected);
      }
    }
  });
});

describe('what a real Karmada moved after other changes', () => {
  const recordings = stepVectors();
  const stepFleets = new Map(recordings.fleets.map(({ name, clusters }) => [name, Fleet.fromManifests(clusters)]));
  const changes = recordings.cases.flatMap(({ name, steps, assume: flags = [] }) =>
    steps.slice(1).flatMap((step, index) => {
      const isPlain = step.fleet === steps[index].fleet && !step.change.evict && !steps[index].change.evict;
      const isSteered = step.stored.some(({ kind }) => kind === 'WorkloadRebalancer');
      return isPlain && !isSteered ? [[`${name}, step ${index + 2}`, steps[index], step, flags] as const] : [];
    }),
  );

  test.each(changes)('%s', (_, from, to, flags) => {
    for (const [outcome, uids] of to.outcomes.flatMap((each) => each.uids.map((run) => [each, run] as const))) {
      const known = (objects: readonly any[]) =>
        objects.map((object) => {
          const uid = (uids as { readonly [key: string]: string })[keyText(keyOf(object))];
          return uid === undefined ? object : { ...object, metadata: { ...object.metadata, uid } };
        });
      const where = ({ kind, namespace = '', name }: any) => `${kind}/${namespace}/${name}`;
      const own = new Map<string, string>(
        outcome.before.flatMap(({ spec: { resource, clusters = [] } }) =>
          clusters.map((each: any) => [`${where(resource)} ${each.name}`, each.replicas ?? 0]),
        ),
      );
      const now = new Map<string, number>(
        outcome.bindings.flatMap(({ resource, clusters }) =>
          clusters.map((each: any) => [`${where(resource)} ${each.name}`, each.replicas ?? 0]),
        ),
      );
      const radius = blastRadius({
        before: known(from.stored),
        after: known(to.stored),
        fleet: stepFleets.get(to.fleet) as Fleet,
        bindings: outcome.before,
        assume: [...assume, ...flags],
      });
      const held = new Set(outcome.before.map(({ spec }) => where(spec.resource)));
      const expected = [...new Set([...own.keys(), ...now.keys()])]
        .filter((key) => held.has(key.split(' ')[0]))
        .map((key) => [key, own.get(key) ?? null, now.get(key) ?? null])
        .filter(([, before, after]) => before !== after)
        .sort();
      const told = radius.resources
        .filter(({ resource, change }) => held.has(where(resource)) && change !== 'gone')
        .flatMap(({ resource, clusters }) =>
          clusters.map((each) => [`${where(resource)} ${each.name}`, each.before, each.after]),
        )
        .sort();
      expect({ unsupported: radius.unsupported, told }).toEqual({ unsupported: [], told: expected });
    }
  });
});

describe('properties', () => {
  test.each(vectors.cases.map((vector) => [vector.name, vector] as const))(
    '%s and itself: nothing differs',
    (_, vector) => {
      const { resources, clusters, members, steering, totals } = compare(vector.fleet, vector.stored, vector.stored);
      expect({ resources, clusters, members, steering, moved: totals.replicas.moved }).toEqual({
        ...{ resources: [], clusters: [], members: [], steering: [], moved: 0 },
      });
      expect(totals.resources.unchanged).toBe(totals.resources.before);
    },
  );

  const pairs = vectors.cases.slice(1).flatMap((vector, index) => {
    const before = vectors.cases[index];
    return before.fleet === vector.fleet && index % 4 === 0
      ? [[before.name, vector.name, before, vector] as const]
      : [];
  });

  test.each(pairs)('%s and %s: the order of the input does not matter', (before, after, from, to) => {
    const dice = new Dice(before.length * 31 + after.length);
    const shuffled = (objects: readonly any[]) =>
      objects
        .map((object) => [dice.number(0, 1_000_000), object] as const)
        .sort(([a], [b]) => a - b)
        .map(([, object]) => object);
    const sorted = ({ resources, ...rest }: BlastRadius) => ({
      ...rest,
      resources: [...resources].sort((a, b) => (JSON.stringify(a.resource) < JSON.stringify(b.resource) ? -1 : 1)),
    });
    const radius = compare(from.fleet, from.stored, to.stored);
    expect(sorted(compare(from.fleet, shuffled(from.stored), shuffled(to.stored)))).toEqual(sorted(radius));
  });

  test.each(pairs)(
    '%s and %s: the sums are right, and the other way round they are turned',
    (_before, _after, from, to) => {
      const { totals, resources } = compare(from.fleet, from.stored, to.stored);
      const { before, after, moved, started, stopped } = totals.replicas;
      expect(after - before).toBe(started - stopped);
      expect(moved + stopped).toBeLessThanOrEqual(before);
      for (const each of resources)
        expect(each.replicas.after - each.replicas.before).toBe(each.replicas.started - each.replicas.stopped);
      const { new: added, gone, unchanged, unknown, moved: elsewhere, resized, changed } = totals.resources;
      expect(added + gone + unchanged + unknown + elsewhere + resized + changed).toBe(totals.resources.after + gone);
    },
  );
});
