import { type ControlPlane, KARMADA_SYSTEM } from '../control-plane';
import { deployment, HEALTH_PROBES } from '../deployment';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';
import { estimatorFlags, estimatorMounts } from './karmada-scheduler-estimator';

/** Takes replicas away from members that cannot run them. It knows no feature gates, and would exit if it were given any. */
export function karmadaDescheduler(plane: ControlPlane): Part[] {
  const name = 'karmada-descheduler';
  return deployment(plane, WAVES.controllers, {
    name,
    binary: `/bin/${name}`,
    flags: {
      kubeconfig: KUBECONFIG,
      'health-probe-bind-address': ':10358',
      'leader-elect-resource-namespace': KARMADA_SYSTEM,
      'metrics-bind-address': ':8080',
      ...estimatorFlags(plane),
      v: 2,
    },
    ports: [
      { name: 'metrics', port: 8080 },
      { name: 'health', port: 10358 },
    ],
    mounts: [...clientMounts(name), ...estimatorMounts(plane, name)],
    probes: HEALTH_PROBES,
    requests: { cpu: '100m', memory: '128Mi' },
    scratch: '/tmp',
    entrances: [],
    metricsPort: 8080,
  });
}
