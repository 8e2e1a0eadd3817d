import { byName } from './by-name';
import { type LabelMatch, labelSelector } from './label-selector';

/**
 * How well a resource selector fits an object: 3 by name, 2 by labels, 1 by kind alone, 0 not at all.
 *
 * Mirrors `pkg/util/selector.go` of Karmada v1.18.2.
 */
export type SelectorMatch = (object: any) => number;

export function resourceSelector(selector: any): SelectorMatch {
  const labels: LabelMatch | undefined = selector.labelSelector ? labelSelector(selector.labelSelector) : undefined;
  return (object) => {
    if (selector.apiVersion !== object.apiVersion || selector.kind !== object.kind) return 0;
    if (selector.namespace && selector.namespace !== (object.metadata.namespace ?? '')) return 0;
    if (selector.name) return selector.name === object.metadata.name ? 3 : 0;
    if (labels === undefined) return 1;
    return labels(object.metadata.labels ?? {}) ? 2 : 0;
  };
}

/** A policy that selects an object, and how well. */
export interface PolicyMatch {
  readonly policy: any;
  readonly fit: number;
}

interface Entry {
  readonly policy: any;
  readonly match: SelectorMatch;
}

function key(apiVersion: string, kind: string, name = ''): string {
  return `${apiVersion}\n${kind}\n${name}`;
}

/** Policies of one scope, findable by what they select: thousands of them cost an object nothing. */
export class PolicyIndex {
  private readonly named = new Map<string, Entry[]>();
  private readonly unnamed = new Map<string, Entry[]>();
  private readonly catchAll: Entry[] = [];

  constructor(policies: readonly any[]) {
    for (const policy of policies) {
      const selectors: readonly any[] = policy.spec?.resourceSelectors ?? [];
      if (selectors.length === 0) this.catchAll.push({ policy, match: () => 1 });
      for (const selector of selectors) {
        const entry = { policy, match: resourceSelector(selector) };
        const [index, at] = selector.name
          ? [this.named, key(selector.apiVersion, selector.kind, selector.name)]
          : [this.unnamed, key(selector.apiVersion, selector.kind)];
        const entries = index.get(at);
        if (entries) entries.push(entry);
        else index.set(at, [entry]);
      }
    }
  }

  /** Every policy that selects the object, each once, with the best fit of its selectors. */
  matches(object: any): PolicyMatch[] {
    const { apiVersion, kind, metadata } = object;
    const named = this.named.size > 0 ? this.named.get(key(apiVersion, kind, metadata.name)) : undefined;
    const unnamed = this.unnamed.size > 0 ? this.unnamed.get(key(apiVersion, kind)) : undefined;
    // most objects are selected by nothing of an index: for them nothing is made
    if (!named && !unnamed && this.catchAll.length === 0) return [];
    const fits = new Map<any, number>();
    for (const entries of [named ?? [], unnamed ?? [], this.catchAll]) {
      for (const { policy, match } of entries) {
        const fit = match(object);
        if (fit > (fits.get(policy) ?? 0)) fits.set(policy, fit);
      }
    }
    return [...fits].map(([policy, fit]) => ({ policy, fit }));
  }
}

/** Policies of every namespace. */
export class NamespacedPolicies {
  private readonly indexes = new Map<string, PolicyIndex>();

  constructor(policies: readonly any[]) {
    const namespaces = new Map<string, any[]>();
    for (const policy of policies) {
      const namespace = policy.metadata.namespace ?? '';
      const known = namespaces.get(namespace);
      if (known) known.push(policy);
      else namespaces.set(namespace, [policy]);
    }
    for (const [namespace, own] of namespaces) this.indexes.set(namespace, new PolicyIndex(own));
  }

  /** Those of the object's namespace that select it. */
  matches(object: any): PolicyMatch[] {
    return this.indexes.get(object.metadata.namespace ?? '')?.matches(object) ?? [];
  }
}

/** Highest priority, then best fit, then first name; undefined where nothing matches. */
export function bestPolicy(matches: readonly PolicyMatch[]): any {
  const sorted = [...matches].sort(
    (a, b) =>
      (b.policy.spec.priority ?? 0) - (a.policy.spec.priority ?? 0) ||
      b.fit - a.fit ||
      byName(a.policy.metadata.name, b.policy.metadata.name),
  );
  return sorted[0]?.policy;
}
