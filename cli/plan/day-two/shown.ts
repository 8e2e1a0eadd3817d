const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const NOT_SHOWN = '(not shown)';

/** An object as it may be seen: without what only servers read, and without the values of a Secret. */
export function shown(object: any): any {
  const { metadata, ...rest } = object;
  const { managedFields: _, annotations = {}, ...kept } = metadata;
  const { [LAST_APPLIED]: __, ...own } = annotations;
  const clean = { ...rest, metadata: { ...kept, ...(Object.keys(own).length ? { annotations: own } : {}) } };
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return clean;
  return Object.fromEntries(
    Object.entries(clean).map(([field, value]) => [
      field,
      field === 'data' || field === 'stringData' ? masked(value) : value,
    ]),
  );
}

function masked(values: any): any {
  return Object.fromEntries(Object.keys(values ?? {}).map((key) => [key, NOT_SHOWN]));
}
