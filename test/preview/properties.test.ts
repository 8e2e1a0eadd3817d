import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { Dice, randomClusters, randomManifests } from './random-world';

const CASES = 300;
const ASSUMED = [[], ['enable-empty-workload-propagation=true']];

interface World {
  readonly seed: number;
  readonly dice: Dice;
  readonly clusters: any[];
  readonly manifests: any[];
  readonly assume: string[];
}

/** Worlds that are the same in each run. */
function* worlds(): Generator<World> {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const dice = new Dice(seed);
    const clusters = randomClusters(dice);
    const manifests = randomManifests(
      dice,
      clusters.map(({ metadata }) => metadata.name),
    );
    yield { seed, dice, clusters, manifests, assume: dice.one(ASSUMED) };
  }
}

function previewed({ manifests, clusters, assume }: World, more: { bindings?: any[]; uids?: any } = {}): any {
  return Preview.of({ manifests, fleet: Fleet.fromManifests(clusters), assume, ...more }).toJson();
}

function placementOf(world: World, { policy }: any): any {
  return world.manifests.find(({ kind, metadata }) => kind === 'PropagationPolicy' && metadata.name === policy.name)
    ?.spec.placement;
}

/** Everything that is claimed and placed. */
function placed(json: any): any[] {
  return json.resources.filter(({ policy, outcomes }: any) => policy && outcomes.length > 0);
}

const WORLDS = [...worlds()].map((world) => ({ world, json: previewed(world) }));

/** Breaches of a property, with the seed that shows them. */
function breaches(check: (world: World, json: any) => unknown[]): unknown[] {
  return WORLDS.flatMap(({ world, json }) => check(world, json).map((breach) => ({ seed: world.seed, breach })));
}

describe('whatever the placement', () => {
  it('gives out each replica of a divided workload once, and whole copies of the others', () => {
    let divided = 0;
    const found = breaches((world, json) =>
      placed(json)
        .filter(({ scheduled }) => scheduled)
        .flatMap((entry: any) => {
          const copies = placementOf(world, entry).replicaScheduling.replicaSchedulingType === 'Duplicated';
          return entry.outcomes.flatMap(({ clusters }: any) => {
            const shares: number[] = clusters.map(({ replicas = 0 }: any) => replicas);
            if (copies) return shares.filter((share) => share !== entry.replicas);
            divided += 1;
            const sum = shares.reduce((total, share) => total + share, 0);
            return sum === entry.replicas ? [] : [{ resource: entry.resource.name, sum, wanted: entry.replicas }];
          });
        }),
    );
    expect(found).toEqual([]);
    expect(divided).toBeGreaterThan(CASES / 2);
  });

  it('never uses an excluded cluster, or one that is not named', () => {
    const found = breaches((world, json) =>
      placed(json).flatMap((entry: any) => {
        const { exclude = [], clusterNames = [] } = placementOf(world, entry).clusterAffinity;
        return entry.outcomes
          .flatMap(({ clusters }: any) => clusters.map(({ name }: any) => name))
          .filter(
            (name: string) => exclude.includes(name) || (clusterNames.length > 0 && !clusterNames.includes(name)),
          );
      }),
    );
    expect(found).toEqual([]);
  });

  it('names no cluster twice, and none that the fleet does not have', () => {
    const found = breaches(({ clusters: fleet }, json) =>
      json.resources.flatMap(({ outcomes }: any) =>
        outcomes.flatMap(({ clusters, rendered }: any) => {
          const names = clusters.map(({ name }: any) => name);
          const known = fleet.map(({ metadata }) => metadata.name);
          const strange = [...names, ...Object.keys(rendered)].filter((name) => !known.includes(name));
          return new Set(names).size === names.length ? strange : [names];
        }),
      ),
    );
    expect(found).toEqual([]);
  });

  it('stays within the groups of a spread constraint by cluster', () => {
    const found = breaches((world, json) =>
      placed(json).flatMap((entry: any) => {
        const { spreadConstraints = [], replicaScheduling } = placementOf(world, entry);
        const fixed =
          replicaScheduling.replicaDivisionPreference === 'Weighted' &&
          !replicaScheduling.weightPreference?.dynamicWeight;
        if (fixed || spreadConstraints.length !== 1 || !entry.scheduled) return [];
        return entry.outcomes.filter(({ clusters }: any) => clusters.length > spreadConstraints[0].maxGroups);
      }),
    );
    expect(found).toEqual([]);
  });

  it('has one outcome for a known UID, and at most two otherwise, of which that is one', () => {
    const found = breaches((world, json) => {
      const uids = Object.fromEntries(
        json.resources.map(({ resource }: any) => [
          `${resource.kind}/${resource.namespace}/${resource.name}`,
          `uid-${world.dice.upTo(1000)}`,
        ]),
      );
      const known = previewed(world, { uids });
      return json.resources.flatMap(({ outcomes, resource, policy }: any, index: number) => {
        const [only, ...more] = known.resources[index].outcomes;
        if (more.length > 0 || outcomes.length > 2) return [resource.name];
        const same = ({ clusters }: any) => JSON.stringify(clusters) === JSON.stringify(only.clusters);
        return policy && only && !outcomes.some(same) ? [resource.name] : [];
      });
    });
    expect(found).toEqual([]);
  });
});

describe('whatever the order of the input', () => {
  it('decides the same', () => {
    const byName = (json: any) =>
      JSON.stringify(
        [...json.resources].sort((a, b) => (JSON.stringify(a.resource) < JSON.stringify(b.resource) ? -1 : 1)),
      );
    const found = breaches((world, json) => {
      const { dice, manifests, clusters } = world;
      const turned = previewed({ ...world, manifests: dice.shuffled(manifests), clusters: dice.shuffled(clusters) });
      return byName(turned) === byName(json) ? [] : [byName(turned)];
    });
    expect(found).toEqual([]);
  });
});

describe('what is placed already', () => {
  it('stays where it is when nothing changed', () => {
    const found = breaches((world) => {
      const uids = Object.fromEntries(
        world.manifests
          .filter(({ kind }) => kind === 'Deployment')
          .map(({ metadata }) => [`Deployment/prod/${metadata.name}`, `uid-${metadata.name}`]),
      );
      const first = previewed(world, { uids });
      const bindings = placed(first).map((entry: any) => ({
        apiVersion: 'work.karmada.io/v1alpha2',
        kind: 'ResourceBinding',
        metadata: {
          name: `${entry.resource.name}-deployment`,
          namespace: 'prod',
          annotations: { 'policy.karmada.io/applied-placement': JSON.stringify(placementOf(world, entry)) },
        },
        spec: {
          resource: entry.resource,
          replicas: entry.replicas,
          clusters: entry.outcomes[0].clusters,
        },
        status: {
          conditions: [
            {
              type: 'Scheduled',
              status: entry.scheduled ? 'True' : 'False',
              reason: entry.reason,
              message: entry.message,
            },
          ],
        },
      }));
      const second = previewed(world, { uids, bindings });
      const where = (json: any): [string, string][] =>
        placed(json).map(({ resource, outcomes }: any) => [resource.name, JSON.stringify(outcomes[0].clusters)]);
      const again = new Map<string, string>(where(second));
      // a region's score counts what is there already, so that whole copies may move when Karmada looks again
      const copiedByRegion = placed(first)
        .filter((entry: any) => {
          const { replicaScheduling, spreadConstraints = [] } = placementOf(world, entry);
          return replicaScheduling.replicaSchedulingType === 'Duplicated' && spreadConstraints.length > 1;
        })
        .map(({ resource }: any) => resource.name);
      return where(first).filter(([name, clusters]) => again.get(name) !== clusters && !copiedByRegion.includes(name));
    });
    expect(found).toEqual([]);
  });
});
