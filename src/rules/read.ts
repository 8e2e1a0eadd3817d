/** Reads what may be anything: of kinds that are not Karmada's, nobody has checked the types yet. */

/** The value, when it is an object; else one without keys. */
export function record(value: unknown): any {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The objects of a list, with their places in it. */
export function entries(value: unknown): { readonly item: any; readonly index: number }[] {
  if (!Array.isArray(value)) return [];
  return value.map((item, index) => ({ item, index })).filter(({ item }) => typeof item === 'object' && item !== null);
}

/** The texts of a list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** Words of a list: `"a", "b" and 3 more`. */
export function quoted(words: readonly string[]): string {
  const most = 5;
  const shown = words.slice(0, most).map((word) => `"${word}"`);
  return words.length > most ? `${shown.join(', ')} and ${words.length - most} more` : shown.join(', ');
}
