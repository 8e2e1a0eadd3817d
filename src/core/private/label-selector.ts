import { isLabelKey, isLabelValue } from './names';

/**
 * Label selectors as apimachinery reads them: a malformed one selects nothing.
 *
 * Mirrors `staging/src/k8s.io/apimachinery/pkg/labels/selector.go` of Kubernetes v1.35.
 */

/** Whether the selector takes an object or a cluster with these labels. */
export type LabelMatch = (labels: { readonly [key: string]: string }) => boolean;

const NOTHING: LabelMatch = () => false;

/** One requirement; undefined when it is malformed. */
export function requirement(key: string, operator: string, values: readonly string[]): LabelMatch | undefined {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return undefined;
  const some = values.length > 0;
  switch (operator) {
    case 'In':
      return some ? (labels) => key in labels && values.includes(labels[key]) : undefined;
    case 'NotIn':
      return some ? (labels) => !(key in labels) || !values.includes(labels[key]) : undefined;
    case 'Exists':
      return some ? undefined : (labels) => key in labels;
    case 'DoesNotExist':
      return some ? undefined : (labels) => !(key in labels);
    default:
      return undefined;
  }
}

/** All of several requirements; nothing when one of them is malformed. */
export function allOf(requirements: readonly (LabelMatch | undefined)[]): LabelMatch {
  const known = requirements.filter((each) => each !== undefined);
  if (known.length < requirements.length) return NOTHING;
  return (labels) => known.every((each) => each(labels));
}

/** A whole `metav1.LabelSelector` that is present; `{}` selects everything. */
export function labelSelector(selector: any): LabelMatch {
  return allOf([
    ...Object.entries<string>(selector.matchLabels ?? {}).map(([key, value]) => requirement(key, 'In', [value])),
    ...(selector.matchExpressions ?? []).map((each: any) => requirement(each.key, each.operator, each.values ?? [])),
  ]);
}
