import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { unknownClusters } from '../core/private/declared-clusters';
import { place } from '../core/private/place';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ResourceSelector } from '../core/resource-selector';
import type { Overrider } from './overrider';
import { type CompiledRules, compileRules } from './private/compiled-rules';

/** What differs on some clusters. */
export interface OverrideRule {
  /**
   * The clusters that it differs on.
   *
   * @default ClusterSelector.all()
   */
  readonly clusters?: ClusterSelector;

  /** What differs, at least one thing. */
  readonly overriders: Overrider[];
}

/** Options of `OverridePolicy`. */
export interface OverridePolicyProps {
  /** The objects that differ, at least one selector. `ResourceSelector.of` is needed for overrides that name a container. */
  readonly resources: ResourceSelector[];

  /**
   * What differs where. Every rule that chooses a cluster is applied there, in this order.
   *
   * @default - none; add them with `addRule`
   */
  readonly rules?: OverrideRule[];

  /**
   * Name of the policy. Of several that select an object equally well, the one whose name sorts last has the last word.
   *
   * @default - derived from the construct path, as cdk8s does
   */
  readonly name?: string;

  /**
   * Namespace of the policy and of the objects that it selects.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the policy.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the policy.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Makes objects differ from cluster to cluster.
 *
 * For a `MulticloudDeployment`, `overrideOn` is shorter. Use this for objects that something else made.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/override_types.go
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, Overrider, OverridePolicy, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const web: ApiObject;
 *
 * new OverridePolicy(chart, 'Mirror', {
 *   resources: [ResourceSelector.of(web)],
 *   rules: [
 *     { clusters: ClusterSelector.names('berlin'), overriders: [Overrider.image({ registry: 'mirror.example' })] },
 *   ],
 * });
 */
export class OverridePolicy extends Construct {
  private readonly object: ApiObject;
  private readonly resources: ResourceSelector[];
  private readonly rules: { readonly clusters: ClusterSelector; readonly overriders: Overrider[] }[] = [];

  constructor(scope: Construct, id: string, props: OverridePolicyProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { name, namespace = chart.namespace, labels, annotations } = props;
    this.resources = [...props.resources];
    this.object = new ApiObject(this, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name, namespace, labels, annotations },
      spec: {
        resourceSelectors: this.resources.map((selector) => selector._toKarmada(namespace)),
        overrideRules: Lazy.any({ produce: () => this.compiled().overrideRules }),
      },
    });
    if (this.resources.length === 0) {
      throw troubles([
        {
          what: 'OverridePolicy is given no resources, so in Karmada it would change every object of its namespace',
          at: place(this, this.object),
          fix: 'give one selector or more in `resources`, such as ResourceSelector.of(object)',
        },
      ]);
    }
    for (const rule of props.rules ?? []) this.addRule(rule);
    addCheck(this, () => {
      const at = () => place(this, this.object);
      const mentioned = this.rules.flatMap(({ clusters }) => clusters._mentioned);
      return [
        ...this.compiled().troubles.map((trouble) => ({ ...trouble, at: at() })),
        ...unknownClusters(chart.instance, mentioned, at),
      ];
    });
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.object.name;
  }

  /**
   * Adds a rule after those that are there.
   *
   * @param rule what differs where
   * @throws if it has no overrides
   */
  public addRule(rule: OverrideRule): void {
    if (rule.overriders.length === 0) {
      throw troubles([
        {
          what: 'a rule is given no overrides, so it would change nothing',
          at: place(this, this.object),
          fix: "give one or more, such as Overrider.env('REGION', 'eu')",
        },
      ]);
    }
    this.rules.push({ clusters: rule.clusters ?? ClusterSelector.all(), overriders: [...rule.overriders] });
  }

  /** The rules against the objects as they are now: what a later patch changed counts too. */
  private compiled(): CompiledRules {
    const kinds = this.resources.map(({ _kind }) => _kind);
    const objects = this.resources.map(({ _object }) => _object);
    const known = objects.filter((object): object is ApiObject => object !== undefined);
    if (known.length < objects.length) return compileRules(this.rules, { kinds });
    const [first, ...others] = known.map((object) => compileRules(this.rules, { kinds, manifest: object.toJson() }));
    const differing = others.findIndex(
      ({ overrideRules }) => JSON.stringify(overrideRules) !== JSON.stringify(first.overrideRules),
    );
    const unlike: Trouble[] =
      differing < 0
        ? []
        : [
            {
              what: `the overrides are at other places in ${known[0].node.path} than in ${known[differing + 1].node.path}`,
              fix: 'write one OverridePolicy for each of them',
            },
          ];
    return {
      overrideRules: first.overrideRules,
      troubles: [...[first, ...others].flatMap((rules) => rules.troubles), ...unlike],
    };
  }
}
