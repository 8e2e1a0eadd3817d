/** DaoCloud's prefix of the virtual cluster that stands for an instance. */
export const VIRTUAL_CLUSTER_PREFIX = 'k-';

/** The name of the virtual cluster that stands for an instance. */
export function virtualClusterName(instanceName: string): string {
  return `${VIRTUAL_CLUSTER_PREFIX}${instanceName}`;
}
