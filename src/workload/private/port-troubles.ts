import * as kplus from 'cdk8s-plus-28';
import { portNameFault } from '../../admission/names';
import type { Trouble } from '../../core/private/trouble';
import { nameOf } from './container';
import { twice, unless } from './unless';

/** The ports of a container, however they were given. */
export function portsOf({ port, portNumber = port, ports = [] }: kplus.ContainerProps): kplus.ContainerPort[] {
  return [...(portNumber === undefined ? [] : [{ number: portNumber }]), ...ports];
}

/** What is wrong with the ports of one container. */
export function portTroubles(props: kplus.ContainerProps): Trouble[] {
  const who = `container "${nameOf(props)}"`;
  const ports = portsOf(props);
  if (ports.length === 0) return [];
  return [
    ...unless(
      props.port === undefined || props.portNumber === undefined,
      `${who} has both \`port\` and \`portNumber\``,
      'leave out `port`, which is the older name',
    ),
    ...ports
      .flatMap(({ number, hostPort = number }) => [...new Set([number, hostPort])])
      .filter((number) => !Number.isInteger(number) || number < 1 || number > 65535)
      .map((number) => ({
        what: `${who} has the port ${number}`,
        fix: 'give a whole number from 1 to 65535',
      })),
    ...ports.flatMap(({ name }) => {
      const fault = name === undefined ? undefined : portNameFault(name);
      return fault === undefined
        ? []
        : [{ what: `${who} has a port with the name "${name}"`, fix: `give it ${fault}` }];
    }),
    ...twice(ports.flatMap(({ name }) => name ?? [])).map((name) => ({
      what: `${who} has two ports with the name "${name}"`,
      fix: 'give one of them another name',
    })),
    ...twice(ports.map(({ number, protocol = kplus.Protocol.TCP }) => `${number}/${protocol}`)).map((port) => ({
      what: `${who} has the port ${port} twice`,
      fix: 'leave one of them out',
    })),
  ];
}

/** Two containers of a pod cannot have the same port of the node. */
export function hostPortTroubles(containers: readonly kplus.ContainerProps[], hostNetwork: boolean): Trouble[] {
  const ports = containers.flatMap(portsOf);
  if (ports.length === 0) return [];
  const taken = ports.flatMap(({ number, hostPort = hostNetwork ? number : 0, hostIp = '', protocol }) =>
    hostPort === 0 ? [] : [`${hostIp}${hostIp && ':'}${hostPort}/${protocol ?? kplus.Protocol.TCP}`],
  );
  return [
    ...twice(taken).map((port) => ({
      what: `two ports of the pod take the port ${port} of its node`,
      fix: 'give one of them another port',
    })),
    ...ports
      .filter(({ number, hostPort = number }) => hostNetwork && hostPort !== number)
      .map(({ number, hostPort }) => ({
        what: `port ${number} has \`hostPort\` ${hostPort}, and with \`hostNetwork\` the two are the same`,
        fix: 'leave `hostPort` out',
      })),
  ];
}
