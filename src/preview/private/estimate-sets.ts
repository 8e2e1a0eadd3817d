import type { ClusterFacts } from './cluster';
import { counted, isNodeResource, type ModelNodes, modelNodes, PODS_PER_NODE } from './model-nodes';
import { type Amount, amount, millis, units } from './quantity';
import { type Component, requestOfSet } from './replica-need';
import { allowedPods, free } from './resource-summary';

/** What is written in powers of two counts in whole units, all else in thousandths: also memory that is written without `Ki`. */
function plain({ nanos, binary }: Amount): bigint {
  return binary ? units(nanos) : millis(nanos);
}

/**
 * How many whole sets of these components fit into a cluster.
 *
 * Mirrors `maxAvailableComponentSets` in `pkg/estimator/client/general.go` of Karmada v1.18.2.
 */
export function setEstimate(cluster: ClusterFacts, components: readonly Component[], resourceModels: boolean): number {
  const { summary } = cluster;
  const pods = summary ? allowedPods(summary) : 0n;
  if (pods <= 0n) return 0;
  const perSet = components.reduce((sum, { replicas }) => sum + replicas, 0);
  if (perSet <= 0) return Number(pods);
  let most = pods / BigInt(perSet);
  for (const [name, wanted] of requestOfSet(components, plain)) {
    if (wanted <= 0n) continue;
    const available = plain({
      ...amount(summary.allocatable?.[name] ?? 0, 'the fleet'),
      nanos: free(summary, name) ?? 0n,
    });
    if (available <= 0n) return 0;
    const fits = BigInt.asIntN(32, available / wanted);
    if (fits < most) most = fits;
  }
  const nodes = resourceModels ? modelNodes(cluster) : undefined;
  return nodes ? packed(nodes, components, Number(most)) : Number(most);
}

/**
 * Puts set after set on the nodes, each pod on the first that has room for it.
 *
 * Mirrors `pkg/estimator/scheduling_simulator_components.go` of Karmada v1.18.2.
 */
function packed(grades: readonly ModelNodes[], components: readonly Component[], most: number): number {
  const wants = components.map(({ replicas, request }) => ({
    replicas,
    wanted: [
      ['pods', 1n] as const,
      ...[...request]
        .filter(([name]) => isNodeResource(name) && name !== 'pods')
        .map(([name, { nanos }]) => [name, counted(name, nanos)] as const)
        .filter(([, each]) => each > 0n),
    ],
    /** The nodes before this one have no room for it any more. */
    first: 0,
  }));
  const names = new Set(wants.flatMap(({ wanted }) => wanted.map(([name]) => name)));
  const nodes = grades.flatMap(({ count, size }) =>
    Array.from(
      { length: count },
      () => new Map([...names].map((name) => [name, name === 'pods' ? PODS_PER_NODE : counted(name, size(name))])),
    ),
  );
  for (let sets = 0; sets < most; sets += 1) {
    for (const want of wants) {
      let remaining = BigInt(want.replicas);
      for (let index = want.first; remaining > 0n && index < nodes.length; index += 1) {
        const node = nodes[index];
        const room = want.wanted.reduce(
          (least, [name, each]) => {
            const fits = (node.get(name) as bigint) / each;
            return least === undefined || fits < least ? fits : least;
          },
          undefined as bigint | undefined,
        ) as bigint;
        const taken = room < remaining ? room : remaining;
        for (const [name, each] of want.wanted) node.set(name, (node.get(name) as bigint) - taken * each);
        remaining -= taken;
        if (room === taken && index === want.first) want.first += 1;
      }
      if (remaining > 0n) return sets;
    }
  }
  return Math.max(0, most);
}
