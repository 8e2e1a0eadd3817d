import { podSpecsOf } from './containers';
import type { Intent } from './intent';
import { type Path, valueAt } from './pointer';
import { otherwise } from './variables';
import type { WorkingCopy } from './working-copy';

/** The map of metadata that is meant. */
export type MetadataMap = 'labels' | 'annotations';

/** Sets a label or an annotation of the object itself, or takes it away when there is no value. */
export function metadataIntent(map: MetadataMap, key: string, value: string | undefined, what: string): Intent {
  return (copy) => {
    const path = ['metadata', map, key];
    if (copy.object !== undefined) {
      const { metadata } = copy.object;
      if (value === undefined && metadata[map]?.[key] === undefined) copy.troubles.push(unknown(copy, path, what));
      metadata[map] = { ...metadata[map], ...(value !== undefined && { [key]: value }) };
      if (value === undefined) delete metadata[map][key];
    }
    const operator = value === undefined ? 'remove' : 'add';
    const item = { operator, value: { [key]: value ?? '' } };
    copy.overrider(
      `${map}Overrider`,
      item,
      { path, does: value === undefined ? 'remove' : 'set' },
      (last) => last.operator === operator && Object.assign(last.value, item.value) && true,
    );
  };
}

/** Sets a label or an annotation of the pods that the object makes, or takes it away when there is no value. */
export function podMetadataIntent(map: MetadataMap, key: string, value: string | undefined, what: string): Intent {
  return (copy) => {
    if (!copy.isSeen(what)) return;
    const places = podMetadataOf(copy.object);
    if (places.length === 0) {
      copy.troubles.push({
        what: `${what} needs the metadata of pods, and the template has none`,
        fix: 'override a workload: an object with a pod template',
      });
    }
    for (const place of places) {
      const path = [...place, map, key];
      if (map === 'labels' && isSelected(copy.object, place, key)) {
        copy.troubles.push({
          what: `${what} would change a label by which the workload finds its pods, so every cluster would refuse it`,
          fix: 'use a label that is not in its selector',
        });
      } else if (value !== undefined) copy.set(path, value);
      else if (copy.at(path) !== undefined) copy.remove(path);
      else copy.troubles.push(unknown(copy, path, what));
    }
  };
}

/** Where the pods that an object makes have their metadata. A pod has it where every object has. */
function podMetadataOf(template: any): Path[] {
  return podSpecsOf(template).flatMap((pod) => {
    const parent = pod.slice(0, -1);
    if (pod.length === 1) return template.kind === 'Pod' ? [['metadata']] : [];
    const hasPlace =
      parent[parent.length - 1] === 'template' || valueAt(template, [...parent, 'metadata']) !== undefined;
    return pod[pod.length - 1] === 'spec' && hasPlace ? [[...parent, 'metadata']] : [];
  });
}

/** Whether the selector beside the pod template asks for the label. */
function isSelected(template: any, metadata: Path, key: string): boolean {
  const selector = valueAt(template, [...metadata.slice(0, -2), 'selector']);
  const { matchLabels = selector, matchExpressions = [] } = selector ?? {};
  return Object.hasOwn(matchLabels ?? {}, key) || matchExpressions.some((each: any) => each?.key === key);
}

function unknown(copy: WorkingCopy, path: Path, what: string) {
  const map = String(path[path.length - 2]);
  const known = Object.keys(copy.at(path.slice(0, -1)) ?? {});
  return {
    what: `${what} finds no such ${map.slice(0, -1)} in the template`,
    fix: otherwise(String(path[path.length - 1]), known, map),
  };
}
