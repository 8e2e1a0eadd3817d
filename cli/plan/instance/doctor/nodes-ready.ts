import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { isReady } from './schedulable-nodes';

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];

/** There are nodes, and they are well. */
export const NODES_READY: Check<HostSnapshot> = {
  id: 'nodes-ready',
  title: 'the nodes of the host are Ready',
  why: 'Pods are only given to nodes that are Ready, not cordoned and not short of memory, disk or process ids.',
  fix: 'look at the node with `kubectl describe node`, and mend its kubelet, network or disk',
  see: 'https://kubernetes.io/docs/reference/node/node-status/',
  look: ({ nodes }) =>
    whenSeen(nodes, (all) => {
      const usable = all.filter((node) => isReady(node) && !node.spec?.unschedulable);
      const troubled = all.flatMap(nodeTroubles);
      const count = `${usable.length} of ${all.length} nodes take pods`;
      if (!usable.length) return [{ state: 'fails', cause: count, fix: 'add a node that is Ready' }, ...troubled];
      return [{ state: 'ok', cause: count }, ...troubled];
    }),
};

function nodeTroubles(node: any): Observation[] {
  const about = `Node/${node.metadata.name}`;
  const conditions: readonly any[] = node.status?.conditions ?? [];
  const pressed = conditions.filter(({ type, status }) => PRESSURES.includes(type) && status === 'True');
  const ready = conditions.find(({ type }) => type === 'Ready');
  const words = ({ reason, message }: any) => [reason, message].filter(Boolean).join(': ');
  return [
    ...(isReady(node)
      ? []
      : [{ state: 'warning' as const, about, cause: `it is not Ready${ready ? ` (${words(ready)})` : ''}` }]),
    ...pressed.map((each) => ({ state: 'warning' as const, about, cause: `${each.type} (${words(each)})` })),
    ...(node.spec?.unschedulable
      ? [
          {
            state: 'warning' as const,
            about,
            cause: 'it is cordoned',
            fix: `uncordon it with \`kubectl uncordon ${node.metadata.name}\`, if it may take pods`,
          },
        ]
      : []),
  ];
}
