import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { serviceNameFault } from '../admission/names';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { unknownClusters } from '../core/private/declared-clusters';
import { place } from '../core/private/place';
import { PlainObject } from '../core/private/plain-object';
import { strayTroubles } from '../core/private/stray';
import { type Trouble, troubles } from '../core/private/trouble';
import { ResourceSelector } from '../core/resource-selector';
import type { ServiceExposure } from './service-exposure';

/** Options of `MultiClusterService`. */
export interface MultiClusterServiceProps {
  /** The service: an object of the code, or the construct that makes it, such as a `MulticloudService`. */
  readonly service: IConstruct;

  /** From where it can be reached. Karmada does not let it change from one kind to the other. */
  readonly exposure: ServiceExposure;

  /**
   * Labels of the object.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Lets a service be reached from other member clusters, or from outside through one load balancer.
 *
 * It has the service's name and namespace, for so Karmada finds the two together. Exposed across clusters, Karmada sends the
 * service to every cluster that provides or consumes it. Its feature gate, MultiClusterService, is off by default.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/controllers/multiclusterservice/mcs_controller.go
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { MulticloudChart, MultiClusterService, ServiceExposure } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const service: ApiObject;
 *
 * new MultiClusterService(chart, 'everywhere', {
 *   service,
 *   exposure: ServiceExposure.crossCluster({ providerClusters: ['berlin'] }),
 * });
 */
export class MultiClusterService extends Construct {
  private readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: MultiClusterServiceProps) {
    super(scope, id);
    const { service: given, exposure, labels, annotations } = props;
    const chart = MulticloudChart._around(this);
    const service = ResourceSelector.of(given)._object as ApiObject;
    const found = [...serviceTroubles(service), ...strayTroubles(this, [service])];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'networking.karmada.io/v1alpha1',
      kind: 'MultiClusterService',
      metadata: { name: service.name, namespace: service.metadata.namespace, labels, annotations },
      spec: exposure._toKarmada(),
    });
    addCheck(this, () => unknownClusters(chart.instance, exposure._mentioned, () => place(this, this.object)));
  }

  /** Name of the object and of its service. */
  public get serviceName(): string {
    return this.object.name;
  }
}

function serviceTroubles({ apiVersion, kind, name }: ApiObject): Trouble[] {
  if (apiVersion !== 'v1' || kind !== 'Service') {
    return [{ what: `a ${kind} of ${apiVersion} is no Service`, fix: 'give the Service that is to be reached' }];
  }
  const fault = serviceNameFault(name);
  return fault
    ? [{ what: `"${name}" cannot be the name of a MultiClusterService`, fix: `name the Service with ${fault}` }]
    : [];
}
