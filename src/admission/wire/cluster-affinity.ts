import { always, type GoFields, list, map, maybe, pointer, struct, text } from './codec';

/** metav1.LabelSelector. */
export const labelSelector = struct({
  matchLabels: maybe(map(text)),
  matchExpressions: maybe(list(struct({ key: always(text), operator: always(text), values: maybe(list(text)) }))),
});

/** The fields of a ClusterAffinity, which Karmada also puts inline into named groups (propagation_types.go at v1.18.2). */
export const clusterAffinityFields: GoFields = {
  labelSelector: maybe(pointer(labelSelector)),
  fieldSelector: maybe(
    pointer(
      struct({
        matchExpressions: maybe(list(struct({ key: always(text), operator: always(text), values: maybe(list(text)) }))),
      }),
    ),
  ),
  clusterNames: maybe(list(text)),
  exclude: maybe(list(text)),
};

export const clusterAffinity = struct(clusterAffinityFields);
