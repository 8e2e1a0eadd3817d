import type { MulticloudResourceOptions } from './multicloud-resource';

/** Options of everything that is made from YAML text. */
export interface MulticloudYamlProps extends MulticloudResourceOptions {
  /**
   * The object as YAML or JSON, read as Kubernetes reads it. What a server wrote into it (`status`, `uid`, `managedFields` and
   * the like) is left out, so the output of `kubectl get -o yaml` will do.
   */
  readonly yaml: string;
}

/**
 * Options of `adopt`.
 *
 * The policy takes over what runs (`conflictResolution` is overwrite) and leaves it in place when the code lets go
 * (`preserveResourcesOnDeletion`), unless it is told otherwise. It goes to `fromCluster` alone when no `placement` is given.
 */
export interface AdoptProps extends MulticloudResourceOptions {
  /** The object as `kubectl get -o yaml` prints it on its cluster. Its pod template is kept as it is, so no pod restarts. */
  readonly manifest: string;

  /** The member cluster that it runs on. */
  readonly fromCluster: string;
}
