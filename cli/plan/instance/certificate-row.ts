import type { Trouble } from '../../../src/core/private/trouble';
import { ExitCode } from '../command-error';

export type CertificateState = 'ok' | 'renew due' | 'expired' | 'missing' | 'differs';

/** One Secret of a PKI plan. Nothing secret is in it. */
export interface CertificateRow {
  readonly secret: string;
  readonly kind: 'authority' | 'certificate' | 'key pair' | 'kubeconfig';
  /** Common name, as it is; as it is planned where there is none. Left out for a key pair. */
  readonly commonName?: string;
  readonly organizations?: readonly string[];
  /** Secret of the authority that signs it. Left out for an authority and a key pair. */
  readonly authority?: string;
  /** When it expires, in RFC 3339; left out where there is no certificate. */
  readonly expires?: string;
  readonly state: CertificateState;
  /** Of any other state than `ok`: what is due, or which field differs and how. */
  readonly why?: string;
  /** Workloads that mount it, as `Kind/name`; left out when they could not be read. */
  readonly mountedBy?: readonly string[];
  /** Those of them that start anew when it is renewed. */
  readonly restarts?: readonly string[];
}

/** All that is known of the keys and certificates of an instance. */
export interface CertificateReport {
  readonly instance: string;
  readonly namespace: string;
  readonly certificates: readonly CertificateRow[];
  /** What no command mends by itself. */
  readonly troubles: readonly Trouble[];
  /** Why it is not known who mounts what; left out when it is. */
  readonly unread?: string;
}

/** 4: something needs a person; 2: something is due; 10: a part could not be read. */
export function exitCodeOf({ certificates, troubles, unread }: CertificateReport): ExitCode {
  if (troubles.length) return ExitCode.FAILED;
  if (certificates.some(({ state }) => state !== 'ok')) return ExitCode.CHANGES;
  return unread === undefined ? ExitCode.OK : ExitCode.INCOMPLETE;
}

/** How far a day is, in words: `in 214 days`, `today`, `30 days ago`. */
export function daysFrom(now: number, expires: string): string {
  const days = Math.floor((Date.parse(expires) - now) / (24 * 60 * 60 * 1000));
  if (Date.parse(expires) <= now) return days === -1 ? 'today, over' : `${-days - 1} days ago`;
  return days === 0 ? 'today' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
}
