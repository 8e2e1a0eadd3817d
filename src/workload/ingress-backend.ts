import { type Trouble, troubles } from '../core/private/trouble';
import type { MulticloudService } from './multicloud-service';

/**
 * Where an ingress sends requests: a port of a service of its namespace.
 *
 * @example
 * import { IngressBackend, MulticloudService } from 'cdk8s-karmada';
 *
 * declare const web: MulticloudService;
 *
 * IngressBackend.service(web, 80);
 * IngressBackend.named('legacy', 8080);
 */
export class IngressBackend {
  /**
   * A port of a service of the code.
   *
   * @param service the service
   * @param port the port that it listens on
   * @throws if it has no such port
   */
  public static service(service: MulticloudService, port: number): IngressBackend {
    const { template } = service;
    const ports: any[] = template.toJson().spec?.ports ?? [];
    if (ports.some((each) => each.port === port)) {
      return new IngressBackend(template.name, port, template.metadata.namespace);
    }
    const known = ports.map((each) => each.port).join(', ') || 'none';
    throw troubles([
      {
        what: `service ${template.name} has no port ${port}`,
        at: service.node.path,
        fix: `give one of its ports: ${known}`,
      },
    ]);
  }

  /**
   * A port of a service that the code does not have.
   *
   * @param name name of the service
   * @param port the port that it listens on
   */
  public static named(name: string, port: number): IngressBackend {
    return new IngressBackend(name, port);
  }

  private constructor(
    private readonly name: string,
    private readonly port: number,
    private readonly namespace?: string,
  ) {}

  /** @internal */
  public _troubles(namespace: string | undefined): Trouble[] {
    const { name, port } = this;
    const isPort = Number.isInteger(port) && port >= 1 && port <= 65535;
    return [
      ...(isPort ? [] : [{ what: `${port} is no port`, fix: 'give a whole number from 1 to 65535' }]),
      ...(name === '' ? [{ what: 'the name of a service is empty', fix: 'give its name' }] : []),
      ...(this.namespace === undefined || this.namespace === namespace
        ? []
        : [
            {
              what: `service ${name} is in namespace "${this.namespace}", and an ingress reaches those of its own only, "${namespace}"`,
              fix: 'put both into one namespace',
            },
          ]),
    ];
  }

  /** @internal */
  public _toKube(): any {
    return { service: { name: this.name, port: { number: this.port } } };
  }
}
