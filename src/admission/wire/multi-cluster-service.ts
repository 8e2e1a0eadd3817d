import { always, int32, list, maybe, struct, text } from './codec';

const clusters = list(struct({ name: always(text) }));

/** MultiClusterServiceSpec of pkg/apis/networking/v1alpha1/service_types.go at v1.18.2. */
export const multiClusterServiceSpec = struct({
  types: always(list(text)),
  ports: maybe(list(struct({ name: maybe(text), port: always(int32) }))),
  range: maybe(struct({ clusterNames: maybe(list(text)) })),
  serviceProvisionClusters: maybe(list(text)),
  serviceConsumptionClusters: maybe(list(text)),
  providerClusters: maybe(clusters),
  consumerClusters: maybe(clusters),
});
