import { TaintEffect } from '../core/cluster-toleration';
import { taintTroubles } from '../core/private/cluster-names';
import { troubles } from '../core/private/trouble';

/**
 * Keeps workloads off a member cluster, unless they tolerate it.
 *
 * @example
 * import { ClusterTaint } from 'cdk8s-karmada';
 *
 * ClusterTaint.noSchedule('team', 'shop');
 */
export class ClusterTaint {
  /**
   * Nothing new is scheduled there; what runs there stays.
   *
   * @param key key of the taint
   * @param value its value; none when left out
   * @throws if it cannot be a taint
   */
  public static noSchedule(key: string, value?: string): ClusterTaint {
    return new ClusterTaint(key, TaintEffect.NO_SCHEDULE, value);
  }

  /**
   * Nothing new is scheduled there, and what runs there is moved away, where Karmada's eviction is turned on.
   *
   * @param key key of the taint
   * @param value its value; none when left out
   * @throws if it cannot be a taint
   */
  public static noExecute(key: string, value?: string): ClusterTaint {
    return new ClusterTaint(key, TaintEffect.NO_EXECUTE, value);
  }

  private readonly key: string;
  private readonly effect: TaintEffect;
  private readonly value?: string;

  private constructor(key: string, effect: TaintEffect, value?: string) {
    const found = taintTroubles(key, value);
    if (found.length > 0) throw troubles(found);
    this.key = key;
    this.effect = effect;
    this.value = value;
  }

  /**
   * A cluster has one taint for each of these.
   *
   * @internal
   */
  public get _identity(): string {
    return `${this.key}:${this.effect}`;
  }

  /** @internal */
  public _toKarmada(): any {
    return { key: this.key, ...(this.value && { value: this.value }), effect: this.effect };
  }
}
