import { isIP } from '../../../src/core/private/addresses';
import { CommandError, ExitCode } from '../command-error';

/** What the host says about the way to an instance from outside. */
export interface WaysOut {
  readonly namespace: string;
  /** The Service that leads out; undefined when there is none. */
  readonly external?: any;
  /** Nodes of the host; undefined when they were not read. */
  readonly nodes?: readonly any[];
  /** What the certificate of the API server names. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** Where a kubeconfig points. */
export interface KarmadaAddress {
  readonly server: string;
  /** What the certificate is asked for instead of the host of `server`. */
  readonly tlsServerName?: string;
  /** By which way, in words. */
  readonly through: string;
}

/** Name of the Service that leads out, beside that of the components. */
export const EXTERNAL_SERVICE = 'karmada-apiserver-external';

/** The address that a user gave. */
export function givenAddress(server: string, ways: WaysOut): KarmadaAddress {
  let url: URL;
  try {
    url = new URL(server);
  } catch {
    throw noServer(server);
  }
  if (url.protocol !== 'https:' || url.pathname !== '/' || url.username) throw noServer(server);
  return named(server.replace(/\/$/, ''), 'the address that was given', ways);
}

/** On this machine, while somebody forwards the port. */
export function forwardedAddress(port: number, through: string): KarmadaAddress {
  return { server: `https://localhost:${port}`, through };
}

/** The address that the exposure of the instance gives it; undefined when it has none: it is reached by port-forward. */
export function exposedAddress(ways: WaysOut): KarmadaAddress | undefined {
  const { external } = ways;
  if (!external) return undefined;
  const [{ port, nodePort }] = external.spec.ports;
  if (external.spec.type === 'LoadBalancer') {
    const [ingress] = external.status?.loadBalancer?.ingress ?? [];
    const address = ingress?.hostname ?? ingress?.ip;
    if (!address) throw noAddress(ways, 'its load balancer has no address yet', 'wait until the host has given it one');
    return named(`https://${bracketed(address)}:${port}`, 'its load balancer', ways);
  }
  const node = nodeAddress(ways.nodes ?? []);
  if (!node || !nodePort) {
    const why = ways.nodes ? 'no node of the host is ready' : 'these credentials may not list nodes';
    throw noAddress(ways, `it is exposed by a port of every node (${nodePort}), and ${why}`, 'see to that');
  }
  return named(`https://${bracketed(node)}:${nodePort}`, 'a port of every node', ways);
}

/** Outside addresses are the better ones. */
function nodeAddress(nodes: readonly any[]): string | undefined {
  const ready = nodes.filter(({ status }) =>
    (status?.conditions ?? []).some((each: any) => each.type === 'Ready' && each.status === 'True'),
  );
  const addresses = ready.flatMap(({ status }) => status.addresses ?? []);
  const of = (type: string) => addresses.find((each: any) => each.type === type)?.address;
  return of('ExternalIP') ?? of('ExternalDNS') ?? of('InternalIP');
}

function named(server: string, through: string, ways: WaysOut): KarmadaAddress {
  const { dnsNames, ipAddresses } = ways;
  const host = new URL(server).hostname.replace(/^\[|\]$/g, '');
  const isNamed = isIP(host) ? ipAddresses.includes(host) : dnsNames.some((name) => covers(name, host));
  // the certificate is that of the API server all the same, by the name that pods call it
  return isNamed ? { server, through } : { server, through, tlsServerName: dnsNames[0] };
}

function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.split('.').slice(1).join('.') === name.slice(2));
}

function bracketed(address: string): string {
  return isIP(address) && address.includes(':') ? `[${address}]` : address;
}

function noServer(server: string): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `"${server}" is no address of an API server`,
      at: '--server',
      fix: 'write it like https://karmada.example.com:5443',
    },
  ]);
}

function noAddress({ namespace }: WaysOut, what: string, fix: string): CommandError {
  return new CommandError(ExitCode.FAILED, [
    {
      what: `there is no address for the kubeconfig: ${what}`,
      at: `host: Service/${namespace}/${EXTERNAL_SERVICE}`,
      fix: `${fix}; or give the address with --server, or use a port of this machine with --forward`,
    },
  ]);
}
