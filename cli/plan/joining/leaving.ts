import { byName } from '../../../src/core/private/by-name';
import { printable } from '../answer';
import { targetsOf } from '../readiness/propagation';

/** What a member holds, as Karmada has it now. */
export interface Held {
  /** Workloads that are on no other member, as `Kind/namespace/name`. */
  readonly alone: readonly string[];
  /** What Karmada deletes from the member, in the same form. */
  readonly deleted: readonly string[];
  /** What stays there, because its policy says so. */
  readonly preserved: readonly string[];
}

/**
 * @param bindings of the whole Karmada, of both kinds
 * @param works of the member
 */
export function heldOn(cluster: string, bindings: readonly any[], works: readonly any[]): Held {
  const alone = bindings
    .filter((binding) => {
      const targets = targetsOf(binding);
      return targets.length === 1 && targets[0] === cluster && !isTakenAway(binding);
    })
    .map(({ spec: { resource } }) => text(resource.kind, resource.namespace, resource.name));
  const sent = works.map((work) => ({ objects: manifestsOf(work), stays: work.spec?.preserveResourcesOnDeletion }));
  const texts = (stays: boolean) =>
    sent.filter((each) => (each.stays === true) === stays).flatMap(({ objects }) => objects);
  return { alone: [...alone].sort(byName), deleted: texts(false).sort(byName), preserved: texts(true).sort(byName) };
}

function isTakenAway({ metadata }: any): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Karmada's own rights on a member go the same way as what people send. */
function manifestsOf({ spec }: any): string[] {
  const manifests: readonly any[] = spec?.workload?.manifests ?? [];
  return manifests.map(({ kind, metadata }) => text(kind, metadata?.namespace, metadata?.name));
}

function text(kind: string, namespace: string | undefined, name: string): string {
  return printable([kind, namespace, name].filter(Boolean).join('/'));
}
