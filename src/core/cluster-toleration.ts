import type { Duration } from 'cdk8s';
import { taintTroubles } from './private/cluster-names';
import { type Trouble, troubles } from './private/trouble';

/** What a taint of a member cluster does to workloads that do not tolerate it. */
export enum TaintEffect {
  /** Nothing new is scheduled there; what runs there stays. */
  NO_SCHEDULE = 'NoSchedule',
  /** Nothing new is scheduled there, and what runs there is moved away, where Karmada's eviction is turned on. */
  NO_EXECUTE = 'NoExecute',
}

/** Options of a toleration. */
export interface TolerationOptions {
  /**
   * The effect that is tolerated.
   *
   * @default - every effect; `TaintEffect.NO_EXECUTE` when `evictAfter` is given
   */
  readonly effect?: TaintEffect;

  /**
   * How long a taint with effect `NO_EXECUTE` is tolerated before the workload is moved away, in whole seconds.
   *
   * @default - for ever
   */
  readonly evictAfter?: Duration;
}

/**
 * Lets a workload onto member clusters that have a taint.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { Duration } from 'cdk8s';
 * import { ClusterToleration, Placement } from 'cdk8s-karmada';
 *
 * Placement.duplicated({
 *   tolerations: [
 *     ClusterToleration.equal('team', 'shop'),
 *     ClusterToleration.unreachable(Duration.minutes(2)),
 *   ],
 * });
 */
export class ClusterToleration {
  /**
   * Tolerates a taint with this key and this value.
   *
   * @param key key of the taint
   * @param value value of the taint; `''` for one without a value
   * @param options effect and time limit
   * @throws if no taint can have the key or the value, or the time limit is given for `NO_SCHEDULE`
   */
  public static equal(key: string, value: string, options: TolerationOptions = {}): ClusterToleration {
    return new ClusterToleration(key, options, value);
  }

  /**
   * Tolerates a taint with this key, whatever its value.
   *
   * @param key key of the taint
   * @param options effect and time limit
   * @throws if no taint can have the key, or the time limit is given for `NO_SCHEDULE`
   */
  public static exists(key: string, options: TolerationOptions = {}): ClusterToleration {
    return new ClusterToleration(key, options);
  }

  /**
   * Tolerates for a while that the cluster is not ready, before the workload is moved away.
   *
   * It is about the taint `cluster.karmada.io/not-ready` with effect `NO_EXECUTE`, which from Karmada v1.14 on only a
   * ClusterTaintPolicy or a person sets.
   *
   * @param evictAfter how long, in whole seconds
   * @throws if it is not whole seconds
   */
  public static notReady(evictAfter: Duration): ClusterToleration {
    return new ClusterToleration('cluster.karmada.io/not-ready', { evictAfter });
  }

  /**
   * Tolerates for a while that Karmada does not reach the cluster, before the workload is moved away.
   *
   * It is about the taint `cluster.karmada.io/unreachable` with effect `NO_EXECUTE`, which from Karmada v1.14 on only a
   * ClusterTaintPolicy or a person sets.
   *
   * @param evictAfter how long, in whole seconds
   * @throws if it is not whole seconds
   */
  public static unreachable(evictAfter: Duration): ClusterToleration {
    return new ClusterToleration('cluster.karmada.io/unreachable', { evictAfter });
  }

  private readonly wire: any;

  private constructor(key: string, options: TolerationOptions, value?: string) {
    const { effect, evictAfter } = options;
    const found: Trouble[] = taintTroubles(key, value);
    if (evictAfter && effect === TaintEffect.NO_SCHEDULE) {
      found.push({
        what: `\`evictAfter\` is given for the taint "${key}" with effect NoSchedule, which moves nothing away`,
        fix: 'leave `evictAfter` out, or give TaintEffect.NO_EXECUTE as the effect',
      });
    }
    if (evictAfter && !Number.isSafeInteger(evictAfter.toSeconds({ integral: false }))) {
      found.push({
        what: `\`evictAfter\` of the taint "${key}" must be whole seconds, got ${evictAfter.toSeconds({ integral: false })}`,
        fix: 'give a Duration of whole seconds',
      });
    }
    if (found.length > 0) throw troubles(found);
    const wireEffect = effect ?? (evictAfter && TaintEffect.NO_EXECUTE);
    this.wire = {
      key,
      operator: value === undefined ? 'Exists' : 'Equal',
      ...(value && { value }),
      ...(wireEffect && { effect: wireEffect }),
      ...(evictAfter && { tolerationSeconds: evictAfter.toSeconds() }),
    };
  }

  /** @internal */
  public get _key(): string {
    return this.wire.key;
  }

  /**
   * Whether it ends some time.
   *
   * @internal
   */
  public get _evicts(): boolean {
    return this.wire.tolerationSeconds !== undefined;
  }

  /**
   * Whether it fits every taint that the other one fits.
   *
   * @internal
   */
  public _covers(other: ClusterToleration): boolean {
    const { key, operator, value, effect } = this.wire;
    const { wire } = other;
    return (
      key === wire.key &&
      (effect === undefined || effect === wire.effect) &&
      (operator === 'Exists' || (wire.operator === 'Equal' && value === wire.value))
    );
  }

  /** @internal */
  public _toKarmada(): any {
    return { ...this.wire };
  }
}
