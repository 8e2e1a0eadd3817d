import { suggestion } from '../../core/private/suggestion';
import type { Trouble } from '../../core/private/trouble';

/** A container of a template and where it is. */
export interface Container {
  readonly name: string;
  /** JSON pointer, such as `/spec/template/spec/containers/0`. */
  readonly pointer: string;
  readonly isInit: boolean;
  readonly env?: readonly { readonly name: string }[];
}

/** Where kinds keep their pod. */
const POD_SPECS = [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']];

/** All containers of a template, of whatever kind. */
export function containersOf(template: any): Container[] {
  return POD_SPECS.flatMap((path) => {
    const pod = path.reduce((value, key) => value?.[key], template);
    return (['containers', 'initContainers'] as const).flatMap((list) =>
      Array.isArray(pod?.[list])
        ? pod[list].map((container: any, index: number) => ({
            name: container.name,
            pointer: `/${[...path, list, index].join('/')}`,
            isInit: list === 'initContainers',
            env: container.env,
          }))
        : [],
    );
  });
}

/** The container that an override means; a trouble when it names none that is there, or none where there are several. */
export function pick(containers: readonly Container[], name: string | undefined, what: string): Container | Trouble {
  if (name !== undefined) {
    const found = containers.find((container) => container.name === name);
    const names = containers.map((container) => container.name);
    return (
      found ?? {
        what: `${what} names container "${name}", which the template does not have`,
        fix: suggestion(name, names, 'containers'),
      }
    );
  }
  const main = containers.filter((container) => !container.isInit);
  if (main.length === 1) return main[0];
  if (main.length === 0) {
    return {
      what: `${what} needs a container, and the template has none`,
      fix: 'override a workload: an object with pods',
    };
  }
  const names = main.map((container) => container.name).join(', ');
  return { what: `${what} does not say which container it is for`, fix: `give \`container\`, one of: ${names}` };
}

export function isTrouble(result: object): result is Trouble {
  return 'what' in result;
}
