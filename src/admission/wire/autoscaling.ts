import { labelSelector } from './cluster-affinity';
import { always, bool, int32, list, maybe, pointer, quantity, struct, text } from './codec';

/** CrossVersionObjectReference of k8s.io/api autoscaling/v2 at v0.35. */
export const scaleTarget = struct({ kind: always(text), name: always(text), apiVersion: maybe(text) });

const target = struct({
  type: always(text),
  value: maybe(pointer(quantity)),
  averageValue: maybe(pointer(quantity)),
  averageUtilization: maybe(pointer(int32)),
});
const metric = struct({ name: always(text), selector: maybe(pointer(labelSelector)) });
const scalingRules = pointer(
  struct({
    stabilizationWindowSeconds: maybe(pointer(int32)),
    selectPolicy: maybe(pointer(text)),
    policies: maybe(list(struct({ type: always(text), value: always(int32), periodSeconds: always(int32) }))),
    tolerance: maybe(pointer(quantity)),
  }),
);

/** FederatedHPASpec of pkg/apis/autoscaling/v1alpha1/federatedhpa_types.go at v1.18.2. */
export const federatedHpaSpec = struct({
  scaleTargetRef: always(scaleTarget),
  minReplicas: maybe(pointer(int32)),
  maxReplicas: always(int32),
  metrics: maybe(
    list(
      struct({
        type: always(text),
        object: maybe(
          pointer(struct({ describedObject: always(scaleTarget), target: always(target), metric: always(metric) })),
        ),
        pods: maybe(pointer(struct({ metric: always(metric), target: always(target) }))),
        resource: maybe(pointer(struct({ name: always(text), target: always(target) }))),
        containerResource: maybe(
          pointer(struct({ name: always(text), target: always(target), container: always(text) })),
        ),
        external: maybe(pointer(struct({ metric: always(metric), target: always(target) }))),
      }),
    ),
  ),
  behavior: maybe(pointer(struct({ scaleUp: maybe(scalingRules), scaleDown: maybe(scalingRules) }))),
});

/** CronFederatedHPASpec of pkg/apis/autoscaling/v1alpha1/cronfederatedhpa_types.go at v1.18.2. */
export const cronFederatedHpaSpec = struct({
  scaleTargetRef: always(scaleTarget),
  rules: always(
    list(
      struct({
        name: always(text),
        schedule: always(text),
        targetReplicas: maybe(pointer(int32)),
        targetMinReplicas: maybe(pointer(int32)),
        targetMaxReplicas: maybe(pointer(int32)),
        suspend: maybe(pointer(bool)),
        timeZone: maybe(pointer(text)),
        successfulHistoryLimit: maybe(pointer(int32)),
        failedHistoryLimit: maybe(pointer(int32)),
      }),
    ),
  ),
});
