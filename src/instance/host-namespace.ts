import type { ControlPlane } from './control-plane';
import { labels, type Part, WAVES } from './part';

/** The host lets no pod in that may more than ours need. A folder of a node is for privileged pods only. */
function podSecurity({ etcd }: ControlPlane): { readonly [label: string]: string } {
  const level = etcd._volume.hostPath ? 'privileged' : 'restricted';
  return { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': level };
}

/** The namespace that the instance has for itself, with what pods of a system class need there. */
export function hostNamespace(plane: ControlPlane): Part[] {
  const { namespace, priorityClassName } = plane;
  const named = (name: string) => ({ name, labels: labels(plane, 'karmada') });
  const manifest = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { ...plane.labels, ...labels(plane, 'karmada'), ...podSecurity(plane) },
      ...(Object.keys(plane.annotations).length > 0 && { annotations: plane.annotations }),
    },
  };
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { ...named('karmada-critical-pods'), namespace },
    spec: {
      // no limit: GKE takes such pods only where a quota is about them
      hard: { pods: '1000' },
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [priorityClassName] }],
      },
    },
  };
  return [
    { id: 'Namespace', wave: WAVES.foundation, manifest },
    ...(priorityClassName?.startsWith('system-')
      ? [{ id: 'CriticalPods', wave: WAVES.foundation, manifest: quota }]
      : []),
  ];
}
