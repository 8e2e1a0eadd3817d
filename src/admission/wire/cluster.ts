import { always, bool, list, map, maybe, pointer, quantity, struct, text, uint } from './codec';

const secretRef = pointer(struct({ namespace: always(text), name: always(text) }, true));

/** ClusterSpec of pkg/apis/cluster/v1alpha1/types.go at v1.18.2; strict, since no CRD prunes it before. */
export const clusterSpec = struct(
  {
    id: maybe(text),
    syncMode: always(text),
    apiEndpoint: maybe(text),
    secretRef: maybe(secretRef),
    impersonatorSecretRef: maybe(secretRef),
    insecureSkipTLSVerification: maybe(bool),
    proxyURL: maybe(text),
    proxyHeader: maybe(map(text)),
    provider: maybe(text),
    region: maybe(text),
    zone: maybe(text),
    zones: maybe(list(text)),
    taints: maybe(
      list(
        struct({ key: always(text), value: maybe(text), effect: always(text), timeAdded: maybe(pointer(text)) }, true),
      ),
    ),
    resourceModels: maybe(
      list(
        struct(
          {
            grade: always(uint),
            ranges: always(list(struct({ name: always(text), min: always(quantity), max: always(quantity) }, true))),
          },
          true,
        ),
      ),
    ),
  },
  true,
);
