import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { applied, PODS, rulesOf, stored, TEMPLATES } from './rendered';

type Name = keyof typeof TEMPLATES;

/** A simple model of a workload, in which everything has a name. */
interface Model {
  readonly labels: Map<string, string>;
  readonly annotations: Map<string, string>;
  readonly podLabels: Map<string, string>;
  readonly podAnnotations: Map<string, string>;
  readonly containers: Map<string, ContainerModel>;
}

interface ContainerModel {
  image: { registry: string; repository: string; tag: string };
  env: Map<string, any>;
  args: string[];
  command: string[];
  resources: Map<string, string>;
}

/** Numbers that look random, the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function entries(map: any): Map<string, any> {
  return new Map(Object.entries(map ?? {}));
}

/** The model of an object. */
function modelOf(name: Name, object: any): Model {
  const template = PODS[name].reduce((value, key) => value?.[key], object);
  const { containers, initContainers } = template.spec;
  const metadata = name === 'pod' ? {} : template.metadata;
  return {
    labels: entries(object.metadata.labels),
    annotations: entries(object.metadata.annotations),
    podLabels: entries(metadata.labels),
    podAnnotations: entries(metadata.annotations),
    containers: new Map(
      [...containers, ...initContainers].map((container: any) => {
        const [registry, ...rest] = container.image.split('/');
        const [repository, tag] = rest.join('/').split(':');
        return [
          container.name,
          {
            image: { registry, repository, tag },
            env: new Map((container.env ?? []).map(({ name: key, ...entry }: any) => [key, entry])),
            args: container.args ?? [],
            command: container.command ?? [],
            resources: new Map(
              ['limits', 'requests'].flatMap((list) =>
                Object.entries<string>(container.resources?.[list] ?? {}).map(([key, amount]) => [
                  `${list} ${key}`,
                  amount,
                ]),
              ),
            ),
          },
        ];
      }),
    ),
  };
}

/** An overrider, and what it means to a model. */
interface Step {
  readonly overrider: Overrider;
  readonly apply: (model: Model) => void;
}

/** Some overriders that a model can take, each applied to it. */
function steps(random: (below: number) => number, name: Name, model: Model): Step[] {
  const one = <Value>(values: readonly Value[]): Value => values[random(values.length)];
  const step = (): Step => {
    const container = one(['web', 'proxy', 'init']);
    const partOf = (it: Model) => it.containers.get(container) as ContainerModel;
    const value = one(['1', '2', '3']);
    const key = one(['a', 'b.example/c', 'tier', 'note']);
    const isPod = name !== 'pod' && random(2) === 0;
    switch (random(9)) {
      case 0: {
        const mapOf = (it: Model) => (isPod ? it.podLabels : it.labels);
        return mapOf(model).has(key) && random(2) === 0
          ? {
              overrider: Overrider[isPod ? 'removePodLabel' : 'removeLabel'](key),
              apply: (it) => mapOf(it).delete(key),
            }
          : {
              overrider: Overrider[isPod ? 'podLabel' : 'label'](key, value),
              apply: (it) => mapOf(it).set(key, value),
            };
      }
      case 1: {
        const mapOf = (it: Model) => (isPod ? it.podAnnotations : it.annotations);
        const [set, remove] = isPod
          ? (['podAnnotation', 'removePodAnnotation'] as const)
          : (['annotation', 'removeAnnotation'] as const);
        return mapOf(model).has(key) && random(2) === 0
          ? { overrider: Overrider[remove](key), apply: (it) => mapOf(it).delete(key) }
          : { overrider: Overrider[set](key, value), apply: (it) => mapOf(it).set(key, value) };
      }
      case 2: {
        const registry = one(['m.example', 'n.example:5000']);
        return {
          overrider: Overrider.image({ registry }),
          apply: ({ containers }) => {
            for (const [each, { image }] of containers) if (each !== 'init') image.registry = registry;
          },
        };
      }
      case 3: {
        const tag = one(['2', '3.1']);
        const repository = one([undefined, 'x/y']);
        return {
          overrider: Overrider.image({ container, tag, repository }),
          apply: (it) => Object.assign(partOf(it).image, { tag, ...(repository && { repository }) }),
        };
      }
      case 4:
      case 5: {
        const variable = one(['REGION', 'LEVEL', 'NEW', 'X']);
        return partOf(model).env.has(variable) && random(2) === 0
          ? {
              overrider: Overrider.removeEnv(variable, { container }),
              apply: (it) => partOf(it).env.delete(variable),
            }
          : {
              overrider: Overrider.env(variable, value, { container }),
              apply: (it) => partOf(it).env.set(variable, { value }),
            };
      }
      case 6:
      case 7: {
        const list = one(['args', 'command'] as const);
        const known = partOf(model)[list];
        const words = [one(['--x', '--y']), value];
        const set = (change: (old: string[]) => string[]) => (it: Model) => {
          partOf(it)[list] = change(partOf(it)[list]);
        };
        const what = random(3);
        if (what === 0 && known.length > 0) {
          const word = one(known);
          const overrider = Overrider[list === 'args' ? 'removeArgs' : 'removeCommand']([word], { container });
          return { overrider, apply: set((old) => old.filter((each) => each !== word)) };
        }
        if (what === 1) return { overrider: Overrider[list](words, { container }), apply: set(() => words) };
        const overrider = Overrider[list === 'args' ? 'appendArgs' : 'appendCommand'](words, { container });
        return { overrider, apply: set((old) => [...old, ...words]) };
      }
      default: {
        const resource = one(['example.com/gpu', 'example.com/card']);
        const amounts = { [resource]: value };
        return {
          overrider: Overrider.resources({ container, limits: amounts, requests: amounts }),
          apply: (it) => {
            for (const list of ['limits', 'requests']) partOf(it).resources.set(`${list} ${resource}`, value);
          },
        };
      }
    }
  };
  return Array.from({ length: 1 + random(6) }, () => {
    const next = step();
    next.apply(model);
    return next;
  });
}

/** A model that two orders of the same things are the same in. */
function plain({ labels, annotations, podLabels, podAnnotations, containers }: Model): any {
  const sorted = (map: Map<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    maps: [labels, annotations, podLabels, podAnnotations].map(sorted),
    containers: [...containers].map(([name, { env, resources, ...rest }]) => [
      name,
      { ...rest, env: sorted(env), resources: sorted(resources) },
    ]),
  };
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const NAMES = Object.keys(PODS) as Name[];

describe.each(NAMES)('%s', (name) => {
  test.each(seeds)('what was written by name is what Karmada makes of it (seed %d)', (seed) => {
    const random = numbers(1000 * seed + NAMES.indexOf(name));
    const object = stored(TEMPLATES[name]);
    const model = modelOf(name, object);
    const rules = Array.from({ length: 1 + random(3) }, () => ({
      overriders: steps(random, name, model).map(({ overrider }) => overrider),
    }));

    expect(plain(modelOf(name, applied(object, rulesOf(TEMPLATES[name], rules))))).toEqual(plain(model));
  });
});

/** Two rules of which nobody knows which clusters they share; each may be the only one that holds. */
test.each(NAMES)('%s: rules that may meet come to what they say wherever they hold, or are refused', (name) => {
  const object = stored(TEMPLATES[name]);
  let refused = 0;
  for (const seed of seeds) {
    const random = numbers(2000 * seed + NAMES.indexOf(name));
    const template = () => modelOf(name, object);
    const edge = { clusters: ClusterSelector.labels({ tier: 'edge' }), steps: steps(random, name, template()) };
    const berlin = { clusters: ClusterSelector.names('berlin'), steps: steps(random, name, template()) };
    const rules = [edge, berlin].map((rule) => ({
      clusters: rule.clusters,
      overriders: rule.steps.map(({ overrider }) => overrider),
    }));
    let compiled: any[];
    try {
      compiled = rulesOf(TEMPLATES[name], rules);
    } catch (error) {
      expect((error as Error).message).toMatch(/\] one rule changes what is at .* maybe on the same cluster\n/);
      refused += 1;
      continue;
    }
    for (const [isEdge, isBerlin] of [
      [true, true],
      [true, false],
      [false, true],
    ]) {
      const expected = template();
      for (const { apply } of [...(isEdge ? edge.steps : []), ...(isBerlin ? berlin.steps : [])]) apply(expected);
      const result = applied(
        object,
        compiled,
        ({ labelSelector, clusterNames }) => (!labelSelector || isEdge) && (!clusterNames || isBerlin),
      );
      const which = { seed, isEdge, isBerlin };

      expect({ ...which, model: plain(modelOf(name, result)) }).toEqual({ ...which, model: plain(expected) });
    }
  }
  expect(refused).toBeLessThan(seeds.length / 2);
});
