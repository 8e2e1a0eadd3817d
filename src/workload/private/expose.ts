import type { ApiObject } from 'cdk8s';
import { Protocol, type ServicePort } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peekAt } from '../../core/private/plain-object';
import { type Trouble, troubles } from '../../core/private/trouble';
import type { Placement } from '../../policy/placement';
import { MulticloudService, type MulticloudServiceProps } from '../multicloud-service';

/** The Service of a workload: to its pods, by the ports of its containers, on every cluster that it may ever be on. */
export function exposed(
  workload: Construct & { readonly template: ApiObject },
  placement: Placement | undefined,
  options: MulticloudServiceProps,
): MulticloudService {
  const { kind, metadata, spec } = peekAt(workload.template);
  const { serviceName, selector = {}, template } = spec;
  const ports = options.ports ?? containerPorts(template.spec.containers);
  const isHeadless = kind === 'StatefulSet';
  const found = [
    ...(ports.length > 0 || (options.headless ?? isHeadless) ? [] : portTroubles(metadata.name)),
    ...(selector.matchExpressions && !options.selector ? selectorTroubles(metadata.name) : []),
  ];
  if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: workload.node.path })));
  return new MulticloudService(workload, options.name === undefined ? 'Service' : `Service-${options.name}`, {
    name: serviceName ?? metadata.name,
    namespace: metadata.namespace,
    selector: selector.matchLabels,
    placement: placement?._reach(),
    ...(isHeadless && { headless: true }),
    ...options,
    ports,
  });
}

/** Each port of the containers, by a name when there are several. */
function containerPorts(containers: readonly any[]): ServicePort[] {
  const ports = containers.flatMap((container) => container.ports ?? []);
  return ports.map(({ containerPort, name, protocol = 'TCP' }) => ({
    port: containerPort,
    targetPort: containerPort,
    ...((name !== undefined || ports.length > 1) && {
      name: name ?? `${protocol.toLowerCase()}-${containerPort}`,
    }),
    ...(protocol !== Protocol.TCP && { protocol }),
  }));
}

function portTroubles(name: string): Trouble[] {
  return [
    {
      what: `the containers of ${name} say no ports, so a service would lead nowhere`,
      fix: 'give `portNumber` or `ports` of a container, or `ports` here',
    },
  ];
}

function selectorTroubles(name: string): Trouble[] {
  return [
    {
      what: `the pods of ${name} are selected by expressions, which a service cannot do`,
      fix: 'give the labels of the pods in `selector`',
    },
  ];
}
