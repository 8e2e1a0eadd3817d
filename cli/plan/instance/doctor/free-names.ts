import { keyText } from '../../../../src/core/object-key';
import { type Check, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';

/** Nobody else has what the instance would be called. */
export const FREE_NAMES: Check<HostSnapshot> = {
  id: 'free-names',
  title: 'nothing else on the host has the names of the instance',
  why: 'Apply takes nothing from another set of objects, and stops before its first write where it would have to. What is in no set it takes over where no field belongs to somebody else, and deletes with the instance.',
  fix: 'give the instance another name or namespace, or take away what is there',
  see: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  look: ({ taken, wanted }) => {
    if (!wanted) return [];
    return whenSeen(taken, (names) => {
      if (!names.length) return [{ state: 'ok', cause: 'all names are free, or the instance has them already' }];
      return names.map(({ key, by, inSet }) => ({
        state: inSet ? 'fails' : 'warning',
        about: keyText(key),
        cause: inSet
          ? `it is there, and belongs to ${by}`
          : `it is there, made by ${by}: the instance would take it over`,
      }));
    });
  },
};
