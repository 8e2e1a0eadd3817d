import { FindingLevel } from '../core/finding';
import { entries, record } from './read';
import type { ObjectRule } from './rule';

const SENSITIVE = ['ConfigMap', 'Secret'];

export const EVERYTHING_OF_A_KIND: ObjectRule = {
  code: 'MC049',
  level: FindingLevel.WARNING,
  title: 'a policy that sends out the Secrets of everybody',
  why: 'A ClusterPropagationPolicy that selects Secrets or ConfigMaps by nothing but their kind takes those of every namespace that Karmada does not keep for itself, also of teams that never meant to share them with a member cluster.',
  fix: 'select them by namespace, name or labels, or let them follow their workloads with propagateDeps',
  see: 'pkg/util/selector.go at v1.18.2',
  kinds: ['policy.karmada.io/ClusterPropagationPolicy'],
  look: (policy) =>
    entries(policy.spec?.resourceSelectors).flatMap(({ item, index }) => {
      const { matchLabels, matchExpressions } = record(item.labelSelector);
      const isLabelled = Object.keys(record(matchLabels)).length > 0 || entries(matchExpressions).length > 0;
      if (item.apiVersion !== 'v1' || !SENSITIVE.includes(item.kind)) return [];
      if (item.namespace || item.name || isLabelled) return [];
      const message = `it selects each ${item.kind} of every namespace`;
      return [{ object: policy, path: `spec.resourceSelectors[${index}]`, message }];
    }),
};
