import { appliedFields, OBJECT_MANAGER } from './owned-fields';
import type { FieldChange } from './plan';

/**
 * Fields that left the code and that nobody else owns: the server does not leave them as they are, it puts its default
 * there. Who means to hand a field over, to an autoscaler for example, loses its value that way.
 */
export function fallbacks(manifest: any, live: any, changes: readonly FieldChange[]): string[] {
  const owned = appliedFields(live, OBJECT_MANAGER)?.fields;
  if (!owned) return [];
  return changes
    .filter(({ kind, path, masked }) => kind === 'change' && !masked && /^[\w-]+(\.[\w-]+)*$/.test(path))
    .filter(({ path }) => {
      const names = path.split('.');
      return (
        names.reduce((fields, name) => fields?.[`f:${name}`], owned) !== undefined &&
        names.reduce((value, name) => value?.[name], manifest) === undefined
      );
    })
    .map(
      ({ path, from, to }) =>
        `${path} left the code, and nobody else owns it: its server sets it from ${JSON.stringify(from)} to ${JSON.stringify(to)}; let its new owner set it first`,
    );
}
