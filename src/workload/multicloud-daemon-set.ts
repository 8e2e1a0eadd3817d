import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import type { Placement } from '../policy/placement';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { MulticloudRolloutProps } from './multicloud-rollout-props';
import type { MulticloudService, MulticloudServiceProps } from './multicloud-service';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { divisionTroubles } from './private/division';
import { exposed } from './private/expose';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { type Draft, Resource } from './private/resource';
import { rolloutSpec, rolloutTroubles } from './private/rollout';
import { unless } from './private/unless';

const DAEMON_SET = { apiVersion: 'apps/v1', kind: 'DaemonSet' };

/** Options of `MulticloudDaemonSet`. Its placement duplicates: a daemon set has no replicas that could be divided. */
export interface MulticloudDaemonSetProps extends MulticloudRolloutProps {
  /**
   * How pods are replaced: one after the other (`RollingUpdate`, with `maxUnavailable` or `maxSurge`), or when somebody deletes
   * them (`OnDelete`).
   *
   * @default - as Kubernetes does: one after the other
   */
  readonly updateStrategy?: kplus.k8s.DaemonSetUpdateStrategy;
}

/**
 * A daemon set on several clusters: one pod on each node of each cluster that the placement chooses.
 *
 * The policies have the name `<name>-daemonset`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudDaemonSet, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudDaemonSet(chart, 'log-agent', {
 *   containers: [{ image: 'registry.example/log-agent:2.1.0' }],
 *   tolerations: [{ operator: 'Exists' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.labels({ tier: 'edge' }) }),
 * });
 */
export class MulticloudDaemonSet extends Resource {
  /**
   * Sends out a daemon set that something else makes: any cdk8s-plus, an `Include`, a construct of your team. Its defaults stay.
   *
   * @param construct the daemon set, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no daemon set behind it, or it is sent out already, or the placement divides
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudDaemonSet {
    return new MulticloudDaemonSet(construct as Construct, GIVEN, existing(construct, options, DAEMON_SET));
  }

  /**
   * Sends out the daemon set in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML or does not hold one daemon set, or the placement divides
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudDaemonSet {
    return new MulticloudDaemonSet(scope, id, fromYaml(props, DAEMON_SET));
  }

  /**
   * Takes over a daemon set that runs on a member cluster already. Its pods go on running as they are.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the daemon set as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew, or the placement divides
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudDaemonSet {
    return new MulticloudDaemonSet(scope, id, adopted(props, DAEMON_SET));
  }

  private readonly placement?: Placement;

  /** @throws if the placement divides or Kubernetes would refuse the daemon set; the error names everything that is wrong */
  constructor(scope: Construct, id: string, props: MulticloudDaemonSetProps) {
    super(scope, id, props, checked(draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props), props));
    this.placement = props.placement;
  }

  /**
   * Makes its Service, with the daemon set's name and the ports of the containers. Karmada does not send Services along with workloads, so it goes to
   * every cluster that the daemon set may ever be on, fallback and overflow groups included.
   *
   * @param options what is different about the Service
   * @throws if the containers say no ports, or the pods are selected by more than labels
   */
  public exposeViaService(options: MulticloudServiceProps = {}): MulticloudService {
    return exposed(this, this.placement, options);
  }
}

/** Wherever the daemon set comes from, Karmada does not divide it. */
function checked(draft: Draft, props: MulticloudResourceOptions): Draft {
  return {
    ...draft,
    troubles: [...draft.troubles, ...divisionTroubles('daemon set', props, 'it runs on every node of each cluster')],
  };
}

function draft(name: string, props: MulticloudDaemonSetProps): Draft {
  const { updateStrategy } = props;
  return {
    ...DAEMON_SET,
    name,
    spec: () => ({
      updateStrategy: kplus.k8s.toJson_DaemonSetUpdateStrategy(updateStrategy),
      ...rolloutSpec(name, props),
    }),
    troubles: [...rolloutTroubles('daemon set', name, props), ...strategyTroubles(updateStrategy)],
  };
}

/** Mirrors pkg/apis/apps/validation of Kubernetes v1.35. */
function strategyTroubles(strategy: kplus.k8s.DaemonSetUpdateStrategy = {}): Trouble[] {
  const { type = 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } = {} } = strategy;
  const [surge, unavailable] = [maxSurge?.value ?? 0, maxUnavailable?.value ?? 1].map((value) =>
    parseInt(`${value}`, 10),
  );
  return [
    ...unless(
      ['RollingUpdate', 'OnDelete'].includes(type),
      `\`updateStrategy\` has the type "${type}"`,
      'give RollingUpdate or OnDelete',
    ),
    ...unless(
      surge > 0 !== unavailable > 0,
      surge > 0
        ? '`updateStrategy` has a `maxSurge` and a `maxUnavailable` that is not 0'
        : '`updateStrategy` has neither `maxSurge` nor `maxUnavailable`, so no pod could be replaced',
      'give one of the two, and 0 for the other',
    ),
  ];
}
