import type { ClusterSelector } from '../core/cluster-selector';
import type { Overrider } from './overrider';

/** What differs on some clusters. */
export interface OverrideRule {
  /**
   * The clusters that it differs on.
   *
   * @default ClusterSelector.all()
   */
  readonly clusters?: ClusterSelector;

  /** What differs, at least one thing, applied in this order. */
  readonly overriders: Overrider[];
}
