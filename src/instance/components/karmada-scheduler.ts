import { type ControlPlane, KARMADA_SYSTEM } from '../control-plane';
import { deployment, HEALTH_PROBES } from '../deployment';
import { featureGates } from '../feature-gates';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';
import { estimatorFlags, estimatorMounts } from './karmada-scheduler-estimator';

/** Decides which members get how many replicas. */
export function karmadaScheduler(plane: ControlPlane): Part[] {
  const name = 'karmada-scheduler';
  return [
    ...deployment(plane, WAVES.controllers, {
      name,
      binary: `/bin/${name}`,
      flags: {
        kubeconfig: KUBECONFIG,
        'health-probe-bind-address': ':10351',
        'leader-elect-resource-namespace': KARMADA_SYSTEM,
        'metrics-bind-address': ':8080',
        ...(plane.estimatedClusters.length > 0 && { 'enable-scheduler-estimator': true, ...estimatorFlags(plane) }),
        ...featureGates(plane),
        v: 2,
      },
      ports: [
        { name: 'metrics', port: 8080 },
        { name: 'health', port: 10351 },
      ],
      mounts: [...clientMounts(name), ...estimatorMounts(plane, name)],
      probes: HEALTH_PROBES,
      requests: { cpu: '100m', memory: '128Mi' },
      scratch: '/tmp',
      entrances: [],
      metricsPort: 8080,
    }),
  ];
}
