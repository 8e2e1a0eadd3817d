import { isIP, isIPRange } from '../core/private/addresses';
import { isDnsSubdomain } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';

/** What every way out has. */
export interface ApiServerExposureOptions {
  /**
   * More names and addresses that people and members reach the API server by: its certificate holds them. A name may begin
   * with `*.`.
   *
   * @default - those inside the host cluster, and localhost
   */
  readonly subjectAlternativeNames?: string[];
}

/** Options of `ApiServerExposure.nodePort`. */
export interface NodePortExposureOptions extends ApiServerExposureOptions {
  /**
   * The port on every node: 30000 to 32767 on most hosts.
   *
   * @default - the host chooses one
   */
  readonly nodePort?: number;
}

/** Options of `ApiServerExposure.loadBalancer`. */
export interface LoadBalancerExposureOptions extends ApiServerExposureOptions {
  /**
   * The port of the load balancer.
   *
   * @default 5443
   */
  readonly port?: number;

  /**
   * Which implementation of load balancers serves it.
   *
   * @default - the host's
   */
  readonly loadBalancerClass?: string;

  /**
   * Who may connect, as CIDRs.
   *
   * @default - everybody
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * Annotations that the load balancer reads. It must pass TLS through: clients are known by their certificates.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * How the Karmada API server is reached from outside the host cluster. The Service that the components use stays what it is:
 * a change of this changes no kubeconfig of theirs.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 * @example
 * import { ApiServerExposure } from 'cdk8s-karmada';
 *
 * ApiServerExposure.loadBalancer({ subjectAlternativeNames: ['karmada.example.com'] });
 */
export class ApiServerExposure {
  /**
   * Not at all: from outside, by port-forward, which the command does by itself.
   *
   * @throws if a name is none
   */
  public static clusterIp(options: ApiServerExposureOptions = {}): ApiServerExposure {
    return new ApiServerExposure('ApiServerExposure.clusterIp', options);
  }

  /**
   * By a port of every node.
   *
   * @throws if a name or the port is none
   */
  public static nodePort(options: NodePortExposureOptions = {}): ApiServerExposure {
    const at = 'ApiServerExposure.nodePort';
    return new ApiServerExposure(at, options, { type: 'NodePort' }, 5443, portTroubles(at, options), options.nodePort);
  }

  /**
   * By a load balancer of the host's cloud.
   *
   * @throws if a name, the port or a range is none
   */
  public static loadBalancer(options: LoadBalancerExposureOptions = {}): ApiServerExposure {
    const { loadBalancerClass, loadBalancerSourceRanges, port = 5443, annotations } = options;
    const at = 'ApiServerExposure.loadBalancer';
    const wrong = [
      ...portTroubles(at, { port }),
      ...(loadBalancerSourceRanges ?? [])
        .filter((range) => !isIPRange(range))
        .map((range) => ({
          what: `loadBalancerSourceRanges has "${range}", which is no CIDR`,
          at,
          fix: 'write it like 203.0.113.0/24',
        })),
    ];
    const spec = {
      type: 'LoadBalancer',
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
      ...(loadBalancerSourceRanges && { loadBalancerSourceRanges }),
    };
    return new ApiServerExposure(at, options, spec, port, wrong, undefined, annotations);
  }

  /** @internal */
  public readonly _dnsNames: readonly string[];
  /** @internal */
  public readonly _ipAddresses: readonly string[];

  private constructor(
    at: string,
    options: ApiServerExposureOptions,
    /**
     * What differs in the `spec` of the Service; undefined when there is none.
     *
     * @internal
     */
    public readonly _spec?: any,
    /** @internal */
    public readonly _port = 5443,
    wrong: readonly Trouble[] = [],
    /** @internal */
    public readonly _nodePort?: number,
    /** @internal */
    public readonly _annotations?: { readonly [key: string]: string },
  ) {
    const names = options.subjectAlternativeNames ?? [];
    this._ipAddresses = names.filter(isIP);
    this._dnsNames = names.filter((name) => !isIP(name));
    const nameless = this._dnsNames.filter((name) => !isDnsSubdomain(name.replace(/^\*\./, '')));
    const all = [
      ...nameless.map((name) => ({
        what: `subjectAlternativeNames has "${name}", which is neither a DNS name nor an IP address`,
        at,
        fix: 'write it like karmada.example.com or 203.0.113.7, without a scheme and a port',
      })),
      ...wrong,
    ];
    if (all.length) throw troubles(all);
  }
}

function portTroubles(at: string, ports: { readonly nodePort?: number; readonly port?: number }): Trouble[] {
  return Object.entries(ports)
    .filter(([name]) => name === 'nodePort' || name === 'port')
    .filter(([, port]) => port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
    .map(([name, port]) => ({
      what: `${name} must be a whole number, 1 to 65535, got ${port}`,
      at,
      fix: `leave it out${name === 'nodePort' ? ': the host chooses one that is free' : ' to use 5443'}`,
    }));
}
