import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupOf } from '../object-key';
import { acknowledgedFor, hasAcknowledged } from './acknowledged';
import { isClusterScoped, isDeclaredClusterScoped } from './cluster-scoped';
import { FixedObject } from './fixed-object';
import { ACKNOWLEDGED, DEPENDS_ON, PATH, WAVE } from './keys';
import { peekAt } from './plain-object';
import { isElsewhere, type Target, within } from './target-registry';

/** What cdk8s keeps of an object's metadata and gives no setter for. */
interface Metadata {
  readonly annotations: { [key: string]: string };
  namespace?: string;
}

/**
 * Writes into each object what the command has to know: its path, its wave, what it depends on, its namespace, what
 * was acknowledged. It runs when cdk8s validates, the one moment before rendering that every way of synthesizing has, and may run again.
 *
 * @param constructs the chart and all below it that belongs to the target
 * @returns the objects of the target that are not the target's own records
 */
export function stamp(target: Target, constructs: readonly IConstruct[]): ApiObject[] {
  const objects = objectsAmong(constructs);
  const custom = customClusterScoped(objects);
  const anyAcknowledged = hasAcknowledged(target.chart);
  for (const object of objects) {
    const metadata = metadataOf(object);
    metadata.annotations[PATH] = object.node.path;
    metadata.annotations[WAVE] ??= String(target.wave);
    const acknowledged = anyAcknowledged && acknowledgedFor(object);
    if (acknowledged) metadata.annotations[ACKNOWLEDGED] = JSON.stringify(acknowledged);
    if (isWithoutNamespace(object, custom)) {
      // cdk8s gives the chart's namespace to every object
      metadata.namespace = undefined;
    } else {
      metadata.namespace ??= target.chart.namespace;
    }
  }
  for (const [object, dependencies] of dependenciesOf(target, constructs, new Set(objects))) {
    const { annotations } = metadataOf(object);
    const before = annotations[DEPENDS_ON]?.split(',') ?? [];
    annotations[DEPENDS_ON] = [...new Set([...before, ...dependencies.map(reference)])].join(',');
    object.node.addDependency(...dependencies);
  }
  return objects;
}

/** Whether an object was stamped and has no namespace: so it is cluster-scoped, also where only the chart defines its kind. */
export function isStampedClusterScoped(object: ApiObject): boolean {
  const { annotations, namespace } = metadataOf(object);
  return annotations[PATH] !== undefined && namespace === undefined;
}

/** The objects among constructs that are not the target's own records. */
export function objectsAmong(constructs: readonly IConstruct[]): ApiObject[] {
  return constructs.filter((found): found is ApiObject => ApiObject.isApiObject(found) && !FixedObject.is(found));
}

/** Whether an object has no namespace, given the custom kinds that have none. */
export function isWithoutNamespace(object: ApiObject, custom: ReadonlySet<string>): boolean {
  const { apiVersion, kind } = object;
  return (
    isClusterScoped(apiVersion, kind) || isDeclaredClusterScoped(object) || custom.has(`${groupOf(apiVersion)}/${kind}`)
  );
}

function metadataOf(object: ApiObject): Metadata {
  return object.metadata as unknown as Metadata;
}

/** Kinds that definitions in the same chart make cluster-scoped, as `group/kind`. */
export function customClusterScoped(objects: readonly ApiObject[]): Set<string> {
  return new Set(
    objects
      .filter(
        ({ kind, apiVersion }) => kind === 'CustomResourceDefinition' && groupOf(apiVersion) === 'apiextensions.k8s.io',
      )
      .map((object) => peekAt(object).spec)
      .filter((spec) => spec?.scope === 'Cluster')
      .map((spec) => `${spec.group}/${spec.names?.kind}`),
  );
}

/**
 * The explicit dependencies between a target's objects. Those that leave a chart are left out: another server has no such object,
 * and cdk8s invents them between a chart and the charts in it.
 */
function dependenciesOf(
  target: Target,
  constructs: readonly IConstruct[],
  own: ReadonlySet<ApiObject>,
): Map<ApiObject, ApiObject[]> {
  const found = new Map<ApiObject, ApiObject[]>();
  for (const construct of constructs) {
    for (const dependency of construct.node.dependencies) {
      if (isElsewhere(target, dependency)) continue;
      const before = new Set(objectsAmong(within(target, dependency)).filter((object) => own.has(object)));
      const after = objectsAmong(within(target, construct)).filter((object) => !before.has(object));
      for (const object of before.size > 0 ? after : []) {
        const inChart = [...before].filter((other) => Chart.of(other) === Chart.of(object));
        if (inChart.length > 0) found.set(object, [...(found.get(object) ?? []), ...inChart]);
      }
    }
  }
  return found;
}

/** An object as kpt's annotation names it: `group/namespaces/namespace/Kind/name` or `group/Kind/name`. */
function reference(object: ApiObject): string {
  const { namespace } = metadataOf(object);
  const place = namespace ? ['namespaces', namespace] : [];
  return [groupOf(object.apiVersion), ...place, object.kind, object.name].join('/');
}
