import { byName } from '../../core/private/by-name';
import { type ClusterMatch, clusterAffinity } from '../../core/private/cluster-affinity';
import { NamespacedPolicies, PolicyIndex, type PolicyMatch } from '../../core/private/match-policy';
import type { ClusterFacts } from './cluster';
import { applyOverriders } from './overriders';

interface Rule {
  readonly matches: ClusterMatch;
  readonly overriders: any;
}

/**
 * All override policies that take part. Those of the whole Karmada come first, then those of the object's namespace, as it
 * is by then; within each the better fitting and, among equals, the later by name is applied later and so wins.
 *
 * Mirrors `pkg/util/overridemanager/overridemanager.go` of Karmada v1.18.2.
 */
export class Overrides {
  private readonly clusterScoped: PolicyIndex;
  private readonly namespaced: NamespacedPolicies;
  private readonly rules = new Map<any, Rule[]>();

  constructor(policies: readonly any[]) {
    this.clusterScoped = new PolicyIndex(policies.filter((policy) => policy.kind === 'ClusterOverridePolicy'));
    this.namespaced = new NamespacedPolicies(policies.filter((policy) => policy.kind === 'OverridePolicy'));
  }

  /** Changes the object for one cluster. It has to be a copy: where an override fails, it is half changed. */
  apply(object: any, cluster: ClusterFacts): any {
    const first = this.applyAll(object, this.clusterScoped.matches(object), cluster);
    return first.metadata?.namespace ? this.applyAll(first, this.namespaced.matches(first), cluster) : first;
  }

  /** Those that select the object, for whichever cluster. */
  selecting(object: any): any[] {
    return [...this.clusterScoped.matches(object), ...this.namespaced.matches(object)].map((match) => match.policy);
  }

  private applyAll(object: any, matches: readonly PolicyMatch[], cluster: ClusterFacts): any {
    const order = [...matches].sort((a, b) => a.fit - b.fit || byName(a.policy.metadata.name, b.policy.metadata.name));
    let result = object;
    for (const { policy } of order) {
      for (const rule of this.rulesOf(policy)) {
        if (rule.matches(cluster)) result = applyOverriders(result, rule.overriders);
      }
    }
    return result;
  }

  private rulesOf(policy: any): Rule[] {
    const known = this.rules.get(policy);
    if (known) return known;
    const { overrideRules, targetCluster, overriders } = policy.spec;
    const written: readonly any[] = overrideRules?.length > 0 ? overrideRules : [{ targetCluster, overriders }];
    const rules = written.map((rule) => ({
      matches: rule.targetCluster ? clusterAffinity(rule.targetCluster) : () => true,
      overriders: rule.overriders ?? {},
    }));
    this.rules.set(policy, rules);
    return rules;
  }
}
