import type { ApiServer } from '../api-server';
import { type Patience, pause } from '../attempt';
import { readCluster } from './clusters';
import { stopIfAsked } from './writer';

/** What Karmada says of a member after a while. */
export interface Readiness {
  readonly ready: boolean;
  /** Why not, in Karmada's words. */
  readonly why?: string;
  readonly version?: string;
}

const POLL_MS = 500;

/** Waits until Karmada says that a member is ready, and gives the last that it said. */
export async function awaitReady(
  karmada: ApiServer,
  name: string,
  timeoutMs: number,
  patience: Patience,
): Promise<Readiness> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const said = readinessOf(await readCluster(karmada, name, patience));
    if (said.ready || performance.now() >= until) return said;
    stopIfAsked(patience);
    await pause(POLL_MS, patience.signal);
  }
}

function readinessOf(cluster: any): Readiness {
  if (!cluster) return { ready: false, why: 'its agent has made no Cluster' };
  const version = cluster.status?.kubernetesVersion || undefined;
  const condition = cluster.status?.conditions?.find(({ type }: any) => type === 'Ready');
  if (!condition) return { ready: false, why: 'Karmada says nothing of it' };
  if (condition.status === 'True') return { ready: true, version };
  const why = [condition.reason, condition.message].filter(Boolean).join(': ');
  return { ready: false, why: why || `its condition is ${condition.status}`, version };
}
