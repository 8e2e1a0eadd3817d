import type { IConstruct } from 'constructs';

/** A member cluster, as selectors know it. */
export interface IMemberCluster extends IConstruct {
  /** Its name in Karmada. */
  readonly clusterName: string;
}
