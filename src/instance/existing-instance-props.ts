import type { KarmadaVersion } from '../core/karmada-version';

/** Options of `MulticloudInstance.fromExisting`. */
export interface ExistingInstanceProps {
  /** What it is called in your code: the name by which the command finds its API server. */
  readonly instanceName: string;

  /**
   * The Karmada release that it runs.
   *
   * @default KarmadaVersion.V1_18
   */
  readonly version?: KarmadaVersion;

  /**
   * The namespace of its components on the host cluster.
   *
   * @default 'karmada-system'
   */
  readonly namespace?: string;
}
