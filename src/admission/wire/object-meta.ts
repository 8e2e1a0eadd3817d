import { always, bool, int64, json, list, map, maybe, pointer, struct, text } from './codec';

/** metav1.ObjectMeta, in every object the same and always strict. */
export const objectMeta = struct(
  {
    name: maybe(text),
    generateName: maybe(text),
    namespace: maybe(text),
    selfLink: maybe(text),
    uid: maybe(text),
    resourceVersion: maybe(text),
    generation: maybe(int64),
    creationTimestamp: maybe(pointer(text)),
    deletionTimestamp: maybe(pointer(text)),
    deletionGracePeriodSeconds: maybe(pointer(int64)),
    labels: maybe(map(text)),
    annotations: maybe(map(text)),
    ownerReferences: maybe(
      list(
        struct(
          {
            apiVersion: always(text),
            kind: always(text),
            name: always(text),
            uid: always(text),
            controller: maybe(pointer(bool)),
            blockOwnerDeletion: maybe(pointer(bool)),
          },
          true,
        ),
      ),
    ),
    finalizers: maybe(list(text)),
    managedFields: maybe(list(json)),
  },
  true,
);
