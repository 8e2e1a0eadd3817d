import type { ObjectKey } from '../../../src/core/object-key';
import { CommandError, ExitCode } from '../../plan/command-error';
import { CLUSTERS } from '../../plan/fleet-record';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { notAllowed } from '../day-two/target';
import type { Resource } from '../discovery';
import { listAll } from '../listing';
import { get } from '../live';

export const CLUSTER: Resource = { plural: CLUSTERS.plural, namespaced: false };

export function clusterKey(name: string): ObjectKey {
  return { apiVersion: CLUSTERS.apiVersion, kind: CLUSTERS.kind, namespace: '', name };
}

/** All members of a Karmada. */
export async function listClusters(karmada: ApiServer, patience: Patience): Promise<any[]> {
  const clusters = await listAll(karmada, CLUSTERS, patience);
  if (!clusters) throw noKarmada(karmada);
  return clusters;
}

export function noKarmada({ url }: ApiServer): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: 'this server has no Clusters of cluster.karmada.io: it is no Karmada',
      at: url,
      fix: "give the context of Karmada's own API server with --karmada-context, not that of its host",
    },
  ]);
}

/** One member; undefined when there is none of that name. */
export async function readCluster(karmada: ApiServer, name: string, patience: Patience): Promise<any> {
  const found = await get(karmada, { key: clusterKey(name), resource: CLUSTER }, patience);
  if ('refused' in found) throw notAllowed(karmada, clusterKey(name), found.refused);
  return found.live;
}
