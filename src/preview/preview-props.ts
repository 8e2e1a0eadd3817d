import type { Fleet } from './fleet';

/** Which manifests a preview shows as the member clusters would receive them. */
export enum PreviewRender {
  /** None: only where things go. */
  NONE = 'none',
  /** Where a cluster receives something else than the template says, Karmada's own labels and annotations aside. A share of the replicas is such a change. */
  CHANGED = 'changed',
  /** All of them. */
  ALL = 'all',
}

/** What to preview. */
export interface PreviewProps {
  /** Your manifests, as `cdk8s synth` writes them or by hand: resources, policies, overrides, and Clusters that change the fleet. `List`s are taken apart. */
  readonly manifests: any[];

  /** The member clusters. */
  readonly fleet: Fleet;

  /**
   * Policies and overrides that other people keep on the same Karmada. They take part, and get no entry of their own.
   *
   * @default - nobody else has any
   */
  readonly existing?: any[];

  /**
   * ResourceBindings and ClusterResourceBindings that Karmada holds already: where things are now.
   *
   * @default - nothing is anywhere yet
   */
  readonly bindings?: any[];

  /**
   * UIDs of resources, by `Kind[.group]/namespace/name` (`Kind[.group]/name` where cluster-scoped). Karmada breaks ties by
   * them; without one a tie has two outcomes.
   *
   * @default - UIDs in the manifests and in the bindings
   */
  readonly uids?: { [key: string]: string };

  /**
   * What differs from Karmada's defaults in the control plane: `[<component>.]<flag>=<value>`.
   *
   * @default - what the instance in the manifests says, else the defaults of Karmada
   */
  readonly assume?: string[];

  /**
   * The instance to preview, where the manifests hold several.
   *
   * @default - the only one
   */
  readonly instance?: string;

  /**
   * The time now, in RFC 3339: a fleet that was read more than a day before is a finding.
   *
   * @default - how old the fleet is does not matter
   */
  readonly now?: string;

  /**
   * Which manifests to render.
   *
   * @default PreviewRender.ALL
   */
  readonly render?: PreviewRender;
}
