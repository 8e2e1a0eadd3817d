import { bestPolicy, NamespacedPolicies, PolicyIndex, type PolicyMatch } from '../../core/private/match-policy';
import type { Surroundings } from './assume';

/**
 * Which policy claims which object.
 *
 * Mirrors `pkg/detector/policy.go`, `compare.go`, `claim.go` and `pkg/util/apigroup.go` of Karmada v1.18.2.
 */

/** API groups whose objects steer Karmada and are never propagated. */
const CONTROL_GROUPS = new Set([
  'apps.karmada.io',
  'autoscaling.karmada.io',
  'cluster.karmada.io',
  'config.karmada.io',
  'networking.karmada.io',
  'policy.karmada.io',
  'remedy.karmada.io',
  'work.karmada.io',
]);

/** Whether an object steers Karmada: it is no resource template. */
export function steersKarmada(object: any): boolean {
  return CONTROL_GROUPS.has(object.apiVersion.split('/')[0]);
}

/** Kinds that steer Karmada in ways that no stage here follows, with what they do. */
const BEYOND: { readonly [kind: string]: string } = {
  FederatedResourceQuota: 'ResourceQuotas that a FederatedResourceQuota makes in member clusters',
  MultiClusterIngress: 'traffic of a MultiClusterIngress',
  MultiClusterService: 'Services and EndpointSlices of a MultiClusterService',
  WorkloadRebalancer: 'distribution from scratch that a WorkloadRebalancer asks for: give its trigger in the bindings',
};

/** What an object that steers Karmada does and a preview does not show. */
export function beyondPreview(object: any): string | undefined {
  return steersKarmada(object) ? BEYOND[object.kind] : undefined;
}

/** Namespaces that Karmada keeps for itself, and those that `--skipped-propagating-namespaces` names. */
function isSkippedNamespace(namespace: string, skipped: readonly RegExp[]): boolean {
  return (
    namespace === 'karmada-system' ||
    namespace === 'karmada-cluster' ||
    namespace.startsWith('karmada-es-') ||
    (namespace !== '' && skipped.some((pattern) => pattern.test(namespace)))
  );
}

function isSkippedApi({ apiVersion, kind }: any, skipped: readonly string[]): boolean {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, apiVersion, `${apiVersion} ${kind}`].some((each) => skipped.includes(each));
}

/** Labels and annotations by which Karmada marks what a policy has claimed. */
export const PP_ID = 'propagationpolicy.karmada.io/permanent-id';
export const PP_NAME = 'propagationpolicy.karmada.io/name';
export const PP_NAMESPACE = 'propagationpolicy.karmada.io/namespace';
export const CPP_ID = 'clusterpropagationpolicy.karmada.io/permanent-id';
export const CPP_NAME = 'clusterpropagationpolicy.karmada.io/name';

const CLAIMED_BY = 'resourcetemplate.karmada.io/claimed-by';

/** All propagation policies that take part. */
export class Claims {
  private readonly namespaced: NamespacedPolicies;
  private readonly clusterScoped: PolicyIndex;
  private readonly byKey = new Map<string, any>();

  constructor(
    policies: readonly any[],
    private readonly skipped: Pick<Surroundings, 'skippedNamespaces' | 'skippedApis'>,
  ) {
    const selecting = policies.filter((policy) => (policy.spec?.resourceSelectors ?? []).length > 0);
    this.namespaced = new NamespacedPolicies(selecting.filter((policy) => policy.kind === 'PropagationPolicy'));
    this.clusterScoped = new PolicyIndex(selecting.filter((policy) => policy.kind === 'ClusterPropagationPolicy'));
    for (const policy of policies) {
      this.byKey.set(`${policy.kind}/${policy.metadata.namespace ?? ''}/${policy.metadata.name}`, policy);
    }
  }

  /** The policy that claims the object; undefined when none does. A claim that the object carries sticks. */
  policyOf(object: any): any {
    const { labels = {}, annotations = {}, namespace = '' } = object.metadata;
    if (labels[CLAIMED_BY] || object.kind === 'Event' || object.apiVersion === 'coordination.k8s.io/v1')
      return undefined;
    if (isSkippedNamespace(namespace, this.skipped.skippedNamespaces)) return undefined;
    if (isSkippedApi(object, this.skipped.skippedApis)) return undefined;
    if (annotations[PP_NAMESPACE] && annotations[PP_NAME] && labels[PP_ID]) {
      return this.sticky(`PropagationPolicy/${annotations[PP_NAMESPACE]}/${annotations[PP_NAME]}`, object);
    }
    if (annotations[CPP_NAME] && labels[CPP_ID]) {
      return this.sticky(`ClusterPropagationPolicy//${annotations[CPP_NAME]}`, object);
    }
    return this.best(object);
  }

  private best(object: any): any {
    return bestPolicy(this.namespaced.matches(object)) ?? bestPolicy(this.clusterScoped.matches(object));
  }

  /** When the policy of a claim was not given or does not select the object any more, the claim is taken off it. */
  private sticky(key: string, object: any): any {
    const policy = this.byKey.get(key);
    const matches: PolicyMatch[] = policy
      ? [...this.namespaced.matches(object), ...this.clusterScoped.matches(object)]
      : [];
    return matches.some((match) => match.policy === policy) ? policy : this.best(object);
  }
}
