import { Duration } from 'cdk8s';
import { type Trouble, troubles } from '../core/private/trouble';
import { secondsTroubles, statePreservation, stateTroubles } from './private/failover';

/** Options of every `ApplicationFailover`. */
export interface ApplicationFailoverOptions {
  /**
   * How long the application has to be unhealthy on a cluster, in whole seconds, before it is moved away. Karmada counts from
   * when it first sees it, and from the beginning again when its controller manager restarts.
   *
   * @default Duration.minutes(5)
   */
  readonly tolerationSeconds?: Duration;

  /**
   * What is carried over: label keys for the new copy, each with the JSONPath of its value, which begins below the status of
   * the old one. Karmada does it where its gate `StatefulFailoverInjection` is on.
   *
   * @default - nothing
   */
  readonly statePreservation?: { [labelKey: string]: string };
}

/** Options of `ApplicationFailover.gracefully`. */
export interface GracefulFailoverOptions extends ApplicationFailoverOptions {
  /**
   * How long the old copy lives on at most, in whole seconds, when the new one does not get healthy.
   *
   * @default Duration.minutes(10)
   */
  readonly gracePeriodSeconds?: Duration;
}

/**
 * Moves an application off a cluster on which it stays unhealthy, and says what becomes of the old copy there.
 *
 * Karmada judges the health of Deployments, StatefulSets and a few other kinds; one that it knows nothing about counts as
 * healthy. There has to be another cluster to go to: with `Placement.duplicated` there rarely is.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { Duration } from 'cdk8s';
 * import { ApplicationFailover, MulticloudChart, MulticloudDeployment, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudDeployment(chart, 'web', {
 *   containers: [{ image: 'registry.example/web:1.4.0' }],
 *   placement: Placement.aggregated(),
 *   failover: { application: ApplicationFailover.gracefully({ tolerationSeconds: Duration.minutes(2) }) },
 * });
 */
export class ApplicationFailover {
  /**
   * The old copy is deleted first, and the new one made when it is gone: for what may never run twice.
   *
   * @param options when, and what is carried over
   * @throws if a time or a label key is none that Karmada takes
   */
  public static directly(options: ApplicationFailoverOptions = {}): ApplicationFailover {
    return new ApplicationFailover('Directly', options);
  }

  /**
   * The new copy is made at once, and the old one deleted when the new one is healthy or the time is up.
   *
   * @param options when, for how long, and what is carried over
   * @throws if a time or a label key is none that Karmada takes
   */
  public static gracefully(options: GracefulFailoverOptions = {}): ApplicationFailover {
    return new ApplicationFailover('Gracefully', options, options.gracePeriodSeconds ?? Duration.minutes(10));
  }

  /**
   * The new copy is made at once, and the old one stays until a person takes it away.
   *
   * @param options when, and what is carried over
   * @throws if a time or a label key is none that Karmada takes
   */
  public static never(options: ApplicationFailoverOptions = {}): ApplicationFailover {
    return new ApplicationFailover('Never', options);
  }

  private readonly wire: any;

  private constructor(purgeMode: string, options: ApplicationFailoverOptions, grace?: Duration) {
    const { tolerationSeconds = Duration.minutes(5), statePreservation: state } = options;
    const found: Trouble[] = [
      ...secondsTroubles('tolerationSeconds', tolerationSeconds, 0),
      ...(grace ? secondsTroubles('gracePeriodSeconds', grace, 1) : []),
      ...stateTroubles(state),
    ];
    if (found.length > 0) throw troubles(found);
    this.wire = {
      decisionConditions: { tolerationSeconds: tolerationSeconds.toSeconds() },
      purgeMode,
      ...(grace && { gracePeriodSeconds: grace.toSeconds() }),
      ...(state && { statePreservation: statePreservation(state) }),
    };
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}
