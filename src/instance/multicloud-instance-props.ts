import type { Duration } from 'cdk8s';
import type { KarmadaVersion } from '../core/karmada-version';
import type { ApiServerExposure } from './api-server-exposure';
import type { ComponentsOptions } from './component-options';
import type { CrdSource } from './crd-source';
import type { EtcdBackup } from './etcd-backup';
import type { EtcdStorage } from './etcd-storage';
import type { InstanceDeletion } from './instance-deletion';
import type { InstanceTraffic } from './instance-traffic';
import type { OutboundProxyOptions } from './outbound-proxy';
import type { PullMode } from './pull-mode';

/** Options of `MulticloudInstance`. */
export interface MulticloudInstanceProps {
  /** Its name: a DNS label of at most 46 characters, unique among your instances. It cannot be changed afterwards. */
  readonly instanceName: string;

  /** Where it keeps its data. */
  readonly etcd: EtcdStorage;

  /**
   * What people call it, in any words. It may change at any time.
   *
   * @default - its name
   */
  readonly alias?: string;

  /**
   * Labels of the instance: of its record and its namespace on the host.
   *
   * @default - none
   */
  readonly instanceLabels?: { readonly [label: string]: string };

  /**
   * Annotations of the instance: of its record and its namespace on the host.
   *
   * @default - none
   */
  readonly instanceAnnotations?: { readonly [key: string]: string };

  /**
   * The Karmada release to run. It decides the images of all components.
   *
   * @default KarmadaVersion.V1_18
   */
  readonly version?: KarmadaVersion;

  /**
   * The namespace of its components on the host cluster. The instance has it for itself.
   *
   * @default 'karmada-system'
   */
  readonly namespace?: string;

  /**
   * What happens to the control plane when the instance leaves the code or is destroyed.
   *
   * @default InstanceDeletion.RELEASE_KARMADA
   */
  readonly deletion?: InstanceDeletion;

  /**
   * Options of single components.
   *
   * @default - see each component
   */
  readonly components?: ComponentsOptions;

  /**
   * A registry that holds the images of all components side by side, such as `registry.example.com/karmada`.
   *
   * @default - `registry.k8s.io` for etcd and Kubernetes, `docker.io/karmada` for Karmada
   */
  readonly privateRegistry?: string;

  /**
   * Names of Secrets with which the host pulls the images, in the namespace of the instance. You make them: they are secret.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The PriorityClass of all pods. For `system-node-critical` and `system-cluster-critical` the namespace gets the quota
   * without which some hosts refuse them.
   *
   * @default - the host's default
   */
  readonly priorityClassName?: string;

  /**
   * Feature gates that are not as the release has them; every component that reads them gets them.
   *
   * @default - as the release has them
   * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/features/features.go
   */
  readonly featureGates?: { readonly [gate: string]: boolean };

  /**
   * How its API server is reached from outside the host cluster.
   *
   * @default ApiServerExposure.clusterIp()
   */
  readonly exposure?: ApiServerExposure;

  /**
   * Who in the host cluster may connect to its pods.
   *
   * @default InstanceTraffic.restricted()
   */
  readonly traffic?: InstanceTraffic;

  /**
   * What it has for members in pull mode: those that it cannot reach.
   *
   * @default - nothing but what lets an agent renew its certificate
   */
  readonly pullMode?: PullMode;

  /**
   * The HTTP proxy through which its components reach members, and whatever else is outside the host cluster. A member may
   * have a proxy of its own: `proxyURL` of its Cluster.
   *
   * @default - they connect directly
   */
  readonly proxy?: OutboundProxyOptions;

  /**
   * Snapshots of its data.
   *
   * @default - none is taken
   */
  readonly etcdBackup?: EtcdBackup;

  /**
   * Where the definitions of Karmada's own kinds come from.
   *
   * @default - rendered by this library, which finding MC107 says: CrdSource.rendered() says that you know
   */
  readonly crds?: CrdSource;

  /**
   * The DNS domain of the host cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * How long certificates are good for: whole days, at most 3650. Authorities have ten years.
   *
   * @default Duration.days(365)
   */
  readonly certificateLifetime?: Duration;
}
