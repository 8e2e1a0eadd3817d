import { Unreachable } from '../../../cli/apply/api-server';
import { instanceSnapshot } from '../../../cli/apply/instance/instance-snapshot';
import { type DoctorReport, examine } from '../../../cli/plan/instance/doctor/check';
import { INSTANCE_CHECKS } from '../../../cli/plan/instance/doctor/instance-checks';
import { type HostDoubleOptions, hostDouble } from './host-double';
import type { Installed } from './installed';

/** How the servers of an instance are when a doctor looks. */
export interface HostOptions {
  readonly host?: HostDoubleOptions;
  readonly karmada?: HostDoubleOptions;
  /** Karmada cannot be reached, and this is why. */
  readonly silent?: string;
  /** The clock of this machine. */
  readonly now?: () => number;
}

const OFFERED = 'POST /apis/policy.karmada.io/v1alpha1/namespaces/default/propagationpolicies';

/** What a doctor finds, and what it asked. */
export async function look(
  { host, karmada, hosted }: Installed,
  { host: hostOptions = {}, karmada: karmadaOptions = {}, silent, now = Date.now }: HostOptions = {},
): Promise<{ readonly report: DoctorReport; readonly asked: readonly string[] }> {
  const health = Object.fromEntries(
    [0, 1, 2].map((n) => [
      `GET /api/v1/namespaces/karmada-system/pods/etcd-${n}:2381/proxy/health`,
      [200, '{"health":"true","reason":""}'] as const,
    ]),
  );
  const hostServer = hostDouble(host, { ...hostOptions, answers: { ...health, ...hostOptions.answers } });
  const karmadaServer = hostDouble(karmada.map(renewed), {
    plane: 'karmada',
    ...karmadaOptions,
    answers: { 'GET /readyz': [200, 'readyz check passed'], [OFFERED]: [201, {}], ...karmadaOptions.answers },
  });
  const openKarmada = async () => {
    if (silent !== undefined) throw new Unreachable(silent);
    return karmadaServer;
  };
  const snapshot = await instanceSnapshot({ host: hostServer, hosted, openKarmada, now });
  return { report: examine(INSTANCE_CHECKS, snapshot), asked: [...hostServer.asked, ...karmadaServer.asked] };
}

function renewed(object: any): any {
  if (object.kind !== 'Lease') return object;
  return { ...object, spec: { renewTime: new Date().toISOString(), ...object.spec } };
}
