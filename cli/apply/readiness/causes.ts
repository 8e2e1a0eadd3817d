import { groupOf } from '../../../src/core/object-key';
import { printable } from '../../plan/answer';
import { stuckPods } from '../../plan/readiness/pod-causes';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import type { Wanted } from '../live';

/** Causes that are told of one object. */
const MOST = 3;
const PODS = new Set(['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'ReplicaSet.apps', 'Job.batch']);

/** Why the pods of a workload on the host do not run: one line for each cause, however many pods have it. */
export async function podCauses(
  server: ApiServer,
  { key }: Wanted,
  live: any,
  patience: Patience,
): Promise<readonly string[]> {
  const labels = live?.spec?.selector?.matchLabels;
  if (!PODS.has(`${key.kind}.${groupOf(key.apiVersion)}`) || !labels) return [];
  const labelSelector = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const path = `/api/v1/namespaces/${encodeURIComponent(key.namespace)}/pods`;
  const response = await attempt(
    server,
    { method: 'GET', path, query: { labelSelector, limit: '100' } },
    patience,
    key,
  );
  if (response.status !== 200) return [];
  return stuckPods(response.body.items ?? [])
    .slice(0, MOST)
    .map(printable);
}

/** Warnings that were recorded about an object, the newest of each kind. */
export async function eventCauses(
  server: ApiServer,
  { key }: Wanted,
  live: any,
  patience: Patience,
): Promise<readonly string[]> {
  // what is said about a Secret may hold a part of it
  if (!live?.metadata?.uid || (key.kind === 'Secret' && key.apiVersion === 'v1')) return [];
  const fieldSelector = `involvedObject.uid=${live.metadata.uid},type=Warning`;
  const path = `/api/v1/namespaces/${encodeURIComponent(key.namespace || 'default')}/events`;
  const response = await attempt(
    server,
    { method: 'GET', path, query: { fieldSelector, limit: '100' } },
    patience,
    key,
  );
  if (response.status !== 200) return [];
  const newest = [...(response.body.items ?? [])].sort((a, b) => (when(a) < when(b) ? 1 : -1));
  const byReason = new Map<string, string>();
  for (const { reason, message } of newest) {
    if (!byReason.has(reason)) byReason.set(reason, printable(`${reason}: ${message}`));
  }
  return [...byReason.values()].slice(0, MOST);
}

function when({ lastTimestamp, eventTime, metadata }: any): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}
