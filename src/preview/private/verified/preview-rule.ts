import type { Surroundings } from '../assume';
import type { ClusterFacts } from '../cluster';
import type { Decision } from '../decide';

/** What is known about one template once it is decided. */
export interface RuleFacts {
  readonly decision: Decision;
  /** The binding that Karmada held already. */
  readonly existing?: any;
  /** Propagation policies that select the template. */
  readonly candidates: readonly any[];
  /** Override policies that select it. */
  readonly overrides: readonly any[];
  readonly clusters: readonly ClusterFacts[];
  readonly surroundings: Surroundings;
}

/** One rule of Karmada that a preview follows. */
export interface PreviewRule {
  /** What it is about, in words; unique. */
  readonly rule: string;
  /** Where Karmada v1.18.2 has it. */
  readonly stage: string;
  /** Whether it took part in what was decided about a template. */
  readonly applies: (facts: RuleFacts) => boolean;
}

/** Rules of one stage. */
export function stage(path: string, rules: { readonly [rule: string]: (facts: RuleFacts) => boolean }): PreviewRule[] {
  return Object.entries(rules).map(([rule, applies]) => ({ rule, stage: path, applies }));
}

/** The placement of the policy that claims it; empty when nothing does. */
export function placementOf({ decision }: RuleFacts): any {
  return decision.policy?.spec.placement ?? {};
}

/** Every affinity of the placement, overflow ones too. */
export function affinitiesOf(facts: RuleFacts): any[] {
  const { clusterAffinity, clusterAffinities } = placementOf(facts);
  const groups: any[] = clusterAffinity ? [] : (clusterAffinities ?? []);
  return [
    ...(clusterAffinity ? [clusterAffinity] : []),
    ...groups.flatMap((each) => [each, ...(each.overflowAffinities ?? [])]),
  ];
}
