import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ClusterSelector } from '../../core/cluster-selector';
import { peekAt } from '../../core/private/plain-object';
import { strayTroubles } from '../../core/private/stray';
import { type Trouble, troubles } from '../../core/private/trouble';
import type { ResourceSelector } from '../../core/resource-selector';
import type { OverrideRule } from '../override-rule';
import { type CompiledRules, compileRules, type Rule } from './compiled-rules';
import { isDivided } from './placements';
import { foreignTroubles } from './selected';

/** The rules of one policy and the objects that they are for: what OverridePolicy and ClusterOverridePolicy have in common. */
export class OverrideRules {
  private readonly resources: readonly ResourceSelector[];
  private readonly rules: Rule[] = [];
  private latest?: { readonly inputs: readonly any[]; readonly rules: CompiledRules; readonly spec: any };

  /**
   * @param policy the construct of the policy
   * @param resources the objects that differ
   * @param at where the policy is, for messages
   * @param namespace the one namespace that it reaches; none for a cluster policy
   */
  constructor(
    private readonly policy: IConstruct,
    resources: readonly ResourceSelector[],
    private readonly at: () => string,
    private readonly namespace?: string,
  ) {
    this.resources = [...resources];
  }

  /** What is wrong with the objects that the policy selects. */
  public get resourceTroubles(): Trouble[] {
    const { kind, at } = this;
    if (this.resources.length === 0) {
      const reach = kind === 'OverridePolicy' ? 'of its namespace' : 'of every namespace and every cluster-scoped one';
      return [
        {
          what: `${kind} is given no resources, so in Karmada it would change every object ${reach}`,
          at: at(),
          fix: 'give one selector or more in `resources`, such as ResourceSelector.of(object)',
        },
      ];
    }
    const found = [
      ...strayTroubles(
        this.policy,
        this.resources.map(({ _object }) => _object),
      ),
      ...(this.namespace === undefined ? [] : foreignTroubles(kind, this.resources, this.namespace)),
    ];
    return found.map((trouble) => ({ ...trouble, at: at() }));
  }

  public add(rule: OverrideRule): void {
    if (rule.overriders.length === 0) {
      throw troubles([
        {
          what: 'a rule is given no overrides, so it would change nothing',
          at: this.at(),
          fix: "give one or more, such as Overrider.env('REGION', 'eu')",
        },
      ]);
    }
    this.rules.push({ clusters: rule.clusters ?? ClusterSelector.all(), overriders: [...rule.overriders] });
  }

  /** Names of the clusters that the rules spell out. */
  public get mentioned(): string[] {
    return this.rules.flatMap(({ clusters }) => clusters._mentioned);
  }

  private get kind(): string {
    return this.namespace === undefined ? 'ClusterOverridePolicy' : 'OverridePolicy';
  }

  /** Karmada's selectors. */
  private selectors(): any[] {
    return this.resources.map((selector) => selector._toKarmada(this.namespace));
  }

  /** The spec against the objects as they are now: what a later patch changed counts too. */
  public get spec(): any {
    return this.looked().spec;
  }

  /** What is wrong with the rules, as the objects are now. */
  public get troubles(): readonly Trouble[] {
    return this.looked().rules.troubles;
  }

  /** Compiled again only when an object or a rule has changed: cdk8s asks several times, for thousands of policies. */
  private looked() {
    const objects = this.resources.flatMap(({ _object }) => (_object ? [_object] : []));
    const manifests = objects.map(peekAt);
    const placements = objects.map(isDivided);
    const inputs = [this.rules.length, ...manifests, ...placements];
    const { latest } = this;
    if (latest?.inputs.length === inputs.length && inputs.every((input, i) => input === latest.inputs[i]))
      return latest;
    const rules = this.compiled(objects, manifests, placements.includes(true));
    const spec = { resourceSelectors: this.selectors(), overrideRules: rules.overrideRules };
    this.latest = { inputs, rules, spec };
    return this.latest;
  }

  private compiled(known: readonly ApiObject[], manifests: readonly any[], divided: boolean): CompiledRules {
    const types = this.selectors().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    if (known.length < this.resources.length) return this.placed(compileRules(this.rules, { types, divided }));
    const [first, ...others] = manifests.map((manifest) => compileRules(this.rules, { types, divided, manifest }));
    const differing = others.findIndex(
      ({ overrideRules }) => JSON.stringify(overrideRules) !== JSON.stringify(first.overrideRules),
    );
    const unlike: Trouble[] =
      differing < 0
        ? []
        : [
            {
              what: `the overrides are at other places in ${known[0].node.path} than in ${known[differing + 1].node.path}`,
              fix: `write one ${this.kind} for each of them`,
            },
          ];
    return this.placed({
      overrideRules: first.overrideRules,
      troubles: [...[first, ...others].flatMap((rules) => rules.troubles), ...unlike],
    });
  }

  private placed({ overrideRules, troubles: found }: CompiledRules): CompiledRules {
    const unique = new Map(found.map((trouble) => [JSON.stringify(trouble), { ...trouble, at: this.at() }]));
    return { overrideRules, troubles: [...unique.values()] };
  }
}
