import { Protocol, ServiceType } from 'cdk8s-plus-28';
import {
  isDnsLabel,
  isDnsSubdomain,
  isLabelKey,
  isLabelValue,
  LABEL_KEY_RULE,
  LABEL_RULE,
  LABEL_VALUE_RULE,
} from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { MulticloudServiceProps } from '../multicloud-service';
import type { Draft } from './resource';
import { twice, unless } from './unless';

/** What Kubernetes takes as the name of a service: it is a name of the DNS. */
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const DAY = 86_400;

/** A service, out of its props. */
export function serviceDraft(name: string, props: MulticloudServiceProps): Draft {
  const { type = ServiceType.CLUSTER_IP, ports = [], selector, sessionAffinity } = props;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    name,
    spec: () => ({
      type,
      clusterIP: props.headless ? 'None' : undefined,
      externalName: props.externalName,
      loadBalancerClass: props.loadBalancerClass,
      loadBalancerSourceRanges: props.loadBalancerSourceRanges,
      ports:
        ports.length === 0
          ? undefined
          : ports.map(({ name, nodePort, port, protocol, targetPort }) => ({
              name,
              nodePort,
              port,
              protocol,
              targetPort,
            })),
      publishNotReadyAddresses: props.publishNotReadyAddresses,
      selector,
      ...(sessionAffinity && {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: sessionAffinity.toSeconds() } },
      }),
    }),
    troubles: [
      ...unless(
        NAME.test(name),
        `"${name}" cannot be the name of a service`,
        'give a `name` of at most 63 characters: lower case letters, digits and -, beginning with a letter and ending with a letter or a digit',
      ),
      ...typeTroubles(type, props),
      ...portTroubles(type, props),
      ...selectorTroubles(selector),
      ...affinityTroubles(props),
    ],
  };
}

function typeTroubles(type: ServiceType, props: MulticloudServiceProps): Trouble[] {
  const { externalName, headless, ports = [], selector = {} } = props;
  const isExternal = type === ServiceType.EXTERNAL_NAME;
  return [
    ...unless(
      isExternal || ports.length > 0 || headless === true,
      'a service needs a port, got none',
      'give one in `ports`',
    ),
    ...unless(
      !isExternal || isDnsSubdomain(externalName ?? ''),
      `a service of type ExternalName stands for "${externalName ?? ''}", which is no DNS name`,
      'give the DNS name in `externalName`',
    ),
    ...unless(
      isExternal || externalName === undefined,
      `\`externalName\` is "${externalName}", and the type is ${type}`,
      'give `type: ServiceType.EXTERNAL_NAME`, or leave `externalName` out',
    ),
    ...unless(
      !isExternal || Object.keys(selector).length === 0,
      'a service of type ExternalName leads to a DNS name, and it has a `selector`',
      'leave `selector` out',
    ),
    ...unless(
      !headless || type === ServiceType.CLUSTER_IP,
      `a headless service has no address, and the type ${type} needs one`,
      'leave out `headless` or `type`',
    ),
    ...(['loadBalancerClass', 'loadBalancerSourceRanges'] as const)
      .filter((prop) => props[prop] !== undefined && type !== ServiceType.LOAD_BALANCER)
      .map((prop) => ({
        what: `\`${prop}\` is given, and the type is ${type}`,
        fix: `give \`type: ServiceType.LOAD_BALANCER\`, or leave \`${prop}\` out`,
      })),
  ];
}

function portTroubles(type: ServiceType, { ports = [] }: MulticloudServiceProps): Trouble[] {
  const numbers = ports.flatMap(({ port, targetPort, nodePort }) => [port, targetPort ?? port, nodePort ?? port]);
  return [
    ...[...new Set(numbers)]
      .filter((number) => !Number.isInteger(number) || number < 1 || number > 65535)
      .map((number) => ({ what: `${number} is no port`, fix: 'give a whole number from 1 to 65535' })),
    ...ports.flatMap(({ name, port }) => {
      if (name === undefined) {
        return unless(
          ports.length === 1,
          `port ${port} has no name, and there are ${ports.length} ports`,
          'give each a `name`',
        );
      }
      return unless(
        isDnsLabel(name),
        `"${name}" cannot be the name of a port`,
        `use at most 63 characters: ${LABEL_RULE}`,
      );
    }),
    ...twice(ports.flatMap(({ name }) => name ?? [])).map((name) => ({
      what: `two ports have the name "${name}"`,
      fix: 'give one of them another name',
    })),
    ...twice(ports.map(({ port, protocol = Protocol.TCP }) => `${port}/${protocol}`)).map((port) => ({
      what: `the port ${port} is given twice`,
      fix: 'leave one of them out',
    })),
    ...ports
      .filter(
        ({ nodePort }) => nodePort !== undefined && ![ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER].includes(type),
      )
      .map(({ port }) => ({
        what: `port ${port} has a \`nodePort\`, and the type is ${type}`,
        fix: 'give `type: ServiceType.NODE_PORT`, or leave `nodePort` out',
      })),
  ];
}

function selectorTroubles(selector: { [key: string]: string } = {}): Trouble[] {
  return Object.entries(selector).flatMap(([key, value]) => [
    ...unless(isLabelKey(key), `"${key}" in \`selector\` cannot be the key of a label`, `use ${LABEL_KEY_RULE}`),
    ...unless(
      isLabelValue(value),
      `"${value}" in \`selector\` cannot be the value of a label`,
      `use ${LABEL_VALUE_RULE}`,
    ),
  ]);
}

function affinityTroubles({ sessionAffinity }: MulticloudServiceProps): Trouble[] {
  const seconds = sessionAffinity?.toSeconds({ integral: false }) ?? 1;
  return unless(
    Number.isInteger(seconds) && seconds >= 1 && seconds <= DAY,
    `\`sessionAffinity\` is ${seconds} s`,
    `give a whole number of seconds from 1 to ${DAY}`,
  );
}
