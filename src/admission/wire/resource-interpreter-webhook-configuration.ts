import { always, int32, list, maybe, pointer, struct, text } from './codec';

const rule = struct({
  operations: always(list(text)),
  apiGroups: always(list(text)),
  apiVersions: always(list(text)),
  kinds: always(list(text)),
});

const service = struct({
  namespace: always(text),
  name: always(text),
  path: maybe(pointer(text)),
  port: maybe(pointer(int32)),
});

/** The webhooks of pkg/apis/config/v1alpha1/resourceinterpreterwebhook_types.go at v1.18.2. */
export const interpreterWebhooks = list(
  struct({
    name: always(text),
    clientConfig: always(
      struct({ url: maybe(pointer(text)), service: maybe(pointer(service)), caBundle: maybe(pointer(text)) }),
    ),
    rules: maybe(list(rule)),
    timeoutSeconds: maybe(pointer(int32)),
    interpreterContextVersions: always(list(text)),
  }),
);
