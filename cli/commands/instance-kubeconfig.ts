import { virtualClusterName } from '../../src/core/private/virtual-cluster';
import { get } from '../apply/live';
import { holdDoor } from '../apply/local-door';
import { readPages } from '../apply/pages';
import { clientCertificate } from '../apply/pki/client-certificate';
import type { PkiPlan } from '../apply/pki/plan';
import { type Gateway, PortForward } from '../apply/port-forward';
import { answerText } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import {
  EXTERNAL_SERVICE,
  exposedAddress,
  forwardedAddress,
  givenAddress,
  type KarmadaAddress,
  type WaysOut,
} from '../plan/instance/karmada-address';
import { type KubeconfigEntry, kubeconfigOf } from '../plan/instance/kubeconfig-entry';
import { kubeconfigText } from '../render/kubeconfig-text';
import type { Context } from './context';
import { milliseconds } from './duration';
import { type IssuedInstance, withIssued } from './issued-instance';
import { defaultKubeconfig, mergeKubeconfig, writeKubeconfig } from './kubeconfig-file';
import { formatTroubles } from './output-file';
import type { ServerOptions } from './servers';

export interface KubeconfigOptions extends Omit<ServerOptions, 'output'> {
  /** A file of its own. */
  readonly output?: string;
  /** A kubeconfig that may be there; true: the one that kubectl writes to. */
  readonly merge?: string | true;
  readonly print?: boolean;
  readonly validity: string;
  readonly user?: string;
  readonly group?: readonly string[];
  readonly server?: string;
  /** A port of this machine; true: that of the API server. */
  readonly forward?: string | true;
}

/** Port of the API server in its pods. */
const PORT = 5443;

/** Makes a kubeconfig with a certificate of its own, for a while; nothing is written to any cluster. */
export async function instanceKubeconfig(name: string, options: KubeconfigOptions, context: Context): Promise<number> {
  const validityMs = milliseconds(options.validity, '--validity');
  checkOptions(options, validityMs);
  return withIssued(name, { ...options, output: 'text' }, context, async (instance) => {
    const { plan, host } = instance;
    const { user, group: groups } = options;
    const now = new Date(context.now());
    const made = await clientCertificate(host, plan, { user, groups, validityMs }, now);
    const address = await addressOf(instance, options);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const entry: KubeconfigEntry = {
      name: virtualClusterName(plan.instance),
      cluster: {
        server: address.server,
        ...(address.tlsServerName ? { 'tls-server-name': address.tlsServerName } : {}),
        'certificate-authority-data': base64(made.authority),
      },
      user: { 'client-certificate-data': base64(made.certificate), 'client-key-data': base64(made.key) },
    };
    const where = write(entry, options, context);
    const forwarded = address.through === FORWARD;
    context.stderr.write(
      kubeconfigText({
        ...{ name: entry.name, where, user: made.user, groups: made.groups, nowMs: context.now() },
        expires: made.expires.toISOString(),
        address,
        hint: forwarded && options.forward === undefined ? portForwardHint(plan) : undefined,
      }),
    );
    if (options.forward !== undefined) await forward(instance, options, context);
    return ExitCode.OK;
  });
}

const FORWARD = 'port-forward';

/** Where it was written, in words. */
function write(entry: KubeconfigEntry, options: KubeconfigOptions, context: Context): string {
  if (options.print) {
    context.stdout.write(kubeconfigOf(entry));
    return 'standard output';
  }
  if (options.merge !== undefined) {
    const file = options.merge === true ? defaultKubeconfig(context) : options.merge;
    mergeKubeconfig(file, entry, context);
    return `${file}, beside what it had`;
  }
  const file = options.output ?? `${entry.name}.kubeconfig`;
  writeKubeconfig(file, entry, context);
  return file;
}

async function addressOf(
  { plan, host, patience }: IssuedInstance,
  options: KubeconfigOptions,
): Promise<KarmadaAddress> {
  if (options.forward !== undefined) return forwardedAddress(portOf(options), FORWARD);
  const { namespace } = plan;
  const serving = plan.certificates.find(({ secret }) => secret === 'karmada-apiserver-cert');
  const names = { namespace, dnsNames: serving?.dnsNames ?? [], ipAddresses: serving?.ipAddresses ?? [] };
  if (options.server !== undefined) return givenAddress(options.server, names);
  const key = { apiVersion: 'v1', kind: 'Service', namespace, name: EXTERNAL_SERVICE };
  const found = await get(host, { key, resource: { plural: 'services', namespaced: true } }, patience);
  if ('refused' in found) {
    throw new CommandError(ExitCode.DENIED, [
      {
        what: `how the instance is exposed cannot be read: ${answerText(key, found.refused)}`,
        at: `host: Service/${namespace}/${EXTERNAL_SERVICE}`,
        fix: 'give the address with --server, or get the right to read Services there',
      },
    ]);
  }
  const ways: WaysOut = { ...names, external: found.live };
  const listed = found.live?.spec.type === 'NodePort' && (await readPages(host, { path: '/api/v1/nodes' }, patience));
  const nodes = listed && 'items' in listed ? { nodes: listed.items } : {};
  const exposed = exposedAddress({ ...ways, ...nodes });
  return exposed ?? forwardedAddress(PORT, FORWARD);
}

/** Holds the port open until the command is interrupted. */
async function forward({ plan, host }: IssuedInstance, options: KubeconfigOptions, context: Context): Promise<void> {
  const way = new PortForward(host as Gateway, { namespace: plan.namespace, name: 'karmada-apiserver', port: PORT });
  await holdDoor(portOf(options), () => way.connect(), {
    signal: context.interrupts(),
    opened: (port) => context.stderr.write(`https://localhost:${port} leads to it until this command is interrupted\n`),
    failed: (why) => context.stderr.write(`warning: a connection could not be handed on: ${why}\n`),
  });
}

function portOf({ forward: port }: KubeconfigOptions): number {
  return port === true || port === undefined ? PORT : Number(port);
}

function portForwardHint({ namespace }: PkiPlan): string {
  return `run \`kubectl port-forward -n ${namespace} service/karmada-apiserver ${PORT}\` with the context of the host, or ask for --forward`;
}

function checkOptions(options: KubeconfigOptions, validityMs: number): void {
  const { output, merge, print, server, forward: port, user, group } = options;
  const wrong = [];
  if ([output, merge, print].filter((each) => each !== undefined).length > 1) {
    wrong.push({ what: '-o, --merge and --print are three places for one kubeconfig', fix: 'choose one of them' });
  }
  if (server !== undefined && port !== undefined) {
    wrong.push({ what: '--server and --forward are two addresses', fix: 'choose one of them' });
  }
  wrong.push(...formatTroubles(output, 'instance kubeconfig', 'write `-o east.kubeconfig`, or leave it out'));
  const number = Number(port);
  if (typeof port === 'string' && !(Number.isInteger(number) && number > 0 && number < 65536)) {
    wrong.push({ what: `"${port}" is no port`, at: '--forward', fix: 'write a number from 1 to 65535' });
  }
  if (validityMs < 60_000) {
    wrong.push({
      what: `"${options.validity}" is over at once`,
      at: '--validity',
      fix: 'ask for a minute or more, such as 8h',
    });
  }
  if (user === '' || group?.includes('')) {
    wrong.push({ what: 'a user or a group without a name', at: '--user, --group', fix: 'name it' });
  }
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
}
