import { Assumptions } from '../../admission/assumptions';
import type { KarmadaVersion } from '../../core/karmada-version';
import { type Trouble, troubles } from '../../core/private/trouble';

/** What of the controller manager's command line decides how fast a lost cluster is left, in seconds. */
export interface FailoverFlags {
  readonly probeEvery: number;
  readonly failureThreshold: number;
  readonly monitorEvery: number;
  readonly monitorGrace: number;
  readonly gracefulEviction: number;
  /** What one worker waits between two evictions. */
  readonly evictEvery: number;
  readonly purgeMode: string;
  /** What keeps it from evicting at all, as flags; empty when nothing does. */
  readonly missing: readonly string[];
  /** ClusterTaintPolicies are acted on. */
  readonly taints: boolean;
}

const UNITS: { readonly [unit: string]: number } = { ms: 0.001, s: 1, m: 60, h: 3600 };
const COMPONENT = 'controller-manager';
/** With a rate of 0 (pkg/controllers/cluster/dynamic_rate_limiter.go at v1.18.2). */
const SLOWEST_EVICTION = 1800;

/**
 * Reads them.
 *
 * @throws for each that is no duration, or no number
 */
export function failoverFlags(assume: readonly string[], version?: KarmadaVersion): FailoverFlags {
  const given = Assumptions.parse(assume, version);
  const wrong: Trouble[] = [];
  const seconds = (flag: string): number => {
    const text = given.flag(COMPONENT, flag);
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
    if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
      wrong.push({ what: `--${flag}=${text} is no duration`, fix: 'write one such as 90s, 10m or 1h30m' });
    }
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
  };
  const durations = {
    probeEvery: seconds('cluster-status-update-frequency'),
    failureThreshold: seconds('cluster-failure-threshold'),
    monitorEvery: seconds('cluster-monitor-period'),
    monitorGrace: seconds('cluster-monitor-grace-period'),
    gracefulEviction: seconds('graceful-eviction-timeout'),
  };
  const rate = Number(given.flag(COMPONENT, 'resource-eviction-rate'));
  if (!(rate >= 0)) {
    wrong.push({
      what: `--resource-eviction-rate=${given.flag(COMPONENT, 'resource-eviction-rate')} is no rate`,
      fix: 'write a number',
    });
  }
  const failover = given.gate(COMPONENT, 'Failover');
  const flags = {
    ...durations,
    evictEvery: rate === 0 ? SLOWEST_EVICTION : 1 / rate,
    purgeMode: given.flag(COMPONENT, 'no-execute-taint-eviction-purge-mode'),
    missing: [
      ...(failover ? [] : ['--feature-gates=Failover=true']),
      ...(given.enabled(COMPONENT, 'enable-taint-manager') ? [] : ['--enable-taint-manager=true']),
      ...(given.enabled(COMPONENT, 'enable-no-execute-taint-eviction')
        ? []
        : ['--enable-no-execute-taint-eviction=true']),
    ],
    taints: failover,
  };
  if (wrong.length > 0) throw troubles(wrong);
  return flags;
}
