import { always, list, map, maybe, quantity, struct, text } from './codec';

/** FederatedResourceQuotaSpec of pkg/apis/policy/v1alpha1/federatedresourcequota_types.go at v1.18.2. */
export const federatedResourceQuotaSpec = struct({
  overall: always(map(quantity)),
  staticAssignments: maybe(list(struct({ clusterName: always(text), hard: always(map(quantity)) }))),
});
