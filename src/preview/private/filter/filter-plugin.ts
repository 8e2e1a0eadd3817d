import type { Binding } from '../binding';
import type { ClusterFacts } from '../cluster';

/** Asked for each cluster: the reason why it is not fit, in Karmada's words; undefined when it is. */
export type FilterPlugin = (cluster: ClusterFacts) => string | undefined;

/** Prepares a plugin for one binding. */
export type FilterFactory = (binding: Binding) => FilterPlugin;
