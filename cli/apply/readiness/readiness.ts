import type { ObjectKey } from '../../../src/core/object-key';
import { groupOf } from '../../plan/chart-input';
import type { Plane } from '../../plan/plan';
import { apiServiceLacks } from './api-service';
import { definitionLacks } from './custom-resource-definition';
import { deploymentLacks } from './deployment';
import { statefulSetLacks } from './stateful-set';

type Rule = (live: any) => string | undefined;

const HOST: { readonly [kind: string]: Rule } = {
  'Deployment.apps': deploymentLacks,
  'StatefulSet.apps': statefulSetLacks,
};
const BOTH: { readonly [kind: string]: Rule } = {
  'APIService.apiregistration.k8s.io': apiServiceLacks,
  'CustomResourceDefinition.apiextensions.k8s.io': definitionLacks,
};

/**
 * What an object must have before the next wave, as a rule for its live state; undefined when it is enough that it was
 * accepted. On Karmada no controller rolls a Deployment out: its members do.
 */
export function readinessOf(plane: Plane, key: ObjectKey): Rule | undefined {
  const kind = `${key.kind}.${groupOf(key.apiVersion)}`;
  return BOTH[kind] ?? (plane === 'host' ? HOST[kind] : undefined);
}
