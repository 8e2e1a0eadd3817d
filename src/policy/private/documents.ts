import { readYaml } from '../../core/private/kubernetes-yaml';
import { suggestion } from '../../core/private/suggestion';
import type { Trouble } from '../../core/private/trouble';
import { isTrouble } from './containers';
import type { Intent } from './intent';
import { placeOf } from './place';
import { copyOf, insert, isCollection, type Path, pointerOf, put, take, valueAt } from './pointer';
import { isSecret } from './stored';
import type { WorkingCopy } from './working-copy';

/** Stands in a path between the field and what is inside of its text. */
const INSIDE = '\u0000';

/** What a document is written in. */
export type DocumentFormat = 'json' | 'yaml';

/** Sets a value inside the document that a text field holds, or takes it away when there is none. */
export function documentIntent(
  format: DocumentFormat,
  field: string,
  subPath: string,
  value: any,
  what: string,
): Intent {
  return (copy) => {
    if (!copy.isSeen(what)) return;
    const place = fieldOf(copy.object, field, what);
    const document = isTrouble(place) ? place : documentIn(copy.at(place), format, `${what}: "${pointerOf(place)}"`);
    if (isTrouble(place) || isTrouble(document)) {
      copy.troubles.push(document as Trouble);
      return;
    }
    const inside = placeOf(document.root, subPath, value === undefined ? 'remove' : 'add', what);
    if (isTrouble(inside)) copy.troubles.push(inside);
    else change(copy, format, place, document.root, inside, value);
  };
}

function change(copy: WorkingCopy, format: DocumentFormat, field: Path, root: any, inside: Path, value: any): void {
  const present = valueAt(root, inside);
  const isElement = typeof inside[inside.length - 1] === 'number';
  const isAppended = isElement && present === undefined;
  const operator = value === undefined ? 'remove' : present === undefined ? 'add' : 'replace';
  const operation = {
    subPath: isAppended ? `${pointerOf(inside.slice(0, -1))}/-` : pointerOf(inside),
    operator: operator === 'replace' && !isElement ? 'add' : operator,
    ...(value !== undefined && { value }),
  };
  const path = [...field, INSIDE, ...inside];
  const isRemoved = value === undefined;
  const fieldPath = pointerOf(field);
  copy.overrider(
    'fieldOverrider',
    { fieldPath, [format]: [operation] },
    {
      path,
      does: isAppended ? 'append' : isRemoved && isElement ? 'shift' : isRemoved ? 'remove' : 'set',
      needs: isRemoved || (isElement && !isAppended) ? path : path.slice(0, -1),
    },
    (last) => last.fieldPath === fieldPath && last[format]?.push(operation) > 0,
  );
  if (isRemoved) take(root, inside);
  else if (isAppended) insert(root, inside, copyOf(value));
  else put(root, inside, copyOf(value));
  // what is JSON is YAML too
  put(copy.object, field, JSON.stringify(root));
}

/** Where the field is: a JSON pointer, or the key of a ConfigMap. */
function fieldOf(object: any, field: string, what: string): Path | Trouble {
  if (isSecret(object)) {
    return {
      what: `${what} cannot look into a Secret: Karmada holds its values in base64`,
      fix: 'move what differs into a ConfigMap',
    };
  }
  if (!field.startsWith('/') && object.kind === 'ConfigMap') {
    const keys = Object.keys(object.data ?? {});
    if (keys.includes(field)) return ['data', field];
    return {
      what: `${what} finds no such key in the ConfigMap`,
      fix: keys.length > 0 ? suggestion(field, keys, 'keys') : 'give the ConfigMap `data`',
    };
  }
  return placeOf(object, field, 'replace', what);
}

/** The document in a text; the messages say nothing of what is in it. */
function documentIn(text: unknown, format: DocumentFormat, what: string): { readonly root: any } | Trouble {
  if (typeof text !== 'string') return { what: `${what} is no text`, fix: 'point to a field that holds a document' };
  const root = format === 'json' ? jsonIn(text) : yamlIn(text);
  if (isCollection(root)) return { root };
  const { noun, other } =
    format === 'json' ? { noun: 'JSON', other: 'yamlField' } : { noun: 'one YAML document', other: 'jsonField' };
  return {
    what: `${what} holds no ${noun} with a map or a list`,
    fix: `correct the document, or use Overrider.${other} if it is written in that`,
  };
}

function jsonIn(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first document is all that Karmada would keep. */
function yamlIn(text: string): any {
  const { documents } = readYaml(text);
  return documents.length === 1 ? documents[0] : undefined;
}
