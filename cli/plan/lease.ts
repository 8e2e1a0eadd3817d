import type { Trouble } from '../../src/core/private/trouble';
import type { ChartInput } from './chart-input';

/** The lock of a chart: a Lease of the name of its record, beside it, so that two runs are never at one chart at once. */
export const LEASE_VERSION = 'coordination.k8s.io/v1';
/** A holder that has not been heard of for so long is gone. */
export const LEASE_SECONDS = 30;

/** Who has the lock of a chart, in the time of the server. */
export interface LeaseHolder {
  readonly name: string;
  readonly sinceMs: number;
  readonly renewedMs: number;
  /** When it is free if the holder stays silent. */
  readonly expiresMs: number;
}

/** Undefined when nobody has it. */
export function holderOf(lease: any): LeaseHolder | undefined {
  const { holderIdentity, acquireTime, renewTime, leaseDurationSeconds = LEASE_SECONDS } = lease?.spec ?? {};
  if (!holderIdentity) return undefined;
  const [sinceMs, renewedMs] = [acquireTime, renewTime].map((time) => Date.parse(time) || 0);
  return { name: holderIdentity, sinceMs, renewedMs, expiresMs: renewedMs + leaseDurationSeconds * 1000 };
}

/** The Lease as it is written. `holder`: undefined lets it go; `before`: as it was read; both times of the server. */
export function leaseOf(
  { parent: { key } }: ChartInput,
  holder: string | undefined,
  sinceMs: number,
  nowMs: number,
  before: any,
): any {
  const { resourceVersion } = before?.metadata ?? {};
  const changes = (before?.spec?.holderIdentity ?? '') !== (holder ?? '') && holder !== undefined;
  return {
    apiVersion: LEASE_VERSION,
    kind: 'Lease',
    metadata: { name: key.name, namespace: key.namespace, ...(resourceVersion ? { resourceVersion } : {}) },
    spec: {
      holderIdentity: holder ?? '',
      leaseDurationSeconds: LEASE_SECONDS,
      acquireTime: microTime(sinceMs),
      renewTime: microTime(nowMs),
      leaseTransitions: (before?.spec?.leaseTransitions ?? 0) + (changes ? 1 : 0),
    },
  };
}

/** Go reads these times only with six digits of a second. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

/** Why a run may not begin: who has the lock, how long, and when it would be free. */
export function lockedTrouble(
  chart: ChartInput,
  { name, sinceMs, renewedMs, expiresMs }: LeaseHolder,
  nowMs: number,
): Trouble {
  const { namespace, name: lease } = chart.parent.key;
  const [since, silent, left] = [nowMs - sinceMs, nowMs - renewedMs, expiresMs - nowMs].map(seconds);
  return {
    what: `another run has the lock of ${chart.path}: ${name}, for ${since}, last heard of ${silent} ago; nothing was written`,
    at: `${chart.plane}: Lease/${namespace}/${lease}`,
    fix: `wait until it ends; if it is gone the lock is free in ${left}, or now with --steal-lock`,
  };
}

function seconds(ms: number): string {
  return `${Math.max(0, Math.ceil(ms / 1000))} s`;
}
