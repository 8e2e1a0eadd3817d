import { isClusterScoped } from '../core/private/cluster-scoped';
import { dependenciesOf } from '../core/private/dependencies';
import { bestPolicy, NamespacedPolicies, PolicyIndex, type PolicyMatch } from '../core/private/match-policy';
import type { Reference } from '../core/private/references';
import { kindOf, OVERRIDE, PROPAGATION, steersKarmada } from './kinds';
import { entries } from './read';

/** All objects that go to one Karmada, findable by what rules ask for. */
export class Objects {
  /** In input order. Those that say no namespace are in `default`, unless their kind has none. */
  public readonly all: readonly any[];
  /** What policies may send to member clusters. */
  public readonly templates: readonly any[];

  private readonly given = new Map<any, any>();
  private readonly byKind = new Map<string, any[]>();
  private readonly byKey = new Map<string, any>();
  private readonly namespaced: NamespacedPolicies;
  private readonly clusterScoped: PolicyIndex;
  private readonly claims = new Map<any, any>();
  private readonly claimed = new Map<any, any[]>();
  private readonly overridden = new Map<any, any[]>();
  private readonly overrides = new Map<any, any[]>();

  /**
   * @param manifests objects that Karmada would take
   * @param existing policies of others on the same Karmada: they take part, and nothing is said of them
   */
  constructor(manifests: readonly any[], existing: readonly any[] = []) {
    this.all = manifests.filter(isSound).map((manifest) => {
      const object = inNamespace(manifest);
      this.given.set(object, manifest);
      push(this.byKind, kindOf(object), object);
      this.byKey.set(keyText(object), object);
      return object;
    });
    this.templates = this.all.filter((object) => !steersKarmada(object));
    const others = existing.filter(isSound).map(inNamespace);
    const ofKinds = (kinds: readonly string[]) =>
      kinds.map((kind) => [...this.ofKind(kind), ...others.filter((each) => kindOf(each) === kind)]);
    const [namespaced, clusterScoped] = ofKinds(PROPAGATION).map((policies) => policies.filter(selectsSomething));
    this.namespaced = new NamespacedPolicies(namespaced);
    this.clusterScoped = new PolicyIndex(clusterScoped);
    const [overrides, clusterOverrides] = ofKinds(OVERRIDE);
    const overriding = [new NamespacedPolicies(overrides), new PolicyIndex(clusterOverrides)];
    for (const template of this.templates) {
      for (const index of overriding)
        for (const { policy } of index.matches(template)) {
          push(this.overridden, policy, template);
          push(this.overrides, template, policy);
        }
      const policy = bestPolicy(this.namespaced.matches(template)) ?? bestPolicy(this.clusterScoped.matches(template));
      if (!policy) continue;
      this.claims.set(template, policy);
      push(this.claimed, policy, template);
    }
  }

  /** Objects of a kind, `group/Kind`, or `Kind` in the core group. */
  public ofKind(kind: string): readonly any[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The object of this name; undefined when it is not in the input. */
  public find(apiVersion: string, kind: string, namespace: string, name: string): any {
    return this.byKey.get(keyText({ apiVersion, kind, metadata: { namespace, name } }));
  }

  /** The object as it was given. */
  public original(object: any): any {
    return this.given.get(object);
  }

  /** The propagation policy that sends a template away; undefined when none of those known does. */
  public policyOf(template: any): any {
    return this.claims.get(template);
  }

  /** What a policy sends away. */
  public claimedBy(policy: any): readonly any[] {
    return this.claimed.get(policy) ?? [];
  }

  /** The propagation policies that would compete for a template: cluster-wide ones only where no other selects it. */
  public rivals(template: any): readonly PolicyMatch[] {
    const namespaced = this.namespaced.matches(template);
    return namespaced.length > 0 ? namespaced : this.clusterScoped.matches(template);
  }

  /** The templates that an override policy changes. */
  public overriddenBy(policy: any): readonly any[] {
    return this.overridden.get(policy) ?? [];
  }

  /** The override policies that change a template, those of others too. */
  public overridesOf(template: any): readonly any[] {
    return this.overrides.get(template) ?? [];
  }

  /** What a template refers to and Karmada knows how to find. */
  public references(template: any): readonly Reference[] {
    try {
      return dependenciesOf(template) ?? [];
    } catch {
      return []; // no proper object of its kind: the API server says so
    }
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function keyText({ apiVersion, kind, metadata }: any): string {
  return JSON.stringify([kindOf({ apiVersion, kind }), metadata.namespace ?? '', metadata.name]);
}

/** Whether a manifest has what every object has. */
function isSound(manifest: any): boolean {
  const { apiVersion, kind, metadata } = manifest ?? {};
  const isMap = (value: any) =>
    value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
  return (
    [apiVersion, kind, metadata?.name].every((text) => typeof text === 'string') &&
    isMap(metadata.labels) &&
    isMap(metadata.annotations) &&
    isMap(manifest.spec)
  );
}

function inNamespace(object: any): any {
  if (object.metadata.namespace || isClusterScoped(object.apiVersion, object.kind)) return object;
  return { ...object, metadata: { ...object.metadata, namespace: 'default' } };
}

function selectsSomething(policy: any): boolean {
  return entries(policy.spec?.resourceSelectors).length > 0;
}
