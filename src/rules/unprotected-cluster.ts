import { FindingLevel } from '../core/finding';
import type { ObjectRule } from './rule';

const LABEL = 'resourcetemplate.karmada.io/deletion-protected';

export const UNPROTECTED_CLUSTER: ObjectRule = {
  code: 'MC124',
  level: FindingLevel.WARNING,
  title: 'deletion protection of a Cluster',
  why: 'Clusters are served by karmada-aggregated-apiserver, which asks no webhook. Whoever may delete the Cluster deletes it, label or not, and Karmada takes everything off it.',
  fix: 'leave the label out, and let nobody delete Clusters who should not (RBAC)',
  see: 'cmd/aggregated-apiserver/app/options at v1.18.2',
  kinds: ['cluster.karmada.io/Cluster'],
  look: (cluster) =>
    cluster.metadata.labels?.[LABEL] === 'Always'
      ? [{ object: cluster, path: `metadata.labels["${LABEL}"]`, message: 'the label does not protect a Cluster' }]
      : [],
};
