import { clusterAffinity } from './cluster-affinity';
import { always, list, maybe, pointer, struct, text } from './codec';

const conditions = list(
  struct({ conditionType: always(text), operator: always(text), statusValues: always(list(text)) }),
);

/** ClusterTaintPolicySpec of pkg/apis/policy/v1alpha1/clustertaint_types.go at v1.18.2. */
export const clusterTaintPolicySpec = struct({
  targetClusters: maybe(pointer(clusterAffinity)),
  addOnConditions: maybe(conditions),
  removeOnConditions: maybe(conditions),
  taints: always(list(struct({ key: always(text), effect: always(text), value: maybe(text) }))),
});
