import { always, int32, list, maybe, pointer, struct, text } from './codec';

const backend = struct({
  service: maybe(
    pointer(struct({ name: always(text), port: maybe(struct({ name: maybe(text), number: maybe(int32) })) })),
  ),
  resource: maybe(pointer(struct({ apiGroup: always(pointer(text)), kind: always(text), name: always(text) }))),
});

/** IngressSpec of k8s.io/api networking/v1 at v0.35, which a MultiClusterIngress takes over whole. */
export const multiClusterIngressSpec = struct({
  ingressClassName: maybe(pointer(text)),
  defaultBackend: maybe(pointer(backend)),
  tls: maybe(list(struct({ hosts: maybe(list(text)), secretName: maybe(text) }))),
  rules: maybe(
    list(
      struct({
        host: maybe(text),
        http: maybe(
          pointer(
            struct({
              paths: always(
                list(struct({ path: maybe(text), pathType: always(pointer(text)), backend: always(backend) })),
              ),
            }),
          ),
        ),
      }),
    ),
  ),
});
