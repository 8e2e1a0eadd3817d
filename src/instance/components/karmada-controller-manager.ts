import { type ControlPlane, KARMADA_SYSTEM } from '../control-plane';
import { deployment, HEALTH_PROBES } from '../deployment';
import { featureGates } from '../feature-gates';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';

/** Turns policies into bindings and bindings into what each member gets. */
export function karmadaControllerManager(plane: ControlPlane): Part[] {
  const name = 'karmada-controller-manager';
  return [
    ...deployment(plane, WAVES.controllers, {
      name,
      binary: `/bin/${name}`,
      flags: {
        kubeconfig: KUBECONFIG,
        'cluster-status-update-frequency': '10s',
        'health-probe-bind-address': ':10357',
        'leader-elect-resource-namespace': KARMADA_SYSTEM,
        'metrics-bind-address': ':8080',
        ...featureGates(plane),
        v: 2,
      },
      ports: [
        { name: 'metrics', port: 8080 },
        { name: 'health', port: 10357 },
      ],
      mounts: clientMounts(name),
      probes: HEALTH_PROBES,
      requests: { cpu: '200m', memory: '256Mi' },
      scratch: '/tmp',
      entrances: [],
      metricsPort: 8080,
    }),
  ];
}
