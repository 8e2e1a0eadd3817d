import type { ObjectKey } from '../../src/core/object-key';
import type { AcknowledgedFinding } from './finding-text';

/** The JSON of a preview; its format is fixed, other programs read it. */
export interface PreviewReport {
  readonly schema: '1';
  readonly resources: readonly PreviewedResource[];
  readonly unsupported: readonly { readonly resource: ObjectKey; readonly what: string }[];
  readonly findings: readonly PreviewFinding[];
}

/** A finding and the object that it is about, where it is about one. */
export type PreviewFinding = AcknowledgedFinding & { readonly resource?: ObjectKey };

/** A cluster; replicas are left out when there are none. */
export interface Share {
  readonly name: string;
  readonly replicas?: number;
}

/** What becomes of one resource template. */
export interface PreviewedResource {
  readonly resource: ObjectKey;
  /** The policy that wins; null when none claims it. */
  readonly policy: Omit<ObjectKey, 'apiVersion'> | null;
  readonly replicas: number;
  /** Null when nothing schedules it: claimed by no policy, or a dependency of another. */
  readonly scheduled: boolean | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly affinity: string | null;
  /** One when the decision is known; two when Karmada breaks a tie by a UID that is not known yet. */
  readonly outcomes: readonly Outcome[];
}

export interface Outcome {
  readonly clusters: readonly Share[];
  readonly requiredBy?: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly clusters: readonly Share[];
  }[];
  readonly suspended?: readonly string[];
  readonly rendered: { readonly [cluster: string]: readonly any[] };
}
