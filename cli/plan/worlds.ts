import { keyOf } from '../../src/core/object-key';
import { type Fleet, isCluster } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { type PreviewProps, PreviewRender } from '../../src/preview/preview-props';
import type { Decided } from '../../src/preview/private/decided';
import { readInput } from '../../src/preview/private/input';
import { bindingsByResource } from '../../src/preview/private/known-objects';
import { resourceText } from '../../src/preview/private/uids';
import { sameValue } from './field-path';
import { type FleetEdit, fleetEdits } from './member-edits';

const UNTOUCHED = '1';

/** Two synths, and what both of them stand on. */
export interface Comparison {
  readonly before: readonly any[];
  readonly after: readonly any[];
  readonly fleet: Fleet;
  /** Policies and overrides that other people keep on the same Karmada. */
  readonly existing?: readonly any[];
  /** Where things are now; without them, where Karmada would put the old ones. */
  readonly bindings?: readonly any[];
  readonly assume?: readonly string[];
  readonly instance?: string;
}

/** Both sides of a comparison, decided. The new one starts from where the old one put everything. */
export interface Worlds {
  readonly before: Decided;
  /** One, or two where ties of the old side are open: from its first and from its second outcome. */
  readonly after: readonly Decided[];
  /** The old and the new side when everything is distributed from scratch; only where clusters are edited. */
  readonly rebalanced?: { readonly before: Decided; readonly after: Decided };
  readonly edits: readonly FleetEdit[];
}

/**
 * Decides both sides.
 *
 * @throws for all that is wrong with the input of a side
 */
export function worldsOf(comparison: Comparison): Worlds {
  const { before, after, fleet, bindings, assume, instance } = comparison;
  const own = [before, after].map((manifests) => readInput(manifests, instance).objects);
  const [was, is] = own.map((objects) => objects.filter(isCluster));
  const keys = new Set(own.flat().map((object) => resourceText(keyOf(object))));
  const existing = comparison.existing?.filter((object) => !keys.has(resourceText(keyOf(object))));
  const decided = (manifests: readonly any[], more: Partial<PreviewProps>): Decided =>
    Preview.of({
      ...{ manifests: [...manifests], fleet, render: PreviewRender.NONE },
      ...(existing && { existing }),
      ...(assume && { assume: [...assume] }),
      ...(instance !== undefined && { instance }),
      ...more,
    })._decided();
  const edited = fleet._released(was, is);
  const isSame = unchangedFrom(before);
  const next = own[1].some(isLazy) ? untouched(after, isSame) : after;
  const held = bindingsByResource(bindings ?? []);
  const isHeld = (object: any) => held.has(resourceText(keyOf(object)));
  const last = own[0].some(isLazy) ? untouched(before, isHeld) : before;
  const now = decided(last, bindings ? { bindings: [...bindings] } : {});
  const then = (from: any[]) => decided(next, { fleet: edited, bindings: from });
  const first = then(now.bindings(0));
  const isOpen = now.entries.some(({ outcomes }) => outcomes.length > 1);
  const edits = fleetEdits(was, is);
  const scratch = () => ({
    before: bindings ? decided(last, { bindings: now.rebalancing() }) : now,
    after: then(first.rebalancing()),
  });
  return {
    before: now,
    after: isOpen ? [first, then(now.bindings(1))] : [first],
    ...(edits.length > 0 && { rebalanced: scratch() }),
    edits,
  };
}

/** Only its policy's edits do not reach an object that is as it was. */
function isLazy({ apiVersion, spec }: any): boolean {
  return apiVersion.startsWith('policy.karmada.io/') && spec?.activationPreference === 'Lazy';
}

function unchangedFrom(before: readonly any[]): (object: any) => boolean {
  const known = new Map(before.map((object) => [resourceText(keyOf(object)), object]));
  return (object) => sameValue(known.get(resourceText(keyOf(object))), object);
}

/** A mark on what is there already and stays as it is: a server would have given it that version. */
function untouched(objects: readonly any[], isUntouched: (object: any) => boolean): any[] {
  return objects.map((object) =>
    isUntouched(object) ? { ...object, metadata: { ...object.metadata, resourceVersion: UNTOUCHED } } : object,
  );
}
