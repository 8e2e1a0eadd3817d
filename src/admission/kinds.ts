import { mutateFederatedHpa } from './mutate/federated-hpa';
import { mutateOverridePolicy } from './mutate/override-policy';
import { mutateClusterPropagationPolicy, mutatePropagationPolicy } from './mutate/propagation-policy';
import type { Review } from './review';
import { validateClusterTaintPolicy } from './validate/cluster-taint-policy';
import { validateCronFederatedHpa } from './validate/cron-federated-hpa';
import { validateFederatedHpa } from './validate/federated-hpa';
import { validateFederatedResourceQuota } from './validate/federated-resource-quota';
import { validateMultiClusterIngress } from './validate/multi-cluster-ingress';
import { validateMultiClusterService } from './validate/multi-cluster-service';
import { validateOverridePolicy } from './validate/override-policy';
import { validatePropagationPolicy } from './validate/propagation-policy';
import { validateResourceInterpreterCustomization } from './validate/resource-interpreter-customization';
import { validateResourceInterpreterWebhookConfiguration } from './validate/resource-interpreter-webhook-configuration';
import { cronFederatedHpaSpec, federatedHpaSpec } from './wire/autoscaling';
import { clusterTaintPolicySpec } from './wire/cluster-taint-policy';
import type { GoType } from './wire/codec';
import { federatedResourceQuotaSpec } from './wire/federated-resource-quota';
import { multiClusterIngressSpec } from './wire/multi-cluster-ingress';
import { multiClusterServiceSpec } from './wire/multi-cluster-service';
import { overrideSpec } from './wire/override-policy';
import { propagationSpec } from './wire/propagation-policy';
import { resourceInterpreterCustomizationSpec } from './wire/resource-interpreter-customization';
import { interpreterWebhooks } from './wire/resource-interpreter-webhook-configuration';

/** What Karmada's webhooks do with a kind, beyond the schema of its CRD. */
export interface KindRules {
  /**
   * The field that its webhooks look at.
   *
   * @default 'spec'
   */
  readonly field?: string;
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
  'policy.karmada.io/v1alpha1 ClusterTaintPolicy': {
    spec: clusterTaintPolicySpec,
    validate: validateClusterTaintPolicy,
  },
  'policy.karmada.io/v1alpha1 FederatedResourceQuota': {
    spec: federatedResourceQuotaSpec,
    validate: validateFederatedResourceQuota,
  },
  'autoscaling.karmada.io/v1alpha1 FederatedHPA': {
    spec: federatedHpaSpec,
    mutate: mutateFederatedHpa,
    validate: validateFederatedHpa,
  },
  'autoscaling.karmada.io/v1alpha1 CronFederatedHPA': {
    spec: cronFederatedHpaSpec,
    validate: validateCronFederatedHpa,
  },
  // Its mutating webhook adds a label of its own and nothing else.
  'networking.karmada.io/v1alpha1 MultiClusterService': {
    spec: multiClusterServiceSpec,
    mutate: () => undefined,
    validate: validateMultiClusterService,
  },
  'networking.karmada.io/v1alpha1 MultiClusterIngress': {
    spec: multiClusterIngressSpec,
    validate: validateMultiClusterIngress,
  },
  'config.karmada.io/v1alpha1 ResourceInterpreterCustomization': {
    spec: resourceInterpreterCustomizationSpec,
    validate: validateResourceInterpreterCustomization,
  },
  'config.karmada.io/v1alpha1 ResourceInterpreterWebhookConfiguration': {
    field: 'webhooks',
    spec: interpreterWebhooks,
    validate: validateResourceInterpreterWebhookConfiguration,
  },
};
