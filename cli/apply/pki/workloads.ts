import type { ObjectKey } from '../../../src/core/object-key';
import { answerText, classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { collectionPath } from '../discovery';
import { readPages } from '../pages';
import type { PkiPlan } from './plan';
import type { Workload } from './restart';

/** A kind whose objects have a pod template. */
export interface WorkloadKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

/** Kinds whose pods run on, so that they have to start anew. */
export const RUNNING: readonly WorkloadKind[] = [
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
];

/** Kinds whose pods read what there is each time. */
export const SCHEDULED: readonly WorkloadKind[] = [{ apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' }];

/** Those of the instance itself: what others run there with its certificates is theirs to restart. */
export async function readWorkloads(host: ApiServer, plan: PkiPlan, patience: Patience): Promise<Workload[]> {
  const labelSelector = `app.kubernetes.io/part-of=karmada,app.kubernetes.io/instance=${plan.instance}`;
  return (await Promise.all(RUNNING.map((kind) => list(host, kind, plan, patience, labelSelector)))).flat();
}

/** All workloads of these kinds in the namespace of an instance. */
export async function listWorkloads(
  host: ApiServer,
  plan: PkiPlan,
  kinds: readonly WorkloadKind[],
  patience: Patience,
): Promise<Workload[]> {
  return (await Promise.all(kinds.map((kind) => list(host, kind, plan, patience)))).flat();
}

async function list(
  host: ApiServer,
  { apiVersion, kind, plural }: WorkloadKind,
  { namespace }: PkiPlan,
  patience: Patience,
  labelSelector?: string,
): Promise<Workload[]> {
  const key = (name: string): ObjectKey => ({ apiVersion, kind, namespace, name });
  const path = collectionPath(apiVersion, { plural, namespaced: true }, namespace);
  const pages = await readPages(host, { path, ...(labelSelector ? { labelSelector } : {}) }, patience);
  if ('items' in pages)
    return pages.items.map((live) => ({ key: key(live.metadata.name), plural, live: { apiVersion, kind, ...live } }));
  if (pages.refused.status === 404) return [];
  const denied = classify(pages.refused) === 'forbidden';
  throw new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `which ${plural} mount keys and certificates cannot be read: ${answerText(key(''), pages.refused)}`,
      at: `host: ${path}`,
      fix: denied ? `get the right to list ${plural} in namespace ${namespace}` : 'try again',
    },
  ]);
}
