import { suggestion } from '../../core/private/suggestion';
import type { Intent } from './intent';

/** Sets an environment variable of a container, or takes it away when there is no entry to set. */
export function variableIntent(name: string, container: string | undefined, entry: any, what: string): Intent {
  return (copy) => {
    const found = copy.pick(container, what);
    if (!found) return;
    const list = [...found.path, 'env'];
    const names = () => ((copy.at(list) ?? []) as any[]).map((variable) => variable.name);
    const before = names();
    const index = before.lastIndexOf(name);
    if (entry && index >= 0) {
      // the whole entry, for it may have had its value from elsewhere
      copy.set([...list, index], entry);
    } else if (entry) {
      copy.append(list, entry);
    } else if (index >= 0) {
      for (let at = index; at >= 0; at = names().lastIndexOf(name)) copy.remove([...list, at]);
    } else {
      copy.troubles.push({
        what: `${what} finds no such variable in container "${found.name}"`,
        fix: otherwise(name, before, 'variables'),
      });
    }
  };
}

/** What to do about a word that is not in the template. */
export function otherwise(word: string, known: readonly string[], plural: string): string {
  return known.length > 0 ? suggestion(word, known, plural) : `leave it out: the template has no ${plural}`;
}
