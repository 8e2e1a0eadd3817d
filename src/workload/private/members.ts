import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupOf } from '../../core/object-key';
import { FixedObject } from '../../core/private/fixed-object';
import { HELM_HOOK_KEY } from '../../core/private/keys';
import { type Target, targetOf } from '../../core/private/target-registry';
import { RawPolicy, type Selectable } from './raw-policies';
import { isSent } from './sent';

/**
 * The most objects that one policy selects. A selector takes some 150 bytes, so such a policy stays far from the 1.5 MB of an
 * object in etcd and can still be read; Karmada compares each changed object with every selector, however they are split.
 */
export const MOST_SELECTORS = 100;

/** About every sixty-fourth object begins a policy, so that one that is added or taken away moves few others. */
const CUT = 64;

/** The objects below a construct, but for those of other charts of ours, of groups inside, and the charts' own records. */
export function objectsBelow(root: IConstruct, isGroup: (construct: IConstruct) => boolean): ApiObject[] {
  const objects: ApiObject[] = [];
  const target = targetOf(root) as Target;
  const visit = (construct: IConstruct) => {
    if (targetOf(construct) !== target) return;
    if (isGroup(construct)) return;
    if (construct !== root && construct.node.children.some(isGroup)) return;
    if (ApiObject.isApiObject(construct) && !FixedObject.is(construct)) objects.push(construct);
    construct.node.children.forEach(visit);
  };
  visit(root);
  return objects;
}

/** Of these objects those that go out with the policies of a group. */
export function sendable(objects: readonly ApiObject[], chartNamespace: string | undefined): ApiObject[] {
  const policies = RawPolicy.among(objects, chartNamespace).filter(({ sends }) => sends);
  return objects.filter((object) => {
    if (isSent(object) || isKept(object) || isHook(object)) return false;
    return policies.length === 0 || !policies.some((policy) => policy.selects(selectable(object, chartNamespace)));
  });
}

/** What policies look at. */
export function selectable(object: ApiObject, chartNamespace: string | undefined): Selectable {
  const { apiVersion, kind, name } = object;
  const { namespace = chartNamespace, labels = {} } = object.metadata as any;
  return { apiVersion, kind, name, namespace, labels };
}

/** What Karmada keeps to itself, or sends out by itself. */
function isKept({ apiVersion, kind }: ApiObject): boolean {
  const group = groupOf(apiVersion);
  return (
    (group.endsWith('.karmada.io') && group !== 'multicluster.karmada.io') ||
    group === 'events.k8s.io' ||
    group === 'coordination.k8s.io' ||
    (apiVersion === 'v1' && (kind === 'Namespace' || kind === 'Event'))
  );
}

function isHook(object: ApiObject): boolean {
  return (object.metadata as any).annotations?.[HELM_HOOK_KEY] !== undefined;
}

/**
 * Objects in parts of at most `MOST_SELECTORS`, each with the end of its name: the first has none. Where a part begins depends on
 * the objects around, not on how many there are.
 */
export function parts(objects: readonly ApiObject[]): { readonly suffix: string; readonly objects: ApiObject[] }[] {
  if (objects.length <= MOST_SELECTORS) return objects.length === 0 ? [] : [{ suffix: '', objects: [...objects] }];
  const keyed = objects
    .map((object) => ({ object, key: `${object.kind}/${object.name}/${object.apiVersion}` }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const found: { suffix: string; objects: ApiObject[] }[] = [];
  for (const { object, key } of keyed) {
    const digest = createHash('sha256').update(key).digest();
    const last = found.at(-1);
    if (last && last.objects.length < MOST_SELECTORS && digest.readUInt32BE(0) % CUT !== 0) last.objects.push(object);
    else found.push({ suffix: last ? `-${digest.toString('hex').slice(0, 8)}` : '', objects: [object] });
  }
  return found;
}
