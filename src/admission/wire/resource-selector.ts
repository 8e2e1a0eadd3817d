import { labelSelector } from './cluster-affinity';
import { always, maybe, pointer, struct, text } from './codec';

/** ResourceSelector of propagation_types.go at v1.18.2. */
export const resourceSelector = struct({
  apiVersion: always(text),
  kind: always(text),
  namespace: maybe(text),
  name: maybe(text),
  labelSelector: maybe(pointer(labelSelector)),
});
