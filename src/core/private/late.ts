import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { customClusterScoped, isWithoutNamespace, objectsAmong } from './stamp';
import { type Target, targetOf, within } from './target-registry';

/** Makes constructs out of what stands in the chart by now; told which objects have no namespace. */
export type Late = (hasNoNamespace: (object: ApiObject) => boolean) => void;

const BY_CHART = new WeakMap<IConstruct, Late[]>();

/** Has something made at the last moment, when all that users make is there. It may run again. */
export function addLate(construct: IConstruct, late: Late): void {
  const { chart } = targetOf(construct) as Target;
  BY_CHART.set(chart, [...(BY_CHART.get(chart) ?? []), late]);
}

/** Makes what waited for the last moment. */
export function makeLate(target: Target): void {
  const waiting = BY_CHART.get(target.chart) ?? [];
  if (waiting.length === 0) return;
  const custom = customClusterScoped(objectsAmong(within(target, target.chart)));
  for (const late of waiting) late((object) => isWithoutNamespace(object, custom));
}
