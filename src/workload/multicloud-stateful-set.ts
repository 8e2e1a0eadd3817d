import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { Placement } from '../policy/placement';
import type { FederatedAutoscaler, FederatedAutoscalerOptions } from './federated-autoscaler';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { MulticloudRolloutProps } from './multicloud-rollout-props';
import type { MulticloudService, MulticloudServiceProps } from './multicloud-service';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { autoscaled } from './private/autoscaled';
import { claimMounts, claimTemplates, claimTroubles } from './private/claims';
import { countTroubles } from './private/counts';
import { exposed } from './private/expose';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { nameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { rolloutSpec, rolloutTroubles } from './private/rollout';

/** Kubernetes labels the pods with the name, a - and a hash of 10, and labels have 63 characters. */
const LONGEST_NAME = 52;

const STATEFUL_SET = { apiVersion: 'apps/v1', kind: 'StatefulSet' };

/** A volume of its own for each pod of a stateful set. */
export interface VolumeClaimTemplate {
  /** Name of the claim. The claims of the pods are called `<name>-<pod>`. */
  readonly name: string;

  /** How much storage each pod asks for. */
  readonly size: Size;

  /** Path at which a container finds it. */
  readonly mountPath: string;

  /**
   * Name of the container that mounts it.
   *
   * @default - the first container
   */
  readonly container?: string;

  /**
   * Storage class. Clusters often name theirs differently, so override it where they do.
   *
   * @default - each cluster's default class
   */
  readonly storageClass?: string;

  /**
   * Which nodes and pods may use it at once.
   *
   * @default - one node at a time, for reading and writing
   */
  readonly accessModes?: kplus.PersistentVolumeAccessMode[];
}

/** Options of `MulticloudStatefulSet`. */
export interface MulticloudStatefulSetProps extends MulticloudRolloutProps {
  /**
   * Name of the headless Service that gives each pod its DNS name. Karmada does not send it along: place it too.
   */
  readonly serviceName: string;

  /**
   * Number of pods: in each cluster when the placement duplicates, else in all clusters together. In each cluster they are
   * numbered from 0, so names repeat.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Volumes that each pod has of its own. They stay in their cluster: when pods move to another, their data does not.
   *
   * @default - none
   */
  readonly claims?: VolumeClaimTemplate[];

  /**
   * Whether pods start one after the other or all at once.
   *
   * @default - as Kubernetes does: one after the other
   */
  readonly podManagementPolicy?: kplus.PodManagementPolicy;

  /**
   * How pods are replaced: one by one, down to a number, or when somebody deletes them.
   *
   * @default - as Kubernetes does: one by one
   */
  readonly updateStrategy?: kplus.StatefulSetUpdateStrategy;

  /**
   * What becomes of the claims when the set is deleted or has fewer pods: `Retain` or `Delete`. Karmada has fewer pods in a
   * cluster whenever it moves some to another.
   *
   * @default - as Kubernetes does: both Retain
   */
  readonly persistentVolumeClaimRetentionPolicy?: kplus.k8s.StatefulSetPersistentVolumeClaimRetentionPolicy;
}

/**
 * A stateful set on several clusters: pods with names and volumes of their own.
 *
 * The policies have the name `<name>-statefulset`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { Size } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, MulticloudStatefulSet, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudStatefulSet(chart, 'queue', {
 *   serviceName: 'queue',
 *   replicas: 3,
 *   containers: [{ image: 'registry.example/queue:3.2.0', portNumber: 4222 }],
 *   claims: [{ name: 'data', size: Size.gibibytes(10), mountPath: '/var/lib/queue' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'paris') }),
 * });
 */
export class MulticloudStatefulSet extends Resource {
  /**
   * Sends out a stateful set that something else makes: any cdk8s-plus, an `Include`, a construct of your team. Its defaults stay.
   *
   * @param construct the stateful set, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no stateful set behind it, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudStatefulSet {
    return new MulticloudStatefulSet(construct as Construct, GIVEN, existing(construct, options, STATEFUL_SET));
  }

  /**
   * Sends out the stateful set in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML or does not hold one stateful set
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudStatefulSet {
    return new MulticloudStatefulSet(scope, id, fromYaml(props, STATEFUL_SET));
  }

  /**
   * Takes over a stateful set that runs on a member cluster already. Its pods go on running as they are.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the stateful set as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudStatefulSet {
    return new MulticloudStatefulSet(scope, id, adopted(props, STATEFUL_SET));
  }

  private readonly placement?: Placement;

  /** @throws if Kubernetes would refuse the stateful set; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudStatefulSetProps) {
    super(scope, id, props, draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props));
    this.placement = props.placement;
  }

  /**
   * Makes its Service, the headless one of `serviceName` and the ports of the containers. Karmada does not send Services along with workloads, so it goes to
   * every cluster that the stateful set may ever be on, fallback and overflow groups included.
   *
   * @param options what is different about the Service
   * @throws if the containers say no ports, or the pods are selected by more than labels
   */
  public exposeViaService(options: MulticloudServiceProps = {}): MulticloudService {
    return exposed(this, this.placement, options);
  }

  /**
   * Makes its autoscaler, which changes `replicas` by what the pods on all clusters use together. Where they go is still the
   * placement's decision, which should divide.
   *
   * @param options how many pods at most, and by which metrics
   * @throws if it has an autoscaler already, or Karmada would refuse it
   * @example
   * import { MulticloudStatefulSet, ScalingMetric, ScalingTarget } from 'cdk8s-karmada';
   *
   * declare const queue: MulticloudStatefulSet;
   *
   * const autoscaler = queue.autoscale({
   *   maxReplicas: 30,
   *   metrics: [ScalingMetric.cpu(ScalingTarget.averageUtilization(60))],
   * });
   * autoscaler.addSchedule({ name: 'morning', schedule: '0 8 * * MON-FRI', targetMinReplicas: 10 });
   */
  public autoscale(options: FederatedAutoscalerOptions): FederatedAutoscaler {
    return autoscaled(this, options);
  }
}

function draft(name: string, props: MulticloudStatefulSetProps): Draft {
  const { serviceName, replicas = 1, podManagementPolicy, updateStrategy } = props;
  return {
    ...STATEFUL_SET,
    name,
    spec: () => ({
      serviceName,
      replicas,
      podManagementPolicy,
      updateStrategy: updateStrategy && kplus.k8s.toJson_StatefulSetUpdateStrategy((updateStrategy as any)._toKube()),
      persistentVolumeClaimRetentionPolicy: kplus.k8s.toJson_StatefulSetPersistentVolumeClaimRetentionPolicy(
        props.persistentVolumeClaimRetentionPolicy,
      ),
      volumeClaimTemplates: claimTemplates(props),
      ...rolloutSpec(name, props, claimMounts(props)),
    }),
    troubles: [
      ...rolloutTroubles('stateful set', name, props, LONGEST_NAME),
      ...nameTroubles('service', serviceName).map((trouble) => ({
        ...trouble,
        fix: trouble.fix?.replace('`name`', '`serviceName`'),
      })),
      ...countTroubles({ replicas }),
      ...claimTroubles(props),
    ],
  };
}
