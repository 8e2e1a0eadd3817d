import { ClusterSelector } from '../../core/cluster-selector';
import { Placement } from '../../policy/placement';
import { ConflictResolution } from '../../policy/propagation-options';
import type { MulticloudResourceOptions } from '../multicloud-resource';
import type { AdoptProps } from '../multicloud-yaml';

/** What the policy of an adopted object needs: it takes over what runs, and leaves it when the code lets go. */
export function adoptionOptions(props: AdoptProps): MulticloudResourceOptions {
  return {
    placement: Placement.duplicated({ clusters: ClusterSelector.names(props.fromCluster) }),
    conflictResolution: ConflictResolution.OVERWRITE,
    preserveResourcesOnDeletion: true,
    ...props,
  };
}
