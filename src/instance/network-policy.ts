import type { ComponentName, ControlPlane } from './control-plane';
import { metadata, type Part, selector, WAVES } from './part';

/** Pods that talk to a component: those of other components, or of the backup. */
export type Caller = ComponentName | 'etcd-backup';

/** Who may connect to which ports. Ports that no entrance names are for kubelet, which no policy keeps out. */
export interface Entrance {
  readonly ports: readonly number[];
  /** Left out: everybody. */
  readonly from?: readonly Caller[];
}

/** What keeps everybody else away from the pods of a component. */
export function networkPolicy(
  plane: ControlPlane,
  name: string,
  entrances: readonly Entrance[],
  metricsPort?: number,
): Part[] {
  const { _isRestricted: isRestricted, _metricsFrom: metricsFrom } = plane.traffic;
  if (!isRestricted) return [];
  const tcp = (ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
  const ingress = entrances.map(({ ports, from }) => ({
    ...(from && { from: from.map((caller) => ({ podSelector: { matchLabels: selector(plane, caller) } })) }),
    ports: tcp(ports),
  }));
  const metrics =
    metricsFrom && metricsPort !== undefined
      ? [{ from: [{ namespaceSelector: { matchLabels: metricsFrom } }], ports: tcp([metricsPort]) }]
      : [];
  const all = [...ingress, ...metrics];
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(plane, name),
    spec: {
      podSelector: { matchLabels: selector(plane, name) },
      policyTypes: ['Ingress'],
      // the server drops a list that is empty, and each apply would write it again
      ...(all.length > 0 && { ingress: all }),
    },
  };
  return [{ id: 'NetworkPolicy', wave: WAVES.foundation, manifest }];
}
