import { groupOf, keyOf, keyText } from '../../core/object-key';
import { bestPolicy, NamespacedPolicies, PolicyIndex, type PolicyMatch } from '../../core/private/match-policy';
import type { Surroundings } from './assume';
import { Unsupported } from './unsupported';

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
  return CONTROL_GROUPS.has(groupOf(object.apiVersion));
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
  const group = groupOf(apiVersion);
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
  private readonly matched = new Map<any, readonly (readonly PolicyMatch[])[]>();

  constructor(
    policies: readonly any[],
    private readonly flags: Pick<Surroundings, 'skippedNamespaces' | 'skippedApis' | 'preemption'>,
  ) {
    const selecting = policies.filter((policy) => (policy.spec?.resourceSelectors ?? []).length > 0);
    this.namespaced = new NamespacedPolicies(selecting.filter((policy) => policy.kind === 'PropagationPolicy'));
    this.clusterScoped = new PolicyIndex(selecting.filter((policy) => policy.kind === 'ClusterPropagationPolicy'));
    for (const policy of policies) {
      this.byKey.set(`${policy.kind}/${policy.metadata.namespace ?? ''}/${policy.metadata.name}`, policy);
    }
  }

  /**
   * The policy that claims the object; undefined when none does. A claim sticks, whether the object carries it or the binding
   * that Karmada holds already, unless another policy may preempt it.
   */
  policyOf(object: any, existing?: any): any {
    const { labels = {}, namespace = '' } = object.metadata;
    if (labels[CLAIMED_BY] || object.kind === 'Event' || object.apiVersion === 'coordination.k8s.io/v1')
      return undefined;
    if (isSkippedNamespace(namespace, this.flags.skippedNamespaces)) return undefined;
    if (isSkippedApi(object, this.flags.skippedApis)) return undefined;
    const claim = claimOn(object) ?? (existing && claimOn(existing));
    const holder = claim && this.byKey.get(claim);
    const matches = this.matches(object);
    if (!holder || !this.selects(holder, object)) {
      // a policy lets go of what it selects no more when it is edited itself, not when that is
      return holder?.metadata.resourceVersion === undefined
        ? (bestPolicy(matches[0]) ?? bestPolicy(matches[1]))
        : holder;
    }
    return (this.flags.preemption && preemptor(holder, matches)) || holder;
  }

  /** The policy that would claim the object if this one were deleted. */
  successor(object: any, policy: any): any {
    const [namespaced, clusterScoped] = this.matches(object);
    // nearly always there is no other
    if (namespaced.length + clusterScoped.length < 2) return undefined;
    const name = keyText(keyOf(policy));
    const others = ({ policy: other }: PolicyMatch) => keyText(keyOf(other)) !== name;
    return bestPolicy(namespaced.filter(others)) ?? bestPolicy(clusterScoped.filter(others));
  }

  /** Whether the policy selects the object. */
  selects(policy: any, object: any): boolean {
    return this.matches(object).some((side) => side.some((match) => match.policy === policy));
  }

  /** Every policy that selects the object. */
  candidates(object: any): any[] {
    return this.matches(object)
      .flat()
      .map(({ policy }) => policy);
  }

  /** The policies that select the object: those of its namespace, and those of the whole Karmada. */
  private matches(object: any): readonly (readonly PolicyMatch[])[] {
    const known = this.matched.get(object);
    if (known) return known;
    const matches = [this.namespaced.matches(object), this.clusterScoped.matches(object)];
    this.matched.set(object, matches);
    return matches;
  }
}

/** Whether a policy has claimed an object, or the object of a binding. */
export function isClaimed(object: any): boolean {
  return claimOn(object) !== undefined;
}

/** The key of the policy that the claim on an object names. */
function claimOn({ metadata: { labels = {}, annotations = {} } }: any): string | undefined {
  if (annotations[PP_NAMESPACE] && annotations[PP_NAME] && labels[PP_ID]) {
    return `PropagationPolicy/${annotations[PP_NAMESPACE]}/${annotations[PP_NAME]}`;
  }
  return annotations[CPP_NAME] && labels[CPP_ID] ? `ClusterPropagationPolicy//${annotations[CPP_NAME]}` : undefined;
}

/**
 * The policy that takes an object from the one that holds it: only explicit priority counts, and a PropagationPolicy takes
 * from any ClusterPropagationPolicy.
 *
 * Mirrors `pkg/detector/preemption.go` of Karmada v1.18.2.
 */
function preemptor(holder: any, [namespaced, clusterScoped]: readonly (readonly PolicyMatch[])[]): any {
  const priority = (policy: any) => policy.spec.priority ?? 0;
  const stronger = ({ policy }: PolicyMatch) => priority(policy) > priority(holder);
  const isCluster = holder.kind === 'ClusterPropagationPolicy';
  const always = (matches: readonly PolicyMatch[]) =>
    matches.filter(({ policy }) => policy.spec.preemption === 'Always');
  const first = always(namespaced).filter((match) => isCluster || stronger(match));
  const rivals = first.length > 0 || !isCluster ? first : always(clusterScoped).filter(stronger);
  const best = bestPolicy(rivals);
  if (rivals.filter(({ policy }) => priority(policy) === priority(best)).length > 1) {
    throw new Unsupported('preemption: which of several policies with the same priority comes first');
  }
  return best;
}
