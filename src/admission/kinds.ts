import { mutateOverridePolicy } from './mutate/override-policy';
import { mutateClusterPropagationPolicy, mutatePropagationPolicy } from './mutate/propagation-policy';
import type { Review } from './review';
import { validateOverridePolicy } from './validate/override-policy';
import { validatePropagationPolicy } from './validate/propagation-policy';
import type { GoType } from './wire/codec';
import { overrideSpec } from './wire/override-policy';
import { propagationSpec } from './wire/propagation-policy';

/** What Karmada's webhooks do with a kind, beyond the schema of its CRD. */
export interface KindRules {
  /** How Go decodes and encodes its spec. */
  readonly spec: GoType;
  /** The mutating webhook; without one the object stays as it was written. */
  readonly mutate?: (review: Review) => void;
  /** The validating webhook. */
  readonly validate: (review: Review) => void;
}

/** By `<apiVersion> <kind>`; which webhooks exist stands in artifacts/deploy/webhook-configuration.yaml at v1.18.2. */
export const KIND_RULES: { readonly [kind: string]: KindRules } = {
  'policy.karmada.io/v1alpha1 PropagationPolicy': {
    spec: propagationSpec,
    mutate: mutatePropagationPolicy,
    validate: validatePropagationPolicy,
  },
  'policy.karmada.io/v1alpha1 ClusterPropagationPolicy': {
    spec: propagationSpec,
    mutate: mutateClusterPropagationPolicy,
    validate: validatePropagationPolicy,
  },
  'policy.karmada.io/v1alpha1 OverridePolicy': {
    spec: overrideSpec,
    mutate: mutateOverridePolicy,
    validate: validateOverridePolicy,
  },
  'policy.karmada.io/v1alpha1 ClusterOverridePolicy': { spec: overrideSpec, validate: validateOverridePolicy },
};
