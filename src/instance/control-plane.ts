import type { ApiServerExposure } from './api-server-exposure';
import type { ComponentPodOptions } from './component-options';
import type { EtcdBackup } from './etcd-backup';
import type { EtcdStorage } from './etcd-storage';
import type { InstanceTraffic } from './instance-traffic';
import type { OutboundProxyOptions } from './outbound-proxy';
import type { PullMode } from './pull-mode';

/** The components that are Deployments, those first that every control plane has. */
export type StatelessName =
  | 'karmada-apiserver'
  | 'karmada-aggregated-apiserver'
  | 'karmada-kube-controller-manager'
  | 'karmada-controller-manager'
  | 'karmada-scheduler'
  | 'karmada-webhook'
  | 'karmada-descheduler'
  | 'karmada-search'
  | 'karmada-metrics-adapter'
  | 'karmada-scheduler-estimator';

/** Every component of a control plane. */
export type ComponentName = 'etcd' | StatelessName;

/** What is decided for one component. */
export interface ComponentSettings {
  readonly image: string;
  readonly replicas: number;
  readonly options: ComponentPodOptions;
}

/** Everything that the parts of one control plane need to know of each other. */
export interface ControlPlane {
  readonly instanceName: string;
  /** Namespace on the host. */
  readonly namespace: string;
  /** DNS domain of the host. */
  readonly clusterDomain: string;
  /** Karmada's version, such as `v1.18.2`. */
  readonly version: string;
  readonly etcd: EtcdStorage;
  readonly backup?: EtcdBackup;
  /** The components that it has. */
  readonly components: { readonly [component in ComponentName]?: ComponentSettings };
  /** The member clusters that have an estimator. */
  readonly estimatedClusters: readonly string[];
  readonly exposure: ApiServerExposure;
  readonly traffic: InstanceTraffic;
  readonly pullMode?: PullMode;
  readonly proxy?: OutboundProxyOptions;
  readonly featureGates: { readonly [gate: string]: boolean };
  readonly imagePullSecrets: readonly string[];
  /** What the user says of the instance as a whole. */
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly priorityClassName?: string;
  readonly certificateLifetimeDays: number;
  /** Where the definitions of Karmada's kinds come from, as the command is told. */
  readonly crds: string;
}

/** On Karmada, leases and aggregated Services live in this namespace, whatever the one on the host is called. */
export const KARMADA_SYSTEM = 'karmada-system';

/** Services of Karmada get their addresses from here: numbers only, nothing routes to them. */
export const SERVICE_CIDR = '10.96.0.0/12';

/** Port of the Karmada API server, in its pods and in its Service. */
export const API_SERVER_PORT = 5443;

/** Common name of the certificate that members of etcd know each other by. */
export const ETCD_PEER = 'system:karmada:etcd-peer';

/** What is decided for a component that the control plane has. */
export function settingsOf(plane: ControlPlane, component: ComponentName): ComponentSettings {
  return plane.components[component] as ComponentSettings;
}

/** Does the control plane have it? */
export function has(plane: ControlPlane, component: ComponentName): boolean {
  return plane.components[component] !== undefined;
}

/** The name of a Service on the host, fully qualified. */
export function serviceDomain(plane: ControlPlane, service: string): string {
  return `${service}.${plane.namespace}.svc.${plane.clusterDomain}`;
}

/** What the Karmada API server is called in the host's network. */
export function apiServerUrl(plane: ControlPlane): string {
  return `https://${serviceDomain(plane, 'karmada-apiserver')}:${API_SERVER_PORT}`;
}

/** The names of etcd's members, fully qualified, in their order. */
export function etcdMembers(plane: ControlPlane): string[] {
  return Array.from({ length: plane.etcd.replicas }, (_, index) => `etcd-${index}.${serviceDomain(plane, 'etcd')}`);
}
