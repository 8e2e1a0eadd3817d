import { clusterAffinity, clusterAffinityFields } from './cluster-affinity';
import { always, bool, int32, int64, list, maybe, pointer, struct, text } from './codec';
import { resourceSelector } from './resource-selector';

const statePreservation = struct({
  rules: always(list(struct({ aliasLabelName: always(text), jsonPath: always(text) }))),
});

const failover = struct({
  application: maybe(
    pointer(
      struct({
        decisionConditions: always(struct({ tolerationSeconds: maybe(pointer(int32)) })),
        purgeMode: maybe(text),
        gracePeriodSeconds: maybe(pointer(int32)),
        statePreservation: maybe(pointer(statePreservation)),
      }),
    ),
  ),
  cluster: maybe(pointer(struct({ purgeMode: maybe(text), statePreservation: maybe(pointer(statePreservation)) }))),
});

const clusterGroup = struct({
  affinityName: always(text),
  ...clusterAffinityFields,
  overflowAffinities: maybe(list(struct({ affinityName: always(text), ...clusterAffinityFields }))),
});

const workloadGroup = pointer(struct({ groupByLabelKey: always(text) }));

const placement = struct({
  clusterAffinity: maybe(pointer(clusterAffinity)),
  clusterAffinities: maybe(list(clusterGroup)),
  clusterTolerations: maybe(
    list(
      struct({
        key: maybe(text),
        operator: maybe(text),
        value: maybe(text),
        effect: maybe(text),
        tolerationSeconds: maybe(pointer(int64)),
      }),
    ),
  ),
  spreadConstraints: maybe(
    list(
      struct({
        spreadByField: maybe(text),
        spreadByLabel: maybe(text),
        maxGroups: maybe(int64),
        minGroups: maybe(int64),
      }),
    ),
  ),
  replicaScheduling: maybe(
    pointer(
      struct({
        replicaSchedulingType: maybe(text),
        replicaDivisionPreference: maybe(text),
        weightPreference: maybe(
          pointer(
            struct({
              staticWeightList: maybe(list(struct({ targetCluster: always(clusterAffinity), weight: always(int64) }))),
              dynamicWeight: maybe(text),
            }),
          ),
        ),
      }),
    ),
  ),
  workloadAffinity: maybe(pointer(struct({ affinity: maybe(workloadGroup), antiAffinity: maybe(workloadGroup) }))),
});

/** PropagationSpec of pkg/apis/policy/v1alpha1/propagation_types.go at v1.18.2. */
export const propagationSpec = struct({
  resourceSelectors: always(list(resourceSelector)),
  association: maybe(bool),
  propagateDeps: maybe(bool),
  placement: maybe(placement),
  priority: maybe(pointer(int32)),
  preemption: maybe(text),
  dependentOverrides: maybe(list(text)),
  schedulerName: maybe(text),
  failover: maybe(pointer(failover)),
  conflictResolution: maybe(text),
  activationPreference: maybe(text),
  suspension: maybe(
    pointer(
      struct({
        dispatching: maybe(pointer(bool)),
        dispatchingOnClusters: maybe(pointer(struct({ clusterNames: maybe(list(text)) }))),
      }),
    ),
  ),
  preserveResourcesOnDeletion: maybe(pointer(bool)),
  schedulePriority: maybe(pointer(struct({ priorityClassSource: always(text), priorityClassName: always(text) }))),
});
