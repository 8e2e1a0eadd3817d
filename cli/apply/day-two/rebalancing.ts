import type { ObjectKey } from '../../../src/core/object-key';
import { CommandError, ExitCode } from '../../plan/command-error';
import { workloadRebalancer } from '../../plan/readiness/karmada-kinds';
import type { ApiServer } from '../api-server';
import { attempt, type Patience, pause } from '../attempt';
import { get } from '../live';
import { WRITE_MS } from '../write';
import { bindingOf, notAllowed, type Target } from './target';

const REBALANCER = { plural: 'workloadrebalancers', namespaced: false };
const REBALANCERS = '/apis/apps.karmada.io/v1alpha1/workloadrebalancers';
/** It removes itself this long after it is done. */
const TTL_SECONDS = 600;
const LOOK_MS = 500;

/** Replicas by cluster; null where the kind has none. */
export type Shares = { readonly [cluster: string]: number | null };

/** Where a workload was, and where it is to be. */
export interface Rebalanced {
  readonly key: ObjectKey;
  /** `Successful`, `Failed`, or nothing yet. */
  readonly result?: string;
  readonly reason?: string;
  readonly before: Shares;
  /** Left out while the scheduler has not decided anew. */
  readonly after?: Shares;
}

export interface Rebalancing {
  readonly rebalancer: string;
  readonly state: 'done' | 'open' | 'failed';
  readonly workloads: readonly Rebalanced[];
}

export interface RebalanceOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutMs: number;
}

/** Has workloads placed anew, as if they were new: by an object of one use, whose name nothing else has. */
export async function rebalance(
  server: ApiServer,
  targets: readonly Target[],
  { now, timeoutMs }: RebalanceOptions,
  patience: Patience,
): Promise<Rebalancing> {
  const end = now() + timeoutMs;
  const bindings = (): Promise<any[]> =>
    Promise.all(targets.map((target) => bindingOf(server, target, patience).then((each) => each ?? {})));
  const before = await bindings();
  const key = await create(server, targets, now(), patience);
  for (;;) {
    const found = await get(server, { key, resource: REBALANCER }, patience);
    if ('refused' in found) throw notAllowed(server, key, found.refused);
    const live = found.live ?? {};
    const readiness = found.live ? workloadRebalancer(live, {} as any) : undefined;
    const after = await bindings();
    const workloads = targets.map((target, i) => rebalanced(target, live, before[i], after[i]));
    const failed = workloads.some(({ result }) => result === 'Failed');
    const decided = workloads.every(({ result, after }) => result === 'Failed' || after);
    if (readiness?.state !== 'in-progress' && (failed || decided)) {
      return { rebalancer: key.name, state: failed ? 'failed' : 'done', workloads };
    }
    if (now() >= end) return { rebalancer: key.name, state: 'open', workloads };
    await pause(LOOK_MS, patience.signal);
  }
}

function rebalanced({ key }: Target, live: any, before: any, after: any): Rebalanced {
  const observed = (live.status?.observedWorkloads ?? []).find(
    ({ workload: { kind, namespace = '', name } }: any) =>
      kind === key.kind && namespace === key.namespace && name === key.name,
  );
  const { rescheduleTriggeredAt } = after.spec ?? {};
  const lastScheduled = after.status?.lastScheduledTime;
  const triggered = rescheduleTriggeredAt !== undefined && rescheduleTriggeredAt !== before.spec?.rescheduleTriggeredAt;
  const done = triggered && lastScheduled !== undefined && lastScheduled >= rescheduleTriggeredAt;
  return {
    key,
    ...(observed?.result ? { result: observed.result } : {}),
    ...(observed?.reason ? { reason: observed.reason } : {}),
    before: sharesOf(before),
    ...(done ? { after: sharesOf(after) } : {}),
  };
}

function sharesOf({ spec }: any): Shares {
  return Object.fromEntries((spec?.clusters ?? []).map(({ name, replicas = null }: any) => [name, replicas]));
}

async function create(
  server: ApiServer,
  targets: readonly Target[],
  at: number,
  patience: Patience,
): Promise<ObjectKey> {
  const name = `cdk8s-karmada-${at.toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`;
  const key = { apiVersion: 'apps.karmada.io/v1alpha1', kind: 'WorkloadRebalancer', namespace: '', name };
  const workloads = targets.map(({ key: { apiVersion, kind, namespace, name: each } }) => ({
    ...{ apiVersion, kind, name: each },
    ...(namespace ? { namespace } : {}),
  }));
  const body = {
    ...{ apiVersion: key.apiVersion, kind: key.kind, metadata: { name } },
    spec: { workloads, ttlSecondsAfterFinished: TTL_SECONDS },
  };
  const query = { fieldManager: 'cdk8s-karmada-rebalance', fieldValidation: 'Strict' };
  const request = { method: 'POST' as const, path: REBALANCERS, query, body, timeoutMs: WRITE_MS };
  const answer = await attempt(server, request, patience, key);
  if (answer.status === 404) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'this Karmada has no WorkloadRebalancer',
        at: server.url,
        fix: 'upgrade it to v1.11 or newer',
      },
    ]);
  }
  // of an attempt whose answer was lost
  if (answer.status === 409 && answer.body?.reason === 'AlreadyExists') return key;
  if (answer.status >= 300) throw notAllowed(server, key, answer);
  return key;
}
