import type { EtcdStorage } from './etcd-storage';

/** The components that are Deployments. */
export type StatelessName =
  | 'karmada-apiserver'
  | 'karmada-aggregated-apiserver'
  | 'karmada-kube-controller-manager'
  | 'karmada-controller-manager'
  | 'karmada-scheduler'
  | 'karmada-webhook';

/** Every component of a control plane. */
export type ComponentName = 'etcd' | StatelessName;

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
  readonly images: { readonly [component in ComponentName]: string };
  readonly replicas: { readonly [component in StatelessName]: number };
  readonly certificateLifetimeDays: number;
}

/** On Karmada, leases and aggregated Services live in this namespace, whatever the one on the host is called. */
export const KARMADA_SYSTEM = 'karmada-system';

/** Services of Karmada get their addresses from here: numbers only, nothing routes to them. */
export const SERVICE_CIDR = '10.96.0.0/12';

/** Port of the Karmada API server, in its pods and in its Service. */
export const API_SERVER_PORT = 5443;

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
