import { ApiObject, type App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SHARED } from './keys';
import type { Trouble } from './trouble';

/**
 * Objects that cdk8s would write over each other: with one file per object the file is named after kind and name alone, so
 * one of two with different namespaces is lost without a word, and pruned when it was there before.
 */
export function writtenOver(construct: IConstruct): Trouble[] {
  const { root } = construct.node;
  const { yamlOutputType, outputFileExtension } = root as Partial<App>;
  const isPerChart = yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  if (yamlOutputType !== YamlOutputType.FILE_PER_RESOURCE && !isPerChart) return [];
  const files = new Map<string, ApiObject[]>();
  for (const each of root.node.findAll()) {
    if (!ApiObject.isApiObject(each) || isShared(each)) continue;
    const name = `${each.kind}.${each.name}`.replace(/[^0-9a-zA-Z-_.]/g, '') + outputFileExtension;
    const file = isPerChart ? `${Chart.of(each).node.path}/${name}` : name;
    files.set(file, [...(files.get(file) ?? []), each]);
  }
  return [...files]
    .filter(([, objects]) => objects.length > 1)
    .map(([file, objects]) => ({
      what: `cdk8s would write ${objects.length} objects into one file, "${file}", of which only the last is left`,
      at: objects.map(({ node }) => node.path).join(' and '),
      fix: 'leave yamlOutputType of the App out, so that each chart is one file, or give the objects different names',
    }));
}

/** Several charts hold it in the same words: whichever is left will do. */
function isShared(object: ApiObject): boolean {
  return object.metadata.toJson()?.annotations?.[SHARED] === 'true';
}
