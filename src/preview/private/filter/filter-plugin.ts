import type { Binding } from '../binding';
import type { ClusterFacts } from '../cluster';

/** Asked for each cluster: the reason why it is not fit, in Karmada's words; undefined when it is. */
export type FilterPlugin = (cluster: ClusterFacts) => string | undefined;

/** Prepares a plugin for one binding. */
export type FilterFactory = (binding: Binding) => FilterPlugin;

/** What a plugin is that has nothing against any cluster: it is not asked at all. */
export const ACCEPTS_ALL: FilterPlugin = () => undefined;
