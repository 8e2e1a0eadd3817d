import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { admits, type FreeNode, freeNodes, standsAlone } from './schedulable-nodes';
import { bytesText, cpuText, type WantedPods, wantedPods } from './wanted-pods';

/** The pods fit on the nodes. */
export const CAPACITY: Check<HostSnapshot> = {
  id: 'capacity',
  title: 'the nodes have the CPU and memory that the instance requests',
  why: 'The scheduler gives a pod to a node only where allocatable less what its pods request is enough. Requests are compared, not what is used.',
  fix: 'add nodes or larger ones, take away what is not needed, or lower `resources` of components',
  see: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  look: ({ nodes, pods, wanted }) =>
    whenSeen(nodes, (all) =>
      whenSeen(pods, (running) => {
        const free = freeNodes(
          all,
          running.filter((pod) => !isOwn(pod, wanted)),
        );
        if (!wanted) return [{ state: 'ok', cause: `the nodes have ${sum(free)} unrequested` }];
        return placed(wantedPods(wanted.objects), free);
      }),
    ),
};

/** Members of etcd that refuse to share a node have nodes enough. */
export const SPREAD: Check<HostSnapshot> = {
  id: 'etcd-spread',
  title: 'there is a node for each member of etcd',
  why: 'Members of etcd do not share a node, so that the loss of one node takes one member. A member without a node of its own stays Pending.',
  fix: 'add nodes, or use fewer members',
  see: 'https://etcd.io/docs/v3.6/faq/',
  look: ({ nodes, wanted }) =>
    whenSeen(nodes, (all) => {
      const alone = wantedPods(wanted?.objects ?? []).filter(({ spec, labels }) => standsAlone(spec, labels));
      return alone.map(({ workload: about, replicas, spec }): Observation => {
        const places = freeNodes(all, []).filter((node) => admits(node, spec));
        const zones = new Set(places.flatMap(({ labels }) => labels['topology.kubernetes.io/zone'] ?? []));
        const cause = `${replicas} pods that share no node, and ${places.length} ${places.length === 1 ? 'node' : 'nodes'} that may take them${zones.size ? ` in ${zones.size} zones` : ''}`;
        return { state: places.length >= replicas ? 'ok' : 'fails', about, cause };
      });
    }),
};

function isOwn({ metadata }: any, wanted: HostSnapshot['wanted']): boolean {
  if (!wanted || metadata.namespace !== wanted.namespace) return false;
  return metadata.labels?.['app.kubernetes.io/instance'] === wanted.name;
}

/** Places the largest pods first, each where most is free: roughly what the scheduler does. */
function placed(pods: readonly WantedPods[], nodes: FreeNode[]): Observation[] {
  const each = pods.flatMap((one) => Array.from({ length: one.replicas }, () => one));
  const cpu = each.reduce((total, { requests }) => total + requests.cpu, 0n);
  const memory = each.reduce((total, { requests }) => total + requests.memory, 0n);
  const asked = `${each.length} pods request ${cpuText(cpu)} and ${bytesText(memory)}`;
  const words = `${asked}; the nodes have ${sum(nodes)} unrequested`;
  const unplaced = new Map<string, { readonly pod: WantedPods; readonly count: number }>();
  for (const pod of [...each].sort((a, b) => larger(a.requests.cpu, b.requests.cpu))) {
    const { workload, requests, spec } = pod;
    const node = nodes
      .filter((one) => admits(one, spec) && one.cpu >= requests.cpu && one.memory >= requests.memory && one.pods > 0n)
      .sort((a, b) => larger(a.cpu, b.cpu))[0];
    if (!node) {
      unplaced.set(workload, { pod, count: (unplaced.get(workload)?.count ?? 0) + 1 });
      continue;
    }
    node.cpu -= requests.cpu;
    node.memory -= requests.memory;
    node.pods -= 1n;
  }
  if (!unplaced.size) return [{ state: 'ok', cause: words }];
  const left = [...unplaced.values()].map(
    ({ pod, count }) =>
      `${count} of ${pod.workload} (${cpuText(pod.requests.cpu)} and ${bytesText(pod.requests.memory)} each)`,
  );
  return [{ state: 'fails', cause: `${words}. No node has room for ${left.join(', ')}` }];
}

function sum(nodes: readonly FreeNode[]): string {
  const positive = (amount: bigint) => (amount > 0n ? amount : 0n);
  const cpu = nodes.reduce((total, node) => total + positive(node.cpu), 0n);
  const memory = nodes.reduce((total, node) => total + positive(node.memory), 0n);
  return `${cpuText(cpu)} and ${bytesText(memory)}`;
}

function larger(one: bigint, other: bigint): number {
  return one === other ? 0 : one > other ? -1 : 1;
}
