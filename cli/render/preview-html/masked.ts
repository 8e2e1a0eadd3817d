import { isOwnMark } from './own-marks';

/** What stands in place of a value that is not shown. */
const HIDDEN = '(value not shown)';
const CHANGED = '(another value, not shown)';

/** What of a Secret says nothing about its values. */
const OPEN = ['name', 'namespace', 'labels', 'ownerReferences', 'finalizers'];

/** A manifest that may be shown: of a Secret only names. What differs from `from` stays a difference. */
export function masked(manifest: any, from: any = manifest): any {
  if (manifest?.kind !== 'Secret' || manifest?.apiVersion !== 'v1') return manifest;
  const { apiVersion, kind, type, immutable, metadata, ...rest } = manifest;
  const open = Object.fromEntries(Object.entries(metadata ?? {}).filter(([name]) => OPEN.includes(name)));
  const annotations = metadata?.annotations;
  return {
    ...{ apiVersion, kind },
    metadata: {
      ...open,
      ...(annotations && { annotations: hiddenMap(annotations, from?.metadata?.annotations, isOwnMark) }),
    },
    ...(type !== undefined && { type }),
    ...(immutable !== undefined && { immutable }),
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, hiddenMap(value, from?.[name])])),
  };
}

function hiddenMap(value: any, from: any, isOpen: (name: string) => boolean = () => false): any {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hidden(value, from);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isOpen(name) ? each : hidden(each, from?.[name])]),
  );
}

function hidden(value: unknown, from: unknown): string {
  return from === undefined || JSON.stringify(value) === JSON.stringify(from) ? HIDDEN : CHANGED;
}
