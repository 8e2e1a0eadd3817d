import { nameTroubles } from '../core/private/cluster-names';
import { isDnsLabel, LABEL_RULE } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';

/** Options of `ServiceExposure.crossCluster`. */
export interface CrossClusterOptions {
  /**
   * Names of the clusters whose pods answer, such as `berlin.clusterName`.
   *
   * @default - every cluster, also those that join later
   */
  readonly providerClusters?: string[];

  /**
   * Names of the clusters that can call the service.
   *
   * @default - every cluster, also those that join later
   */
  readonly consumerClusters?: string[];
}

/** A port that is opened to the outside. */
export interface ExposurePort {
  /** Number of the port, as in the service. */
  readonly port: number;

  /**
   * Name of the port, as in the service.
   *
   * @default - the port has none
   */
  readonly name?: string;
}

/** Options of `ServiceExposure.loadBalancer`. */
export interface LoadBalancerOptions {
  /**
   * The ports that are opened.
   *
   * @default - all of the service
   */
  readonly ports?: ExposurePort[];
}

/**
 * From where a service can be reached, besides the clusters that it runs on.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/networking/v1alpha1/service_types.go
 * @example
 * import { ServiceExposure } from 'cdk8s-karmada';
 *
 * ServiceExposure.crossCluster({ providerClusters: ['berlin'], consumerClusters: ['paris', 'rome'] });
 */
export class ServiceExposure {
  /**
   * From other member clusters. Their pod networks have to be connected. Karmada opens every port of the service.
   *
   * @param options whose pods answer, and who may call
   * @throws if a list is empty or names what cannot be a cluster
   */
  public static crossCluster(options: CrossClusterOptions = {}): ServiceExposure {
    const { providerClusters, consumerClusters } = options;
    refuse([
      ...clusterTroubles('providerClusters', providerClusters),
      ...clusterTroubles('consumerClusters', consumerClusters),
    ]);
    return new ServiceExposure('CrossCluster', {
      ...(providerClusters && { providerClusters: named(providerClusters) }),
      ...(consumerClusters && { consumerClusters: named(consumerClusters) }),
    });
  }

  /**
   * From outside, through one load balancer for all clusters. Karmada itself makes none: a controller of the cloud does.
   *
   * @param options which ports
   * @throws if there is no port, or one that no service can have
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ServiceExposure {
    const { ports } = options;
    refuse(portTroubles(ports));
    return new ServiceExposure('LoadBalancer', {
      ...(ports && { ports: ports.map(({ name, port }) => ({ name, port })) }),
    });
  }

  private readonly wire: any;

  private constructor(type: string, rest: any) {
    this.wire = { types: [type], ...rest };
  }

  /**
   * The clusters that it spells out.
   *
   * @internal
   */
  public get _mentioned(): string[] {
    const { providerClusters = [], consumerClusters = [] } = this.wire;
    return [...providerClusters, ...consumerClusters].map(({ name }) => name);
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}

function named(clusters: readonly string[]): any[] {
  return [...new Set(clusters)].map((name) => ({ name }));
}

function clusterTroubles(prop: string, names: readonly string[] | undefined): Trouble[] {
  if (names?.length === 0) {
    return [
      {
        what: `\`${prop}\` is empty, which Karmada reads as every cluster`,
        fix: 'name one cluster or more, or leave it out to say every cluster',
      },
    ];
  }
  return (names ?? []).flatMap(nameTroubles);
}

function portTroubles(ports: readonly ExposurePort[] | undefined): Trouble[] {
  if (ports?.length === 0) {
    return [
      {
        what: '`ports` is empty, which Karmada reads as every port',
        fix: 'give one port or more, or leave it out to say every port',
      },
    ];
  }
  return (ports ?? []).flatMap(({ name, port }, index) => [
    ...(Number.isInteger(port) && port >= 1 && port <= 65535
      ? []
      : [{ what: `a port must be a whole number from 1 to 65535, got ${port}`, fix: 'give a port of the service' }]),
    ...(name === undefined || isDnsLabel(name)
      ? []
      : [{ what: `"${name}" cannot be the name of a port`, fix: `use at most 63 characters: ${LABEL_RULE}` }]),
    ...(name !== undefined && (ports ?? []).findIndex((other) => other.name === name) < index
      ? [{ what: `two ports have the name "${name}"`, fix: 'name each port once' }]
      : []),
  ]);
}

function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
