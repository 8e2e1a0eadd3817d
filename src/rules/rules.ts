import { APPENDED_IMAGE_PART } from './appended-image-part';
import { AUTOSCALED_REPLICAS } from './autoscaled-replicas';
import { AUTOSCALER_WITH_DUPLICATED, AUTOSCALER_WITHOUT_METRICS, AUTOSCALER_WITHOUT_REQUESTS } from './autoscaler-base';
import { EMPTY_REPLICA_SCHEDULING } from './empty-replica-scheduling';
import { EMPTY_SELECTION, UNMATCHED_ATTRIBUTE } from './empty-selection';
import { EVERYTHING_OF_A_KIND } from './everything-of-a-kind';
import { FAILING_OVERRIDE } from './failing-override';
import { FAILOVER_WITH_DUPLICATED } from './failover-with-duplicated';
import { FEATURE_GATE_OFF } from './feature-gate-off';
import { FLOATING_IMAGE_TAG } from './floating-image-tag';
import { HELM_HOOK } from './helm-hook';
import { IDLE_OVERRIDE } from './idle-override';
import { IDLE_SELECTOR } from './idle-selector';
import { IDLE_SUSPENSION } from './idle-suspension';
import { INERT_NO_EXECUTE } from './inert-no-execute';
import { LAZY_ACTIVATION } from './lazy-activation';
import { LEFT_BEHIND } from './left-behind';
import { LEFTOVER_TAINTS } from './leftover-taints';
import { LITERAL_SECRET } from './literal-secret';
import { MEMBER_AUTOSCALER } from './member-autoscaler';
import { MISSING_PRIORITY_CLASS } from './missing-priority-class';
import { PORTS_OF_MULTI_CLUSTER_SERVICE, SERVICE_OF_MULTI_CLUSTER_SERVICE } from './multi-cluster-service';
import { NO_REQUESTS } from './no-requests';
import { OTHER_SCHEDULER } from './other-scheduler';
import { OVERRIDDEN_REPLICAS } from './overridden-replicas';
import { IDLE_REBALANCER, REPEATED_REBALANCER } from './rebalancer';
import { REPLACED_WHOLE } from './replaced-whole';
import { RESERVED_NAMESPACE } from './reserved-namespace';
import { RIVAL_AUTOSCALERS } from './rival-autoscalers';
import { RIVAL_POLICIES } from './rival-policies';
import type { InputRule, ObjectRule } from './rule';
import { SECOND_WORKSPACE } from './second-workspace';
import { SERVICE_APART } from './service-apart';
import { SHIFTED_INDEX } from './shifted-index';
import { SPREAD_NOT_IMPLEMENTED } from './spread-not-implemented';
import { SPREAD_WITH_STATIC_WEIGHTS } from './spread-with-static-weights';
import { SPREAD_WITHOUT_MAXIMUM } from './spread-without-maximum';
import { STATE_PATH } from './state-path';
import { STORAGE_STAYS } from './storage-stays';
import { UNDIVIDED_COMPONENTS, UNDIVIDED_KIND } from './undivided-kind';
import { UNGROUPED_WORKLOAD } from './ungrouped-workload';
import { UNKNOWN_CLUSTER } from './unknown-cluster';
import { UNPROTECTED_CLUSTER } from './unprotected-cluster';
import { UNREACHABLE_OVERRIDE } from './unreachable-override';
import { UNREADABLE_KIND } from './unreadable-kind';

/** Rules that one object alone can break, by code. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  RESERVED_NAMESPACE,
  FEATURE_GATE_OFF,
  LAZY_ACTIVATION,
  EVERYTHING_OF_A_KIND,
  SPREAD_WITH_STATIC_WEIGHTS,
  SPREAD_WITHOUT_MAXIMUM,
  SPREAD_NOT_IMPLEMENTED,
  EMPTY_REPLICA_SCHEDULING,
  OTHER_SCHEDULER,
  IDLE_SUSPENSION,
  FLOATING_IMAGE_TAG,
  LITERAL_SECRET,
  INERT_NO_EXECUTE,
  FAILOVER_WITH_DUPLICATED,
  LEFTOVER_TAINTS,
  UNPROTECTED_CLUSTER,
  STATE_PATH,
  PORTS_OF_MULTI_CLUSTER_SERVICE,
  REPEATED_REBALANCER,
];

/** Rules about how objects stand to each other, by code. */
export const INPUT_RULES: readonly InputRule[] = [
  UNMATCHED_ATTRIBUTE,
  UNKNOWN_CLUSTER,
  EMPTY_SELECTION,
  UNDIVIDED_KIND,
  UNDIVIDED_COMPONENTS,
  LEFT_BEHIND,
  IDLE_SELECTOR,
  RIVAL_POLICIES,
  UNREADABLE_KIND,
  HELM_HOOK,
  MISSING_PRIORITY_CLASS,
  UNGROUPED_WORKLOAD,
  NO_REQUESTS,
  STORAGE_STAYS,
  SERVICE_APART,
  UNREACHABLE_OVERRIDE,
  IDLE_OVERRIDE,
  REPLACED_WHOLE,
  FAILING_OVERRIDE,
  OVERRIDDEN_REPLICAS,
  SHIFTED_INDEX,
  APPENDED_IMAGE_PART,
  SECOND_WORKSPACE,
  AUTOSCALER_WITHOUT_REQUESTS,
  AUTOSCALER_WITHOUT_METRICS,
  AUTOSCALER_WITH_DUPLICATED,
  MEMBER_AUTOSCALER,
  RIVAL_AUTOSCALERS,
  AUTOSCALED_REPLICAS,
  SERVICE_OF_MULTI_CLUSTER_SERVICE,
  IDLE_REBALANCER,
];
