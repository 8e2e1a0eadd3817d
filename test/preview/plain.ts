import { readYaml } from '../../src/core/private/kubernetes-yaml';

/** Fields of ConfigMaps that an override edits as YAML: Karmada writes such a document anew, so it counts as what it says. */
export function yamlFields(objects: readonly any[]): string[] {
  return objects.flatMap(({ kind, spec }) =>
    /OverridePolicy$/.test(kind)
      ? (spec.overrideRules ?? [spec]).flatMap(({ overriders }: any) =>
          (overriders?.fieldOverrider ?? []).filter(({ yaml }: any) => yaml).map(({ fieldPath }: any) => fieldPath),
        )
      : [],
  );
}

/** A manifest as it is compared: labels and annotations of Karmada's own are not in the vectors. */
export function plain(manifest: any, documents: readonly string[] = []): any {
  const copy = structuredClone(manifest);
  delete copy.status;
  for (const field of ['labels', 'annotations']) {
    const kept = Object.entries(copy.metadata[field] ?? {}).filter(([key]) => !key.includes('karmada.io'));
    if (kept.length > 0) copy.metadata[field] = Object.fromEntries(kept);
    else delete copy.metadata[field];
  }
  for (const path of documents) {
    const key = path.replace('/data/', '');
    if (typeof copy.data?.[key] === 'string') copy.data[key] = readYaml(copy.data[key]);
  }
  return copy;
}
