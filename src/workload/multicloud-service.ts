import type { Duration } from 'cdk8s';
import type { ServicePort, ServiceType } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { MulticloudResourceOptions, MulticloudResourceProps } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { Resource } from './private/resource';
import { serviceDraft } from './private/service';

const SERVICE = { apiVersion: 'v1', kind: 'Service' };

/** Options of `MulticloudService`. */
export interface MulticloudServiceProps extends MulticloudResourceProps {
  /**
   * How it is reached. Kubernetes lets it change, but not every cluster follows without a new address.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * The ports, at least one; each of several needs a name. One with an external name may do without.
   *
   * @default - none
   */
  readonly ports?: ServicePort[];

  /**
   * Labels of the pods that it leads to, in each cluster those of that cluster.
   *
   * @default - none: somebody else says where it leads
   */
  readonly selector?: { [key: string]: string };

  /**
   * Whether it has no address of its own, so that its name gives the addresses of the pods (`clusterIP: None`).
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * Which load balancer serves it, for clusters with several. It cannot change later.
   *
   * @default - the default one of each cluster
   */
  readonly loadBalancerClass?: string;

  /**
   * From which addresses the load balancer is reached, such as `10.0.0.0/8`.
   *
   * @default - from everywhere
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * The DNS name that it stands for, when its type is `EXTERNAL_NAME`.
   *
   * @default - none
   */
  readonly externalName?: string;

  /**
   * How long requests of one client go to the same pod, from 1 second to 1 day.
   *
   * @default - they go to any pod
   */
  readonly sessionAffinity?: Duration;

  /**
   * Whether pods that are not ready get requests too. A headless service of a stateful set may need it.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;
}

/**
 * A Service on several clusters: in each it leads to the pods of that cluster.
 *
 * Workloads do not take their Services along, so send it wherever the pods may be, failover included. To reach pods of other
 * clusters, add a `MultiClusterService`.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudService, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudService(chart, 'web', {
 *   ports: [{ port: 80, targetPort: 8080 }],
 *   selector: { 'app.kubernetes.io/name': 'web' },
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'paris') }),
 * });
 */
export class MulticloudService extends Resource {
  /**
   * Sends out a service that something else makes: any cdk8s-plus, an `Include`, a construct of your team.
   *
   * @param construct the service, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if it is none, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudService {
    return new MulticloudService(construct as Construct, GIVEN, existing(construct, options, SERVICE));
  }

  /**
   * Sends out the service in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML, or does not hold one service and nothing else
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudService {
    return new MulticloudService(scope, id, fromYaml(props, SERVICE));
  }

  /**
   * Takes over a service that a member cluster has already.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the service as it is there, and where it goes
   * @throws if it is none, or had better stay with its cluster
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudService {
    return new MulticloudService(scope, id, adopted(props, SERVICE));
  }

  /** @throws if Kubernetes would refuse the service; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudServiceProps) {
    super(scope, id, props, draftIn(props) ?? serviceDraft(props.name ?? id.toLowerCase(), props));
  }
}
