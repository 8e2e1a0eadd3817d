import { CommandError, ExitCode } from '../../plan/command-error';
import { isLoopback } from '../../plan/joining/reach';
import type { ApiServer } from '../api-server';
import { parseKubeconfig } from '../kubeconfig';
import { authorityOf } from './member-server';
import type { Writer } from './writer';

/** How an agent gets to Karmada. */
export interface Entrance {
  readonly server: string;
  /** PEM; empty: the authorities of whatever machine the agent is on. */
  readonly authority: string;
}

/**
 * What Karmada itself publishes of where it is, else what this command has used.
 *
 * @param said URL of Karmada as agents call it
 */
export async function entranceOf(karmada: Writer, server: ApiServer, said?: string): Promise<Entrance> {
  const published = await publishedBy(karmada);
  const url = said ?? published?.server ?? server.url;
  if (!/^https:\/\/[^/]/.test(url)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `"${url}" is no https URL`,
        at: '--karmada-endpoint',
        fix: 'write https://host:port, as the member calls Karmada',
      },
    ]);
  }
  const authority = published?.authority || ((await server.authority?.()) ?? '');
  return { server: url.replace(/\/+$/, ''), authority };
}

async function publishedBy(karmada: Writer): Promise<Partial<Entrance> | undefined> {
  const at = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-public', name: 'cluster-info' };
  const text = (await karmada.read(at))?.data?.kubeconfig;
  if (!text) return undefined;
  const { value = {} } = parseKubeconfig(text, 'karmada: ConfigMap/kube-public/cluster-info').clusters[0] ?? {};
  return {
    server: value.server || undefined,
    authority: authorityOf({ ...value, 'certificate-authority': undefined }),
  };
}

/**
 * What a person should know of the way.
 *
 * @param otherwise where another URL comes from
 */
export function entranceWarnings(
  { server, authority }: Entrance,
  otherwise = 'give one with --karmada-endpoint',
): string[] {
  const { hostname } = new URL(server);
  const inside = /\.svc(\.|$)/.test(hostname);
  return [
    ...(isLoopback(hostname) || inside
      ? [`${server} is no name that a member can reach, unless it runs there: ${otherwise}`]
      : []),
    ...(authority ? [] : ['nothing says which authority verifies Karmada: the agent goes by those of its image']),
  ];
}
