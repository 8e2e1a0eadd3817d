import { groupOf } from '../core/object-key';
import { isClusterScoped } from '../core/private/cluster-scoped';
import type { Objects } from './objects';
import { entries, record } from './read';

/** One rule of an override policy: for which clusters, and what it changes. */
export interface OverrideRule {
  readonly targetCluster: any;
  readonly overriders: any;
  /** Where `targetCluster` and `overriders` stand; with a dot at its end. */
  readonly path: string;
}

/** The rules of an override policy, those of the deprecated form too. */
export function overrideRulesOf(policy: any): OverrideRule[] {
  const { overrideRules, targetCluster, overriders } = record(policy.spec);
  const rules = entries(overrideRules);
  if (rules.length === 0) return [{ targetCluster, overriders: record(overriders), path: 'spec.' }];
  return rules.map(({ item, index }) => ({
    targetCluster: item.targetCluster,
    overriders: record(item.overriders),
    path: `spec.overrideRules[${index}].`,
  }));
}

/** The objects that a policy changes, where they are all in the input for certain: none where it may change others too. */
export function allOverriddenBy(objects: Objects, policy: any): readonly any[] {
  const selectors = entries(policy.spec?.resourceSelectors);
  const templates = objects.overriddenBy(policy);
  const isKnown = ({ apiVersion, kind, name, namespace }: any) =>
    Boolean(name) &&
    (policy.kind === 'OverridePolicy' || Boolean(namespace) || isClusterScoped(apiVersion, kind)) &&
    templates.some(
      (template) =>
        template.kind === kind &&
        groupOf(template.apiVersion) === groupOf(apiVersion) &&
        template.metadata.name === name &&
        (!namespace || template.metadata.namespace === namespace),
    );
  return selectors.length > 0 && selectors.every(({ item }) => isKnown(item)) ? templates : [];
}

/** The segments of a path of JSON Patch. */
export function segmentsOf(path: unknown): string[] {
  const [, ...segments] = String(path).split('/');
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(object: any, segments: readonly string[]): any {
  return segments.reduce(
    (at, segment) => (typeof at === 'object' && at !== null && Object.hasOwn(at, segment) ? at[segment] : undefined),
    object,
  );
}

/** The path of JSON Patch to something. */
export function pathOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
