import { HttpIngressPathType } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { isDnsSubdomain, LABEL_RULE } from '../core/private/names';
import type { Trouble } from '../core/private/trouble';
import type { IngressBackend } from './ingress-backend';
import type { MulticloudResourceOptions, MulticloudResourceProps } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { objectNameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { twice, unless } from './private/unless';

const INGRESS = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };

/** Which requests go where. */
export interface IngressRoute {
  /**
   * Host of the request, such as `shop.example` or `*.shop.example`.
   *
   * @default - every host
   */
  readonly host?: string;

  /**
   * Path of the request.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default HttpIngressPathType.PREFIX
   */
  readonly pathType?: HttpIngressPathType;

  /** Where the requests go. */
  readonly backend: IngressBackend;
}

/** Which certificate is for which hosts. */
export interface IngressTls {
  /** Name of the Secret with certificate and key. It goes along with the ingress when Karmada has it (`autoPropagate`). */
  readonly secretName: string;

  /**
   * The hosts that the certificate is for.
   *
   * @default - the hosts of all routes
   */
  readonly hosts?: string[];
}

/** Options of `MulticloudIngress`. */
export interface MulticloudIngressProps extends MulticloudResourceProps {
  /** Which requests go where, at least one. */
  readonly routes: IngressRoute[];

  /**
   * Name of the ingress class. Where clusters have other ones, override it there.
   *
   * @default - the default class of each cluster
   */
  readonly className?: string;

  /**
   * Certificates.
   *
   * @default - none
   */
  readonly tls?: IngressTls[];
}

/**
 * An Ingress on several clusters: in each it leads to the services of that cluster.
 *
 * What is particular to a controller, such as session affinity by cookie, goes into `annotations`.
 *
 * @example
 * import { ClusterSelector, IngressBackend, MulticloudChart, MulticloudIngress, MulticloudService, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const web: MulticloudService;
 *
 * new MulticloudIngress(chart, 'web', {
 *   className: 'nginx',
 *   routes: [{ host: 'shop.example', backend: IngressBackend.service(web, 80) }],
 *   tls: [{ secretName: 'shop-certificate' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'paris') }),
 * });
 */
export class MulticloudIngress extends Resource {
  /**
   * Sends out an ingress that something else makes: any cdk8s-plus, an `Include`, a construct of your team.
   *
   * @param construct the ingress, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if it is none, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudIngress {
    return new MulticloudIngress(construct as Construct, GIVEN, existing(construct, options, INGRESS));
  }

  /**
   * Sends out the ingress in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML, or does not hold one ingress and nothing else
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudIngress {
    return new MulticloudIngress(scope, id, fromYaml(props, INGRESS));
  }

  /**
   * Takes over an ingress that a member cluster has already.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the ingress as it is there, and where it goes
   * @throws if it is none, or had better stay with its cluster
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudIngress {
    return new MulticloudIngress(scope, id, adopted(props, INGRESS));
  }

  /** @throws if Kubernetes would refuse the ingress; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudIngressProps) {
    const namespace = props.namespace ?? MulticloudChart._around(scope).namespace;
    super(scope, id, props, draftIn(props) ?? draft(props.name ?? id.toLowerCase(), namespace, props));
  }
}

function draft(name: string, namespace: string | undefined, props: MulticloudIngressProps): Draft {
  const { routes, className, tls } = props;
  return {
    ...INGRESS,
    name,
    spec: () => ({
      ingressClassName: className,
      rules: hostsOf(routes).map((host) => ({
        host,
        http: { paths: routes.filter((route) => route.host === host).map(pathOf) },
      })),
      tls: tls?.map(({ secretName, hosts = hostsOf(routes).flatMap((host) => host ?? []) }) => ({
        hosts: hosts.length > 0 ? hosts : undefined,
        secretName,
      })),
    }),
    troubles: [
      ...objectNameTroubles('an ingress', name),
      ...unless(routes.length > 0, '`routes` is empty', 'give one route or more'),
      ...routes.flatMap((route) => routeTroubles(route, namespace)),
      ...twice(routes.map(({ host = '*', path = '/', pathType = 'Prefix' }) => `${host}${path} (${pathType})`)).map(
        (route) => ({
          what: `two routes are for ${route}`,
          fix: 'leave one of them out',
        }),
      ),
      ...unless(
        className === undefined || isDnsSubdomain(className),
        `"${className}" cannot be the name of an ingress class`,
        `give a name of at most 253 characters: ${LABEL_RULE}`,
      ),
      ...(tls ?? []).flatMap(({ secretName, hosts = [] }) => [
        ...unless(
          isDnsSubdomain(secretName),
          `"${secretName}" cannot be the name of a Secret, and without one Karmada sends along nothing that the ingress needs`,
          'give the name of the Secret with the certificate',
        ),
        ...hosts.flatMap(hostTroubles),
      ]),
    ],
  };
}

function hostsOf(routes: readonly IngressRoute[]): (string | undefined)[] {
  return [...new Set(routes.map(({ host }) => host))];
}

function pathOf({ path = '/', pathType = HttpIngressPathType.PREFIX, backend }: IngressRoute): any {
  return { backend: backend._toKube(), path, pathType };
}

function routeTroubles({ host, path = '/', backend }: IngressRoute, namespace: string | undefined): Trouble[] {
  return [
    ...(host === undefined ? [] : hostTroubles(host)),
    ...unless(path.startsWith('/'), `the path "${path}" does not begin with /`, 'begin it with /'),
    ...backend._troubles(namespace),
  ];
}

function hostTroubles(host: string): Trouble[] {
  return unless(
    isDnsSubdomain(host.replace(/^\*\./, '')),
    `"${host}" cannot be a host`,
    'give a DNS name in lower case; * may stand for its first part',
  );
}
