import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import type { Overrider } from '../policy/overrider';
import type { PropagationOptions } from '../policy/propagation-options';
import type { IPropagationPolicy } from '../policy/propagation-policy';

/** What everything that goes to member clusters with policies of its own can be told, also when something else makes the object. */
export interface MulticloudResourceOptions extends PropagationOptions {
  /**
   * What people should know about the object, in at most 512 characters. Consoles of Karmada show it.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether Karmada refuses to delete the object. It does not protect the copies on member clusters.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/** Options of everything that makes an object and goes to member clusters with policies of its own. */
export interface MulticloudResourceProps extends MulticloudResourceOptions {
  /**
   * Name of the object.
   *
   * @default - the construct's id, in lower case
   */
  readonly name?: string;

  /**
   * Namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the object itself.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object itself.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Something that goes to member clusters: the object, the policy that says where it goes, and what differs there. */
export interface IMulticloudResource extends IConstruct {
  /** The object itself, for patches. Overrides are looked up in what it becomes. */
  readonly template: ApiObject;

  /** The policy that says where it goes. */
  readonly propagation: IPropagationPolicy;

  /** Name of the policies that belong to it. */
  readonly policyName: string;

  /**
   * Makes it differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * Nothing goes out before the differences are known to Karmada.
   *
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if there are no overrides
   */
  overrideOn(clusters: ClusterSelector, ...overriders: Overrider[]): void;
}
