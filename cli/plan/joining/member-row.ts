import { byName } from '../../../src/core/private/by-name';
import { PART_OF } from '../chart-input';
import { isCordoned, taintText } from './cordon';

/** A member cluster, as lists show it. */
export interface MemberRow {
  readonly name: string;
  /** `Push` or `Pull`. */
  readonly mode: string;
  /** `True`, `False` or `Unknown`, as its condition says; null when it has none. */
  readonly ready: string | null;
  /** Why it is not ready, in Karmada's word; null when it is, or when nothing is said. */
  readonly reason: string | null;
  /** Its Kubernetes; null until it has answered. */
  readonly version: string | null;
  readonly provider: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly cordoned: boolean;
  /** Those besides the cordon, as `kubectl taint` writes them. */
  readonly taints: readonly string[];
  /** It is deleted, and waits for what it holds to be taken away. */
  readonly leaving: boolean;
  /** A chart of the code owns it. */
  readonly inCode: boolean;
  /** When it joined; empty where the server does not say. */
  readonly created: string;
}

/** By name. */
export function memberRows(clusters: readonly any[]): MemberRow[] {
  return clusters.map(memberRow).sort((a, b) => byName(a.name, b.name));
}

function memberRow({ metadata, spec = {}, status = {} }: any): MemberRow {
  const ready = status.conditions?.find(({ type }: any) => type === 'Ready');
  const taints: readonly any[] = spec.taints ?? [];
  return {
    name: metadata.name,
    mode: spec.syncMode ?? '',
    ready: ready?.status ?? null,
    reason: ready && ready.status !== 'True' ? (ready.reason ?? null) : null,
    version: status.kubernetesVersion || null,
    provider: spec.provider ?? '',
    region: spec.region ?? '',
    zones: spec.zones ?? (spec.zone ? [spec.zone] : []),
    cordoned: isCordoned(taints),
    taints: taints.filter((taint) => !isCordoned([taint])).map(taintText),
    leaving: metadata.deletionTimestamp !== undefined,
    inCode: metadata.labels?.[PART_OF] !== undefined,
    created: metadata.creationTimestamp ?? '',
  };
}
