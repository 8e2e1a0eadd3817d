import { groupOf, type ObjectKey } from '../../../src/core/object-key';
import type { DesiredObject } from '../chart-input';
import { USER_WAVE } from '../order';
import type { Plane } from '../plan';
import type { Until } from './propagation';
import { isReadyAtOnce, ruleOf } from './readiness';

/**
 * What a run waits for. `none`: only that CRDs and namespaces are served. `ready`: that what was written runs on the host,
 * and what Karmada's API server does itself. The others: besides, how far the templates get on the members.
 */
export type Wait = 'none' | 'ready' | Until;

/** Namespaces that Karmada never propagates from. */
const RESERVED = /^(karmada-system|karmada-cluster|karmada-es-.*|kube-.*)$/;

/** Is it worth a look, or done when it is accepted? */
export function isAwaited(wait: Wait, plane: Plane, object: DesiredObject, key: ObjectKey): boolean {
  if (wait === 'none' || object.ready === 'skip') return false;
  if (object.ready !== undefined || isTemplate(wait, object, key)) return true;
  if (plane === 'host') return !isReadyAtOnce(plane, key);
  const isOfKarmada = isKarmadaGroup(key);
  if (isOfKarmada) return wait !== 'ready' && ruleOf(plane, key) !== undefined;
  return ruleOf(plane, key) !== undefined;
}

/** Is it an object that Karmada sends to members, and is it waited for there? */
export function isTemplate(wait: Wait, object: DesiredObject | undefined, key: ObjectKey): boolean {
  if (wait === 'none' || wait === 'ready' || !object || object.plane !== 'karmada') return false;
  if (object.wave < USER_WAVE || object.shared || isKarmadaGroup(key) || RESERVED.test(key.namespace)) return false;
  return ruleOf('karmada', key) === undefined;
}

function isKarmadaGroup({ apiVersion }: ObjectKey): boolean {
  return /(^|\.)karmada\.io$/.test(groupOf(apiVersion));
}

/** Does one of these policies select the object for certain? Labels may or may not fit. */
export function propagates(key: ObjectKey, needs: readonly DesiredObject[]): boolean {
  return needs
    .filter((need) => /^(Cluster)?PropagationPolicy$/.test(need.key.kind))
    .flatMap((need) => need.manifest.spec?.resourceSelectors ?? [])
    .some(
      ({ apiVersion, kind, namespace, name, labelSelector }: any) =>
        apiVersion === key.apiVersion &&
        kind === key.kind &&
        (!namespace || namespace === key.namespace) &&
        (name ? name === key.name : !labelSelector),
    );
}
