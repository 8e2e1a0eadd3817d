import { identity } from '../plan/chart-input';
import { type AddressedObject, type Permissions, permissionsOf } from '../plan/permission';
import type { Plane } from '../plan/plan';
import { addressed } from './preflight';
import type { Preparation } from './preparation';

/** What applying a set takes, as far as its servers are there to say how they call its kinds. */
export interface SetPermissions {
  readonly permissions: Permissions;
  /** Namespaces that are not there yet. */
  readonly missing: readonly { readonly plane: Plane; readonly name: string }[];
  /** Kinds of which that cannot be said yet, such as `karmada: Widget of example.io/v1`. */
  readonly unknown: readonly string[];
}

/** The permissions that applying what was prepared takes. */
export function setPermissions(preparation: Preparation): SetPermissions {
  const surveys = [...preparation.surveys.values()];
  const seen = surveys.flatMap((survey) => [...survey.objects.values()]);
  const objects = seen.filter(({ resource }) => resource).map(addressed);
  const leaving = preparation.leaving().flatMap(({ planned, resource, live }): AddressedObject[] => {
    const { plane, key } = planned;
    return resource ? [{ plane, key, plural: resource.plural, manifest: live }] : [];
  });
  const known = new Set(seen.filter(({ resource }) => resource).map(({ object }) => identity(object)));
  const unknown = preparation.objects
    .filter((object) => !known.has(identity(object)))
    .map(({ plane, key }) => `${plane}: ${key.kind} of ${key.apiVersion}`);
  const namespaces = seen.filter(({ key, live }) => key.kind === 'Namespace' && key.apiVersion === 'v1' && !live);
  const issues = preparation.plan().issues;
  return {
    permissions: permissionsOf({
      objects,
      leaving,
      parents: preparation.input.charts.map(({ plane, parent }) => ({ plane, key: parent.key })),
      issuedIn: [...new Set(issues.map(({ key }) => key.namespace))],
    }),
    missing: namespaces.map(({ object, key }) => ({ plane: object.plane, name: key.name })),
    unknown: [...new Set(unknown)].sort(),
  };
}
