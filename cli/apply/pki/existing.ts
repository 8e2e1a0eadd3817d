import { CommandError, ExitCode } from '../../plan/command-error';
import type { ApiServer } from '../api-server';
import type { Existing } from './decision';
import type { PkiPlan } from './plan';

/** The Secrets of a plan that are on the host. */
export async function readExisting(host: ApiServer, plan: PkiPlan): Promise<Existing> {
  const names = [...plan.authorities, ...plan.keyPairs, ...plan.certificates, ...plan.kubeconfigs].map(
    ({ secret }) => secret,
  );
  const found = await Promise.all(names.map(async (name) => [name, await readSecret(host, plan.namespace, name)]));
  return new Map(found.filter(([, secret]) => secret) as [string, any][]);
}

/** A Secret on the host; `undefined` when it is not there. */
export async function readSecret(host: ApiServer, namespace: string, name: string): Promise<any> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
  const { status, body } = await host.request({ method: 'GET', path });
  if (status === 200) return body;
  if (status === 404) return undefined;
  const denied = status === 401 || status === 403;
  throw new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `Secret "${name}" could not be read: ${body?.message ?? `status ${status}`}`,
      at: `host: Secret/${namespace}/${name}`,
      fix: denied ? `get the right to read Secrets of namespace ${namespace}` : 'try again',
    },
  ]);
}
