import { clusterAffinity } from './cluster-affinity';
import { always, json, list, map, maybe, pointer, struct, text } from './codec';
import { resourceSelector } from './resource-selector';

const commandOrArgs = list(struct({ containerName: always(text), operator: always(text), value: maybe(list(text)) }));
const labelsOrAnnotations = list(struct({ operator: always(text), value: always(map(text)) }));
const documentPatch = list(struct({ subPath: always(text), operator: always(text), value: maybe(json) }));

const overriders = struct({
  plaintext: maybe(list(struct({ path: always(text), operator: always(text), value: maybe(json) }))),
  imageOverrider: maybe(
    list(
      struct({
        predicate: maybe(pointer(struct({ path: always(text) }))),
        component: always(text),
        operator: always(text),
        value: maybe(text),
      }),
    ),
  ),
  commandOverrider: maybe(commandOrArgs),
  argsOverrider: maybe(commandOrArgs),
  labelsOverrider: maybe(labelsOrAnnotations),
  annotationsOverrider: maybe(labelsOrAnnotations),
  fieldOverrider: maybe(
    list(struct({ fieldPath: always(text), json: maybe(documentPatch), yaml: maybe(documentPatch) })),
  ),
});

/** OverrideSpec of pkg/apis/policy/v1alpha1/override_types.go at v1.18.2. */
export const overrideSpec = struct({
  resourceSelectors: maybe(list(resourceSelector)),
  overrideRules: maybe(
    list(struct({ targetCluster: maybe(pointer(clusterAffinity)), overriders: always(overriders) })),
  ),
  targetCluster: maybe(pointer(clusterAffinity)),
  overriders: always(overriders),
});
