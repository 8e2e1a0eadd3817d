import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiServer } from './api-server';
import { flagOf } from './plane-choice';

const IDENTITY = '/api/v1/namespaces/kube-system';

/** UID of the namespace that is in every cluster, which is the cluster's; undefined for who may not read it. */
async function uidOf(server: ApiServer): Promise<string | undefined> {
  const { status, body } = await server.request({ method: 'GET', path: IDENTITY });
  return status === 200 ? body?.metadata?.uid : undefined;
}

/** Objects for pods of the host would run there, and the other way round would do nothing at all. */
export async function refuseOneServer(host: ApiServer, karmada: ApiServer): Promise<void> {
  const [one, other] = await Promise.all([uidOf(host), uidOf(karmada)]);
  const same = one && other ? one === other : host.url === karmada.url; // who may not read it is known by its URL
  if (!same) return;
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `the host and Karmada are one server: ${host.url}${host.url === karmada.url ? '' : ` is ${karmada.url}`}`,
      at: `host: ${host.name}; karmada: ${karmada.name}`,
      fix: `give the context of Karmada's own API server with ${flagOf('karmada')}, and that of the cluster that runs it with ${flagOf('host')}`,
    },
  ]);
}

/** A context can be given another cluster: whoever knows which one is meant says so, and every other one is refused. */
export async function refuseUnexpected(server: ApiServer, expected: readonly string[]): Promise<void> {
  const uid = await uidOf(server);
  if (uid !== undefined && expected.includes(uid)) return;
  const where = `${server.plane}: ${[server.name, server.url].filter(Boolean).join(', ')}`;
  throw new CommandError(uid === undefined ? ExitCode.DENIED : ExitCode.STALE, [
    uid === undefined
      ? {
          what: 'these credentials may not see which cluster this is',
          at: where,
          fix: 'let them get the Namespace kube-system, or leave --expect-cluster-uid out; nothing was written',
        }
      : {
          what: `this is the cluster ${uid}, and ${expected.join(' or ')} is expected`,
          at: where,
          fix: 'choose the context of the cluster that is meant, or correct --expect-cluster-uid; nothing was written',
        },
  ]);
}
