import { groupOf } from '../../core/object-key';
import { suggestion } from '../../core/private/suggestion';
import type { Trouble } from '../../core/private/trouble';
import { isCollection, type Path, pointerOf, valueAt } from './pointer';

/** A container of a template and where it is. */
export interface Container {
  readonly name: string;
  readonly path: Path;
  readonly isInit: boolean;
}

/** Where the kinds of Kubernetes keep their pod. */
const POD_SPECS: readonly Path[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
];
const KUBERNETES = ['', 'apps', 'batch'];

/**
 * Where the pods of a template are: at the known places for the kinds of Kubernetes; for a custom kind, wherever there is a list
 * `containers` of objects that each have a name and an image. Below a key with `/` or `~` none is looked for: Karmada's image
 * overrider does not find it there.
 */
export function podSpecsOf(template: any): Path[] {
  if (!KUBERNETES.includes(groupOf(template.apiVersion ?? ''))) return found(template, []);
  return POD_SPECS.filter((path) => Array.isArray(valueAt(template, [...path, 'containers'])));
}

function found(value: any, path: Path): Path[] {
  if (!isCollection(value)) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => found(each, [...path, index]));
  if (isContainerList(value.containers)) return [path];
  return Object.keys(value)
    .filter((key) => !/[/~]/.test(key) && !(path.length === 0 && (key === 'metadata' || key === 'status')))
    .flatMap((key) => found(value[key], [...path, key]));
}

function isContainerList(list: any): boolean {
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((each) => typeof each?.name === 'string' && typeof each.image === 'string')
  );
}

/** All containers of a template, of whatever kind. */
export function containersOf(template: any): Container[] {
  return podSpecsOf(template).flatMap((pod) =>
    ['containers', 'initContainers'].flatMap((list) => {
      const containers = valueAt(template, [...pod, list]);
      if (!Array.isArray(containers)) return [];
      const isInit = list === 'initContainers';
      return containers.map((each: any, index) => ({ name: each?.name, path: [...pod, list, index], isInit }));
    }),
  );
}

/** The container that an override means; a trouble when it names none that is there, or none where there are several. */
export function pick(containers: readonly Container[], name: string | undefined, what: string): Container | Trouble {
  if (name !== undefined) {
    const [first, ...others] = containers.filter((container) => container.name === name);
    if (others.length > 0) {
      const places = [first, ...others].map(({ path }) => pointerOf(path)).join(', ');
      return {
        what: `${what} names container "${name}", which is in several places of the template: ${places}`,
        fix: 'use Overrider.patch with the place that you mean',
      };
    }
    const names = containers.map((container) => container.name);
    if (first) return first;
    return names.length === 0
      ? none(what)
      : {
          what: `${what} names container "${name}", which the template does not have`,
          fix: suggestion(name, names, 'containers'),
        };
  }
  const main = containers.filter((container) => !container.isInit);
  if (main.length === 1) return main[0];
  if (main.length === 0) return none(what);
  const names = main.map((container) => container.name).join(', ');
  return { what: `${what} does not say which container it is for`, fix: `give \`container\`, one of: ${names}` };
}

export function isTrouble(result: object): result is Trouble {
  return 'what' in result;
}

function none(what: string): Trouble {
  return {
    what: `${what} needs a container, and the template has none`,
    fix: 'override a workload: an object with pods',
  };
}
