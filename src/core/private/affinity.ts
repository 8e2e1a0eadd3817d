/** Karmada's cluster affinity as it goes over the wire: whatever it names must hold, `exclude` above all. */
export interface Affinity {
  readonly labelSelector?: {
    readonly matchLabels?: { readonly [key: string]: string };
    readonly matchExpressions?: readonly any[];
  };
  readonly fieldSelector?: { readonly matchExpressions: readonly any[] };
  readonly clusterNames?: readonly string[];
  readonly exclude?: readonly string[];
}

/** All clusters that both select. */
export function both(one: Affinity, other: Affinity): Affinity {
  const labels = [one, other].flatMap(({ labelSelector }) => Object.entries(labelSelector?.matchLabels ?? {}));
  const matchLabels = Object.fromEntries(labels);
  const expressions = [
    ...(one.labelSelector?.matchExpressions ?? []),
    ...(other.labelSelector?.matchExpressions ?? []),
    // a key holds one value: a second one has to be asked for beside it, and then selects nothing
    ...labels
      .filter(([key, value]) => matchLabels[key] !== value)
      .map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ];
  const fields = [...(one.fieldSelector?.matchExpressions ?? []), ...(other.fieldSelector?.matchExpressions ?? [])];
  const names = intersection(one.clusterNames, other.clusterNames);
  const exclude = [...new Set([...(one.exclude ?? []), ...(other.exclude ?? [])])];
  const labelSelector = {
    ...(labels.length > 0 && { matchLabels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
  return {
    ...(Object.keys(labelSelector).length > 0 && { labelSelector }),
    ...(fields.length > 0 && { fieldSelector: { matchExpressions: fields } }),
    ...(names && { clusterNames: names }),
    ...(exclude.length > 0 && { exclude }),
  };
}

/** All clusters that one of them selects, and more where no affinity can say that. */
export function either(all: readonly Affinity[]): Affinity {
  const [first, ...others] = all;
  if (others.every((other) => JSON.stringify(other) === JSON.stringify(first))) return first;
  const isOut = (name: string) =>
    all.every(({ clusterNames, exclude }) => exclude?.includes(name) || clusterNames?.includes(name) === false);
  const names = all.map(({ clusterNames }) => clusterNames);
  const mentioned = [...new Set(all.flatMap(({ clusterNames = [], exclude = [] }) => [...clusterNames, ...exclude]))];
  if (names.every((each) => each !== undefined)) return { clusterNames: mentioned.filter((name) => !isOut(name)) };
  const exclude = mentioned.filter(isOut);
  return exclude.length > 0 ? { exclude } : {};
}

/** Whether some cluster may be selected by both, as far as names tell. */
export function mayOverlap(one: Affinity, other: Affinity): boolean {
  const names = both(one, other);
  return names.clusterNames?.some((name) => !names.exclude?.includes(name)) ?? true;
}

function intersection(one?: readonly string[], other?: readonly string[]): readonly string[] | undefined {
  return one && other ? one.filter((name) => other.includes(name)) : (one ?? other);
}
