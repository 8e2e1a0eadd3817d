import type { DesiredObject } from '../../chart-input';

/** A component of an instance as a workload on the host says it is started. */
export interface Component {
  /** Name of the workload. */
  readonly name: string;
  readonly kind: string;
  readonly image: string;
  /** Flags of its start-up command with their values, without the dashes. */
  readonly flags: ReadonlyMap<string, string>;
}

/** A component of an instance: as it is on the host, and as the code says. */
export interface ComponentPair {
  /** Undefined: it comes. */
  readonly live?: Component;
  /** Undefined: it goes. */
  readonly desired?: Component;
}

const PART_OF = 'app.kubernetes.io/part-of';

/** Is it a workload of a control plane? */
export function isComponent({ kind, metadata }: any): boolean {
  return ['Deployment', 'StatefulSet'].includes(kind) && metadata?.labels?.[PART_OF] === 'karmada';
}

/** The component that a workload runs. */
export function componentOf({ kind, metadata, spec }: any): Component {
  const [container] = spec?.template?.spec?.containers ?? [];
  return { name: metadata.name, kind, image: container?.image ?? '', flags: flagsIn(container?.args ?? []) };
}

function flagsIn(args: readonly string[]): Map<string, string> {
  return new Map(
    args.map((argument) => {
      const [, flag, value = ''] = /^-{1,2}([^=]+)(?:=([\s\S]*))?$/.exec(argument) ?? [undefined, argument];
      return [flag ?? argument, value];
    }),
  );
}

/** The components of the code beside those of the host. */
export function componentPairs(
  seen: readonly { readonly object: Pick<DesiredObject, 'manifest' | 'plane'>; readonly live: any }[],
): ComponentPair[] {
  return seen
    .filter(({ object }) => object.plane === 'host' && isComponent(object.manifest))
    .map(({ object, live }) => ({
      desired: componentOf(object.manifest),
      ...(live ? { live: componentOf({ kind: object.manifest.kind, ...live }) } : {}),
    }));
}
