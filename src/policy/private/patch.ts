import type { Trouble } from '../../core/private/trouble';
import { isTrouble } from './containers';
import type { Intent } from './intent';
import { type Operator, placeOf } from './place';
import { isCollection, leadsTo, type Path } from './pointer';
import { isSecret } from './stored';
import type { WorkingCopy } from './working-copy';

/** What Karmada takes out of every object before it sends it (prune.go at v1.18.2). */
const NOT_SENT: readonly Path[] = [
  ['status'],
  ...[
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'finalizers',
    'generation',
    'managedFields',
    'ownerReferences',
    'resourceVersion',
    'selfLink',
    'uid',
  ].map((key) => ['metadata', key]),
];

/** What Karmada cannot do without. */
const NEEDED: readonly Path[] = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];

/** One operation of RFC 6902, as written. */
export function patchIntent(operator: Operator, pointer: string, value: any): Intent {
  const what = `Overrider.patch("${operator}", "${pointer}")`;
  return (copy) => {
    if (!copy.isSeen(what)) return;
    const path = placeOf(copy.object, pointer, operator, what);
    const wrong = isTrouble(path) ? path : misuse(copy, operator, path, pointer, what);
    if (wrong) copy.troubles.push(wrong);
    if (wrong || isTrouble(path)) return;
    const isElement = typeof path[path.length - 1] === 'number';
    const isAppended = isElement && operator === 'add' && copy.at(path) === undefined;
    const does = isElement && operator !== 'replace' ? 'shift' : operator === 'remove' ? 'remove' : 'set';
    copy.literally(operator === 'remove' ? { path: pointer, operator } : { path: pointer, operator, value }, {
      path,
      does: isAppended ? 'append' : does,
      needs: operator === 'add' ? path.slice(0, -1) : path,
    });
  };
}

/** What Karmada would do and nobody would want, or would not do although it took it. */
function misuse(copy: WorkingCopy, operator: Operator, path: Path, pointer: string, what: string): Trouble | undefined {
  const ignored = NOT_SENT.find((each) => leadsTo(each, path));
  if (ignored) {
    return {
      what: `${what} would do nothing: Karmada sends no "${ignored.join('.')}" to clusters`,
      fix: 'leave it out',
    };
  }
  const needed = NEEDED.find((each) => leadsTo(path, each));
  if (operator !== 'add' && needed && (operator === 'remove' || path.length < needed.length)) {
    return {
      what: `${what} takes "${needed.join('.')}" away, which every object needs`,
      fix: 'leave it where it is',
    };
  }
  if (operator !== 'remove' && isSecret(copy.object) && ['data', 'stringData'].includes(String(path[0]))) {
    return {
      what: `${what} would put a value of a Secret into the policy, where anybody who reads policies finds it`,
      fix: 'make a Secret for those clusters, and let the workload name it there with Overrider.envValue',
    };
  }
  const present = copy.at(path);
  const isElement = typeof path[path.length - 1] === 'number';
  if (operator === 'add' && !isElement && isCollection(present)) {
    const [noun, key] = Array.isArray(present) ? ['list', '-'] : ['map', '<key>'];
    return {
      what: `${what} would replace the whole ${noun} that is there`,
      fix: `name what to add: "${pointer}/${key}"; to replace all of it, use PatchOperator.REPLACE`,
    };
  }
  return undefined;
}
