import { etcd } from './components/etcd';
import { karmadaAggregatedApiServer } from './components/karmada-aggregated-apiserver';
import { karmadaApiServer } from './components/karmada-apiserver';
import { karmadaControllerManager } from './components/karmada-controller-manager';
import { karmadaDescheduler } from './components/karmada-descheduler';
import { karmadaKubeControllerManager } from './components/karmada-kube-controller-manager';
import { karmadaMetricsAdapter } from './components/karmada-metrics-adapter';
import { karmadaScheduler } from './components/karmada-scheduler';
import { karmadaSchedulerEstimator } from './components/karmada-scheduler-estimator';
import { karmadaSearch } from './components/karmada-search';
import { karmadaWebhook } from './components/karmada-webhook';
import { type ComponentName, type ControlPlane, has } from './control-plane';
import type { Part } from './part';

/** Construct id and parts of each component, in the order in which people read them. */
const COMPONENTS: readonly [ComponentName, string, (plane: ControlPlane) => Part[]][] = [
  ['etcd', 'Etcd', etcd],
  ['karmada-apiserver', 'ApiServer', karmadaApiServer],
  ['karmada-aggregated-apiserver', 'AggregatedApiServer', karmadaAggregatedApiServer],
  ['karmada-kube-controller-manager', 'KubeControllerManager', karmadaKubeControllerManager],
  ['karmada-controller-manager', 'ControllerManager', karmadaControllerManager],
  ['karmada-scheduler', 'Scheduler', karmadaScheduler],
  ['karmada-webhook', 'Webhook', karmadaWebhook],
  ['karmada-descheduler', 'Descheduler', karmadaDescheduler],
  ['karmada-search', 'Search', karmadaSearch],
  ['karmada-metrics-adapter', 'MetricsAdapter', karmadaMetricsAdapter],
];

/** The objects of a component, below a construct of their own. */
export interface ComponentParts {
  readonly id: string;
  readonly parts: readonly Part[];
}

/** The components that a control plane has. */
export function componentParts(plane: ControlPlane): ComponentParts[] {
  return [
    ...COMPONENTS.filter(([name]) => has(plane, name)).map(([, id, make]) => ({ id, parts: make(plane) })),
    ...plane.estimatedClusters.map((cluster) => ({
      id: `SchedulerEstimator-${cluster}`,
      parts: karmadaSchedulerEstimator(plane, cluster),
    })),
  ];
}
