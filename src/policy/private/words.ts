import type { Intent } from './intent';

/** The list of a container that is meant. */
export type WordList = 'command' | 'args';

/** Sets the whole list. */
export function wordsIntent(
  list: WordList,
  words: readonly string[],
  container: string | undefined,
  what: string,
): Intent {
  return (copy) => {
    const found = copy.pick(container, what);
    if (found) copy.set([...found.path, list], [...words]);
  };
}

/** Puts words at the end of the list, or takes away every one that is the same as one of them. */
export function changeWordsIntent(
  operator: 'add' | 'remove',
  list: WordList,
  words: readonly string[],
  container: string | undefined,
  what: string,
): Intent {
  return (copy) => {
    const item = (containerName: string) => ({ containerName, operator, value: [...words] });
    if (copy.object === undefined && container !== undefined && copy.hasOverriders) {
      copy.overrider(`${list}Overrider`, item(container), { path: ['spec', list], does: 'append' });
      return;
    }
    const found = copy.pick(container, what);
    if (!found) return;
    const path = [...found.path, list];
    const known: readonly string[] = copy.at(path) ?? [];
    const strange = operator === 'remove' ? words.filter((word) => !known.includes(word)) : [];
    for (const word of strange) {
      copy.troubles.push({
        what: `${what} finds no ${JSON.stringify(word)} in container "${found.name}"`,
        // what else there is may hold a secret
        fix: 'give it exactly as it stands in the template, or leave it out',
      });
    }
    if (strange.length > 0) return;
    if (copy.hasOverriders && !found.isInit && !copy.isMadeHere(path)) {
      const parent = copy.at(found.path);
      const at = operator === 'add' ? known.length : known.indexOf(words[0]);
      copy.overrider(`${list}Overrider`, item(found.name), {
        path: [...path, at],
        does: operator === 'add' ? 'append' : 'shift',
      });
      parent[list] = operator === 'add' ? [...known, ...words] : known.filter((word) => !words.includes(word));
      return;
    }
    if (operator === 'add') for (const word of words) copy.append(path, word);
    else {
      for (let index = known.length - 1; index >= 0; index--) {
        if (words.includes(known[index])) copy.remove([...path, index], true);
      }
    }
  };
}
