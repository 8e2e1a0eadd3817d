import type { ObjectKey } from '../../src/core/object-key';
import type { FailoverTimeline } from '../../src/preview/failover-timeline';
import type { AcknowledgedFinding } from './finding-text';

/** The JSON of a preview; its format is fixed, other programs read it. */
export interface PreviewReport {
  readonly schema: '1';
  readonly resources: readonly PreviewedResource[];
  readonly unsupported: readonly { readonly resource: ObjectKey; readonly what: string }[];
  readonly findings: readonly PreviewFinding[];
  /** Resources that several policies select. */
  readonly collisions?: readonly Collision[];
  /** Propagation and override policies of the input that match nothing. */
  readonly idle?: readonly PolicyRef[];
  /** What everything that is placed asks of each cluster that tells its capacity. */
  readonly capacity?: readonly ClusterCapacity[];
  /** What happens when a cluster of the resource that was asked for is lost. */
  readonly failover?: { readonly resource: string; readonly clusters: readonly FailoverTimeline[] };
}

/** A policy by name. */
export type PolicyRef = Omit<ObjectKey, 'apiVersion'>;

/** A resource that several policies select. */
export interface Collision {
  readonly resource: ObjectKey;
  /** The policy that claims it. */
  readonly policy: PolicyRef;
  /** The policy that would take over if that were deleted. */
  readonly next: PolicyRef;
}

/** What is asked of one resource of a cluster, as Kubernetes quantities. */
export interface ClusterCapacity {
  readonly cluster: string;
  readonly resource: string;
  /** By all replicas that are placed there. */
  readonly asked: string;
  /** By those that are not there yet, by the bindings that were given. */
  readonly more: string;
  readonly free: string;
  readonly allocatable: string;
  /** Whether `more` fits into what is free. */
  readonly fits: boolean;
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
  readonly policy: PolicyRef | null;
  readonly replicas: number;
  /** Null when nothing schedules it: claimed by no policy, or a dependency of another. */
  readonly scheduled: boolean | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly affinity: string | null;
  /** One when the decision is known; two when Karmada breaks a tie by a UID that is not known yet. */
  readonly outcomes: readonly Outcome[];
  /** Only where free capacity decides: when the fleet was read, or null when it does not say. */
  readonly asOf?: string | null;
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
