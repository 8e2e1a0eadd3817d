import { AUTOSCALED_REPLICAS } from './autoscaled-replicas';
import { AUTOSCALER_WITH_DUPLICATED, AUTOSCALER_WITHOUT_REQUESTS } from './autoscaler-base';
import { EMPTY_REPLICA_SCHEDULING } from './empty-replica-scheduling';
import { FAILOVER_WITH_DUPLICATED } from './failover-with-duplicated';
import { FEATURE_GATE_OFF } from './feature-gate-off';
import { FLOATING_IMAGE_TAG } from './floating-image-tag';
import { HELM_HOOK } from './helm-hook';
import { IDLE_OVERRIDE } from './idle-override';
import { IDLE_SELECTOR } from './idle-selector';
import { INERT_NO_EXECUTE } from './inert-no-execute';
import { LAZY_ACTIVATION } from './lazy-activation';
import { LEFT_BEHIND } from './left-behind';
import { LEFTOVER_TAINTS } from './leftover-taints';
import { LITERAL_SECRET } from './literal-secret';
import { MEMBER_AUTOSCALER } from './member-autoscaler';
import { NO_REQUESTS } from './no-requests';
import { REPLACED_WHOLE } from './replaced-whole';
import { RESERVED_NAMESPACE } from './reserved-namespace';
import { RIVAL_AUTOSCALERS } from './rival-autoscalers';
import { RIVAL_POLICIES } from './rival-policies';
import type { InputRule, ObjectRule } from './rule';
import { SERVICE_APART } from './service-apart';
import { SPREAD_NOT_IMPLEMENTED } from './spread-not-implemented';
import { SPREAD_WITH_STATIC_WEIGHTS } from './spread-with-static-weights';
import { SPREAD_WITHOUT_MAXIMUM } from './spread-without-maximum';
import { STORAGE_STAYS } from './storage-stays';
import { UNDIVIDED_COMPONENTS, UNDIVIDED_KIND } from './undivided-kind';
import { UNREACHABLE_OVERRIDE } from './unreachable-override';

/** Rules that one object alone can break, by code. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  RESERVED_NAMESPACE,
  FEATURE_GATE_OFF,
  LAZY_ACTIVATION,
  SPREAD_WITH_STATIC_WEIGHTS,
  SPREAD_WITHOUT_MAXIMUM,
  SPREAD_NOT_IMPLEMENTED,
  EMPTY_REPLICA_SCHEDULING,
  FLOATING_IMAGE_TAG,
  LITERAL_SECRET,
  INERT_NO_EXECUTE,
  FAILOVER_WITH_DUPLICATED,
  LEFTOVER_TAINTS,
];

/** Rules about how objects stand to each other, by code. */
export const INPUT_RULES: readonly InputRule[] = [
  UNDIVIDED_KIND,
  UNDIVIDED_COMPONENTS,
  LEFT_BEHIND,
  IDLE_SELECTOR,
  RIVAL_POLICIES,
  HELM_HOOK,
  NO_REQUESTS,
  STORAGE_STAYS,
  SERVICE_APART,
  UNREACHABLE_OVERRIDE,
  IDLE_OVERRIDE,
  REPLACED_WHOLE,
  AUTOSCALER_WITHOUT_REQUESTS,
  AUTOSCALER_WITH_DUPLICATED,
  MEMBER_AUTOSCALER,
  RIVAL_AUTOSCALERS,
  AUTOSCALED_REPLICAS,
];
