import { groupOf, keyText } from '../../src/core/object-key';
import { DEPENDS_ON } from '../../src/core/private/keys';
import type { Trouble } from '../../src/core/private/trouble';
import { type DesiredObject, identity } from './chart-input';
import { place } from './document';
import type { Plane } from './plan';

/** What has to be there before an object, by the identity of the object. */
export type Edges = ReadonlyMap<string, readonly DesiredObject[]>;

/**
 * The dependencies that the code states (`config.kubernetes.io/depends-on`). A dependency on what is not in the input is
 * the business of whoever applies that. References name no server: the object's own comes first, then the other one.
 */
export function explicitEdges(objects: readonly DesiredObject[], wrong: Trouble[]): Edges {
  const byIdentity = new Map(objects.map((object) => [identity(object), object]));
  const edges = new Map<string, DesiredObject[]>();
  for (const object of objects) {
    const references = (object.dependsOn ?? '').split(',').map((reference) => reference.trim());
    for (const reference of references.filter((text) => text !== '')) {
      const parsed = parseReference(reference);
      if (!parsed) {
        wrong.push({
          what: `"${reference}" does not name an object`,
          at: `annotation ${DEPENDS_ON} of ${keyText(object.key)} (${place(object.source)})`,
          fix: 'write group/kind/name, or group/namespaces/<namespace>/kind/name; nothing before the first / for the core group',
        });
        continue;
      }
      const other: Plane = object.plane === 'host' ? 'karmada' : 'host';
      const dependency = [object.plane, other]
        .map((plane) => byIdentity.get([plane, ...parsed].join('|')))
        .find(Boolean);
      if (dependency) edges.set(identity(object), [...(edges.get(identity(object)) ?? []), dependency]);
    }
  }
  return edges;
}

/** Group, kind, namespace and name of a reference in kpt's format. */
export function parseReference(reference: string): string[] | undefined {
  const parts = reference.split('/');
  const [group, second, namespace, kind, name] = parts;
  if (parts.length === 3) return [group, second, '', namespace];
  if (parts.length === 5 && second === 'namespaces') return [group, kind, namespace, name];
  return undefined;
}

/**
 * What an object cannot do without, whether or not the code says so: its namespace, the definition of its kind, and the
 * policies that select it, since a template without its override would run on members in a form that nobody wrote.
 */
export function inferredEdges(objects: readonly DesiredObject[]): Edges {
  const namespaces = new Map<string, DesiredObject>();
  const definitions = new Map<string, DesiredObject>();
  const policies = new Policies();
  for (const object of objects) {
    const { apiVersion, kind, name } = object.key;
    if (apiVersion === 'v1' && kind === 'Namespace') namespaces.set(`${object.plane}|${name}`, object);
    if (isDefinition(object)) {
      const { group, names } = object.manifest.spec ?? {};
      definitions.set(`${object.plane}|${group}|${names?.kind}`, object);
    }
    if (object.plane === 'karmada' && isPolicy(object)) policies.add(object);
  }
  const edges = new Map<string, DesiredObject[]>();
  for (const object of objects) {
    const { plane, key } = object;
    const needed = [
      namespaces.get(`${plane}|${key.namespace}`),
      definitions.get(`${plane}|${groupOf(key.apiVersion)}|${key.kind}`),
      ...(plane === 'karmada' && !isPolicy(object) ? policies.of(object) : []),
    ].filter((each): each is DesiredObject => each !== undefined && each !== object);
    if (needed.length) edges.set(identity(object), needed);
  }
  return edges;
}

/** Is it a CustomResourceDefinition? */
export function isDefinition(object: { readonly key: DesiredObject['key'] }): boolean {
  return object.key.kind === 'CustomResourceDefinition' && groupOf(object.key.apiVersion) === 'apiextensions.k8s.io';
}

function isPolicy(object: DesiredObject): boolean {
  return (
    groupOf(object.key.apiVersion) === 'policy.karmada.io' &&
    /^(Cluster)?(Propagation|Override)Policy$/.test(object.key.kind)
  );
}

/**
 * Finds the policies that may select an object, at once among thousands. Label selectors are taken to fit: blocking too much
 * only means that another run is needed.
 */
class Policies {
  private readonly bySelected = new Map<string, DesiredObject[]>();

  public add(policy: DesiredObject): void {
    const selectors: any[] = policy.manifest.spec?.resourceSelectors ?? [];
    // an override that names nothing is for everything
    const selected = selectors.length ? selectors.map(selectedBy) : /Override/.test(policy.key.kind) ? [''] : [];
    for (const each of new Set(selected)) {
      const policies = this.bySelected.get(each);
      if (policies) policies.push(policy);
      else this.bySelected.set(each, [policy]);
    }
  }

  public of(object: DesiredObject): DesiredObject[] {
    const { apiVersion, kind, namespace, name } = object.key;
    const exact = { apiVersion, kind, namespace, name };
    const found = [exact, { ...exact, name: '' }, { ...exact, namespace: '' }, { apiVersion, kind }]
      .map(selectedBy)
      .concat('')
      .flatMap((each) => this.bySelected.get(each) ?? [])
      .filter(({ key }) => key.namespace === '' || key.namespace === namespace);
    return [...new Set(found)];
  }
}

/** What a selector says but for labels. */
function selectedBy({ apiVersion, kind, namespace, name }: Record<string, any>): string {
  return JSON.stringify([apiVersion, kind, namespace || '', name || '']);
}
