import { always, maybe, pointer, struct, text } from './codec';

const script = maybe(pointer(struct({ luaScript: always(text) })));

/** ResourceInterpreterCustomizationSpec of pkg/apis/config/v1alpha1/resourceinterpretercustomization_types.go at v1.18.2. */
export const resourceInterpreterCustomizationSpec = struct({
  target: always(struct({ apiVersion: always(text), kind: always(text) })),
  customizations: always(
    struct({
      retention: script,
      replicaResource: script,
      componentResource: script,
      replicaRevision: script,
      statusReflection: script,
      statusAggregation: script,
      healthInterpretation: script,
      dependencyInterpretation: script,
    }),
  ),
});
