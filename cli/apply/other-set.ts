import { keyText } from '../../src/core/object-key';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { METADATA_ONLY } from './contents';

/** The parent of a set that is not of the input, by name; undefined where it cannot be found. */
export async function parentOfSet(server: ApiServer, id: string, patience: Patience): Promise<string | undefined> {
  for (const [kind, plural] of [
    ['ConfigMap', 'configmaps'],
    ['Secret', 'secrets'],
  ]) {
    const query = { labelSelector: `applyset.kubernetes.io/id=${id}` };
    const request = { method: 'GET' as const, path: `/api/v1/${plural}`, query, accept: METADATA_ONLY };
    const response = await attempt(server, request, patience);
    const [found] = response.status === 200 ? (response.body?.items ?? []) : [];
    if (found) {
      const { namespace, name } = found.metadata;
      return keyText({ apiVersion: 'v1', kind, namespace, name });
    }
  }
  return undefined;
}
