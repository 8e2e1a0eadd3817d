import { groupOf } from '../../core/object-key';
import type { Trouble } from '../../core/private/trouble';
import type { ResourceSelector } from '../../core/resource-selector';

/** API groups whose objects Karmada keeps to itself. Mirrors pkg/util/apigroup.go at v1.18.2. */
const OWN_GROUPS = ['apps', 'autoscaling', 'cluster', 'config', 'networking', 'policy', 'remedy', 'work'];

/** What is wrong with selectors of a policy that reaches only objects of its own namespace. */
export function foreignTroubles(policy: string, selectors: readonly ResourceSelector[], namespace: string): Trouble[] {
  const elsewhere = selectors.filter(({ _namespace }) => _namespace !== undefined && _namespace !== namespace);
  return [
    ...scopeTroubles(policy, selectors),
    ...elsewhere.map((selector) => ({
      what: `${inText(selector)} is selected in namespace "${selector._namespace}", and ${aPolicy(policy)} reaches only its own, "${namespace}"`,
      fix: `give the policy \`namespace: '${selector._namespace}'\`, or write a Cluster${policy} for it`,
    })),
  ];
}

/** What is wrong with the scope of what such a policy selects. */
export function scopeTroubles(policy: string, selectors: readonly ResourceSelector[]): Trouble[] {
  return selectors
    .filter(({ _isClusterScoped }) => _isClusterScoped)
    .map((selector) => ({
      what: `${inText(selector)} is cluster-scoped, and ${aPolicy(policy)} reaches only objects of its own namespace`,
      fix: `write a Cluster${policy} for it`,
    }));
}

/** With the article that it is read with. */
function aPolicy(policy: string): string {
  return /^[AEIOU]/.test(policy) ? `an ${policy}` : `a ${policy}`;
}

function inText({ _kind, _object }: ResourceSelector): string {
  return _object ? `${_kind} (${_object.node.path})` : _kind;
}

/** What is wrong with selectors of kinds that Karmada never sends out: it would take the policy and leave it idle. */
export function neverSentTroubles(selectors: readonly ResourceSelector[]): Trouble[] {
  return selectors
    .filter(({ _type }) => isNeverSent(_type))
    .map(({ _type, _kind }) => ({
      what: `Karmada never sends objects of ${_type} to member clusters`,
      fix: `take the selector of ${_kind} away`,
    }));
}

function isNeverSent(type: string): boolean {
  const group = groupOf(type.split(' ')[0]);
  return (
    OWN_GROUPS.some((own) => group === `${own}.karmada.io`) ||
    group === 'events.k8s.io' ||
    type === 'v1 Event' ||
    type.startsWith('coordination.k8s.io/v1 ')
  );
}
