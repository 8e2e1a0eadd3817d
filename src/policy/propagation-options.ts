import type { ApplicationFailover } from './application-failover';
import type { ClusterFailover } from './cluster-failover';
import type { Placement } from './placement';
import type { Suspension } from './suspension';

/** Whether a policy takes objects that another policy has already. */
export enum Preemption {
  /** It takes them from policies with a lower priority, where Karmada's gate `PropagationPolicyPreemption` is on. */
  ALWAYS = 'Always',
  /** It leaves them where they are. */
  NEVER = 'Never',
}

/** What happens when a member cluster already has an object that Karmada did not put there. */
export enum ConflictResolution {
  /** It stays as it is, and Karmada reports the conflict. */
  ABORT = 'Abort',
  /** Karmada takes it over and overwrites it. */
  OVERWRITE = 'Overwrite',
}

/** When a change of a policy takes effect. */
export enum ActivationPreference {
  /**
   * Only once the object itself changes. An object that was there before the policy is not sent out until then. Karmada calls
   * this experimental.
   */
  LAZY = 'Lazy',
}

/** What Karmada does when something fails on a member cluster. At least one of the two is needed. */
export interface Failover {
  /**
   * What happens when the application stays unhealthy on a cluster. What it refers to has to go along, so `autoPropagate` may
   * not be false.
   *
   * @default - it stays where it is
   */
  readonly application?: ApplicationFailover;

  /**
   * What happens to the copy on a cluster that Karmada evicts workloads from. It does not turn eviction on.
   *
   * @default - as Karmada's controller manager is told: it waits until the copy elsewhere is healthy
   */
  readonly cluster?: ClusterFailover;
}

/** How something is sent out: what every policy and everything that makes one can be told. */
export interface PropagationOptions {
  /**
   * Where it goes.
   *
   * @default Placement.duplicated()
   */
  readonly placement?: Placement;

  /**
   * Whether what the objects refer to goes along (`propagateDeps`): ConfigMaps, Secrets, service accounts, volume claims.
   * Services do not.
   *
   * @default - true for what makes its own policy, such as `MulticloudDeployment`, where `failover.application` is given, and
   * for a `ServiceImport`; otherwise false
   */
  readonly autoPropagate?: boolean;

  /**
   * Of several policies that select an object, the one with the highest priority takes it; a whole number, negative ones too.
   * A policy of the object's namespace always comes before a cluster policy.
   *
   * @default 0
   */
  readonly priority?: number;

  /**
   * Whether the policy takes objects that another one has already. `Preemption.ALWAYS` needs a name in every selector.
   *
   * @default Preemption.NEVER
   */
  readonly preemption?: Preemption;

  /**
   * Names of the override policies that have to exist before anything is sent out: of an `OverridePolicy` in the policy's
   * namespace, or for a `ClusterPropagationPolicy` of a `ClusterOverridePolicy`. While one is missing nothing is sent.
   *
   * @default - none besides those that the library makes itself, such as by `overrideOn`
   */
  readonly dependentOverrides?: string[];

  /**
   * Name of the scheduler that chooses the clusters. Karmada's own leaves alone what names another one, and the name of a
   * policy's scheduler can never be changed.
   *
   * @default 'default-scheduler'
   */
  readonly schedulerName?: string;

  /**
   * What happens when a member cluster already has an object that Karmada did not put there.
   *
   * @default ConflictResolution.ABORT
   */
  readonly conflictResolution?: ConflictResolution;

  /**
   * Whether the copies on member clusters stay when the object leaves Karmada or a cluster is no longer chosen. It holds for
   * all clusters.
   *
   * @default false
   */
  readonly preserveResourcesOnDeletion?: boolean;

  /**
   * When a change of the policy takes effect.
   *
   * @default - at once
   */
  readonly activationPreference?: ActivationPreference;

  /**
   * Where nothing is sent for now. Copies that are there stay as they are, and clusters are still chosen.
   *
   * @default - everything is sent
   */
  readonly suspension?: Suspension;

  /**
   * What Karmada does when the application or its cluster fails.
   *
   * @default - an application stays where it is; for clusters as Karmada's controller manager is told
   */
  readonly failover?: Failover;

  /**
   * Name of the Kubernetes PriorityClass on Karmada that says what is scheduled first. Karmada looks at it where its gate
   * `PriorityBasedScheduling` is on, for objects with a namespace.
   *
   * @default - first come, first served
   */
  readonly schedulePriority?: string;
}
