import type { Construct } from 'constructs';
import { MulticloudChart } from '../../core/multicloud-chart';
import { addCheck } from '../../core/private/check';
import { unknownClusters } from '../../core/private/declared-clusters';
import { place } from '../../core/private/place';
import { PlainObject } from '../../core/private/plain-object';
import { strayTroubles } from '../../core/private/stray';
import { type Trouble, troubles } from '../../core/private/trouble';
import type { ResourceSelector } from '../../core/resource-selector';
import { Placement } from '../placement';
import type { PropagationOptions } from '../propagation-options';
import { sentOut } from './placements';
import { isServiceImport, optionTroubles, specOf } from './propagation-spec';
import { foreignTroubles, neverSentTroubles, scopeTroubles } from './selected';

/** What both kinds of propagation policy are made of. */
export interface PropagationProps extends PropagationOptions {
  readonly resources: readonly ResourceSelector[];
  readonly name?: string;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
}

/** What both kinds of propagation policy do. */
export class Propagation {
  private readonly object: PlainObject;
  private readonly resources: ResourceSelector[];
  private readonly overrides: Set<string>;
  private readonly spec: any;

  /**
   * @param policy the construct of the policy
   * @param props what to send out, and how
   * @param namespace the one namespace that it reaches; none for a cluster policy
   */
  constructor(
    private readonly policy: Construct,
    private readonly props: PropagationProps,
    private readonly namespace?: string,
  ) {
    const chart = MulticloudChart._around(policy);
    const { resources, name, labels, annotations, placement = Placement.duplicated(), suspension } = props;
    this.resources = [...resources];
    this.overrides = new Set(props.dependentOverrides);
    this.spec = { ...specOf(props, placement), ...this.changing() };
    this.object = new PlainObject(policy, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: this.kind,
      metadata: { name, namespace, labels, annotations },
      spec: this.spec,
    });
    this.refuse([...this.nothing(), ...optionTroubles(props), ...this.troublesOf(resources)]);
    sentOut(resources, placement);
    const mentioned = [...placement._mentioned, ...(suspension?._mentioned ?? [])];
    const at = () => place(policy, this.object);
    addCheck(policy, () => {
      // what is cluster-scoped by a definition in the chart is known at synth only
      if (!namespace) this.changed();
      const foreign = namespace ? scopeTroubles(this.kind, this.resources) : [];
      return [
        ...foreign.map((trouble) => ({ ...trouble, at: at() })),
        ...unknownClusters(chart.instance, mentioned, at),
      ];
    });
  }

  public get name(): string {
    return this.object.name;
  }

  public addResource(selector: ResourceSelector): void {
    this.refuse(this.troublesOf([selector]));
    this.resources.push(selector);
    sentOut([selector], this.props.placement);
    this.changed();
  }

  public dependOn(overridePolicyName: string): void {
    this.overrides.add(overridePolicyName);
    this.spec.dependentOverrides = [...this.overrides];
    this.object.specChanged();
  }

  private get kind(): string {
    return this.namespace === undefined ? 'ClusterPropagationPolicy' : 'PropagationPolicy';
  }

  /** The part of the spec that changes after the policy was made. */
  private changing(): any {
    const { autoPropagate, failover } = this.props;
    return {
      resourceSelectors: this.resources.map((selector) => selector._toKarmada(this.namespace)),
      // Karmada's webhook does the same for a ServiceImport
      propagateDeps: autoPropagate ?? (failover?.application !== undefined || this.resources.some(isServiceImport)),
      ...(this.overrides.size > 0 && { dependentOverrides: [...this.overrides] }),
    };
  }

  private changed(): void {
    const before = JSON.stringify(this.spec);
    Object.assign(this.spec, this.changing());
    if (JSON.stringify(this.spec) !== before) this.object.specChanged();
  }

  private nothing(): Trouble[] {
    if (this.resources.length > 0) return [];
    return [
      {
        what: `${this.kind} is given no resources, so it would send nothing anywhere`,
        fix: 'give one selector or more in `resources`, such as ResourceSelector.of(object)',
      },
    ];
  }

  private troublesOf(selectors: readonly ResourceSelector[]): Trouble[] {
    const { preemption, autoPropagate } = this.props;
    const unnamed = preemption === 'Always' ? selectors.filter(({ _isNamed }) => !_isNamed) : [];
    return [
      ...strayTroubles(
        this.policy,
        selectors.map(({ _object }) => _object),
      ),
      ...(this.namespace === undefined ? [] : foreignTroubles(this.kind, selectors, this.namespace)),
      ...neverSentTroubles(selectors),
      ...unnamed.map(({ _kind }) => ({
        what: `a policy with \`preemption\` takes objects by name only, and a selector of ${_kind} names none`,
        fix: 'use ResourceSelector.of or named for it, or leave `preemption` out',
      })),
      ...(autoPropagate === false && selectors.some(isServiceImport)
        ? [
            {
              what: '`autoPropagate` is false, and with a ServiceImport Karmada sends along what it refers to all the same',
              fix: 'leave `autoPropagate` out, or give the ServiceImport a policy of its own',
            },
          ]
        : []),
    ];
  }

  private refuse(found: readonly Trouble[]): void {
    if (found.length === 0) return;
    const at = place(this.policy, this.object);
    throw troubles(found.map((trouble) => ({ ...trouble, at })));
  }
}
