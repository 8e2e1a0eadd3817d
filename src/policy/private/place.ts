import { suggestion } from '../../core/private/suggestion';
import type { Trouble } from '../../core/private/trouble';
import { isCollection, type Path, pointerOf, valueAt } from './pointer';

/** How Karmada changes one place. */
export type Operator = 'add' | 'replace' | 'remove';

/**
 * The place that a JSON pointer means in a document, or what is wrong with it. It is stricter than Karmada, which reads `x/spec/a` as
 * `/spec/a`, and a negative index from the end of the list.
 *
 * @param document what it points into
 * @param pointer the pointer as it was written
 * @param operator what is done there
 * @param what beginning of the message
 */
export function placeOf(document: any, pointer: string, operator: Operator, what: string): Path | Trouble {
  if (pointer === '') {
    return { what: `${what} is given an empty pointer, which means all of it`, fix: 'name the place to change' };
  }
  if (!pointer.startsWith('/')) {
    return { what: `${what} is given "${pointer}", which is no JSON pointer`, fix: `begin it with /: "/${pointer}"` };
  }
  if (/~(?![01])/.test(pointer)) {
    return {
      what: `${what} is given "${pointer}", which is no JSON pointer`,
      fix: 'write ~ as ~0, and / in a key as ~1',
    };
  }
  const tokens = pointer.slice(1).split('/');
  const path: (string | number)[] = [];
  for (const [index, written] of tokens.entries()) {
    const parent = valueAt(document, path);
    const isLast = index === tokens.length - 1;
    const token = written.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(parent)
      ? element(parent, token, isLast ? operator : 'replace')
      : member(parent, token, isLast ? operator : 'replace');
    if (typeof step === 'object') {
      const where = path.length === 0 ? '' : ` at "${pointerOf(path)}"`;
      const also = operator === 'add' && !isLast && !Array.isArray(parent) ? ', or add that first' : '';
      return { what: `${what} finds ${step.finds}${where}`, fix: `${step.fix}${also}` };
    }
    path.push(step);
  }
  return path;
}

interface Miss {
  readonly finds: string;
  readonly fix: string;
}

function element(list: readonly any[], token: string, operator: Operator): number | Miss {
  const highest = operator === 'add' ? list.length : list.length - 1;
  if (token === '-' && operator === 'add') return list.length;
  if (/^(?:0|[1-9]\d*)$/.test(token) && Number(token) <= highest) return Number(token);
  const end = operator === 'add' ? ', or - for the end' : '';
  return {
    finds: `no element ${token} in the list of ${list.length}`,
    fix: highest < 0 ? 'leave it out' : `give an index from 0 to ${highest}${end}`,
  };
}

function member(parent: any, token: string, operator: Operator): string | Miss {
  if (!isCollection(parent)) {
    return { finds: 'nothing below the value', fix: 'point to the value itself, or to a map or a list' };
  }
  if (operator === 'add' || Object.hasOwn(parent, token)) return token;
  const known = Object.keys(parent);
  return {
    finds: `no "${token}"`,
    fix: known.length > 0 ? suggestion(token, known, 'keys') : 'name a place that is there',
  };
}
