import { DEPENDS_ON, PATH, WAVE } from './keys';

/** Names that every rule of Kubernetes and Karmada takes, whatever they are the name of, as long as they are not too long. */
const NAME = /^[a-z](-?[a-z0-9])*$/;

/** The longest names of ports, and of member clusters: all others may be longer. */
const LONGEST = [15, 48];

/** What the command strips: the server never gets to see it. */
const STRIPPED = new Set([DEPENDS_ON, PATH, WAVE]);

/**
 * All of a manifest that a server may have something to say about. Its rules look at what names look like and at whether two are
 * the same, never at what a thing is called: so objects that differ only in good names have one shape.
 */
export function shapeOf(manifest: any): string {
  const names = new Map<string, number>();
  const written = (value: any, key: string): string => {
    if (typeof value === 'string') {
      const longest = key === 'name' && NAME.test(value) && LONGEST.find((limit) => value.length <= limit);
      if (!longest) return `${value.length}:${value}`;
      const number = names.get(value) ?? names.size;
      names.set(value, number);
      return `#${number}<${longest}`;
    }
    if (typeof value !== 'object' || value === null) return `=${value}`;
    if (Array.isArray(value)) return `[${value.map((item) => written(item, '')).join()}]`;
    let text = '{';
    for (const inner of Object.keys(value)) {
      if (!STRIPPED.has(inner)) text += `${inner.length}:${inner}${written(value[inner], inner)}`;
    }
    return `${text}}`;
  };
  return written(manifest, '');
}
