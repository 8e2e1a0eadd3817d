import { FindingLevel } from '../../src/core/finding';
import { keyOf, keyText } from '../../src/core/object-key';
import { Adviser, type AdviserProps } from '../../src/rules/adviser';
import { INPUT_RULES, OBJECT_RULES } from '../../src/rules/rules';

/** What one rule says of objects: the object and field, what is doubtful, what to do. */
export function advice(code: string, objects: readonly any[], props: AdviserProps = {}): string[] {
  const rule = [...OBJECT_RULES, ...INPUT_RULES].find((each) => each.code === code);
  if (!rule) throw new Error(`there is no rule ${code}`);
  return new Adviser(props)
    .advise(objects)
    .filter(({ finding }) => finding.code === code)
    .map(({ object, finding: { level, path, message, fix } }) => {
      if (level !== rule.level) throw new Error(`${code} is of level ${rule.level}`);
      const mark = level === FindingLevel.ERROR ? 'error ' : '';
      return `${mark}${keyText(keyOf(object))} ${path}: ${message}; ${fix}`;
    });
}

export interface PolicyParts {
  readonly name?: string;
  readonly placement?: any;
  readonly selectors?: readonly any[];
  readonly spec?: any;
}

/** A policy that sends the Deployment `web` somewhere. */
export function propagation({ name = 'web', placement, selectors, spec }: PolicyParts = {}): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'shop' },
    spec: {
      resourceSelectors: selectors ?? [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
      ...(placement && { placement }),
      ...spec,
    },
  };
}

/** An override policy for the Deployment `web`. */
export function overriding(rules: readonly any[], selectors?: readonly any[]): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      resourceSelectors: selectors ?? [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
      overrideRules: rules,
    },
  };
}

/** Any object in the namespace `shop`. */
export function object(apiVersion: string, kind: string, name: string, rest: any = {}): any {
  const { labels, annotations, ...others } = rest;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', ...(labels && { labels }), ...(annotations && { annotations }) },
    ...others,
  };
}

/** A deployment of one container. */
export function deployment(name = 'web', pod: any = {}, rest: any = {}): any {
  return object('apps/v1', 'Deployment', name, {
    ...rest,
    spec: {
      replicas: 3,
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image: 'registry.example/web:1.4.0' }], ...pod },
      },
    },
  });
}

export const DUPLICATED = { replicaSchedulingType: 'Duplicated' };
export const AGGREGATED = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' };
export const DYNAMIC = {
  replicaSchedulingType: 'Divided',
  replicaDivisionPreference: 'Weighted',
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};
export const STATIC = {
  replicaSchedulingType: 'Divided',
  replicaDivisionPreference: 'Weighted',
  weightPreference: { staticWeightList: [{ targetCluster: { clusterNames: ['east'] }, weight: 1 }] },
};
