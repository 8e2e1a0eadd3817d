import { kindOf } from './kinds';
import { entries, record } from './read';

/** Where the pods of a kind are described. */
const POD_PATHS: { readonly [kind: string]: string } = {
  Pod: 'spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/ReplicaSet': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
  'batch/CronJob': 'spec.jobTemplate.spec.template.spec',
};

/** A container and where it stands. */
export interface Container {
  readonly container: any;
  readonly path: string;
}

/** The pod that a template describes, and where; undefined for other kinds. */
export function podOf(template: any): { readonly pod: any; readonly path: string } | undefined {
  const path = POD_PATHS[kindOf(template)];
  if (path === undefined) return undefined;
  return { pod: path.split('.').reduce((at, key) => record(at[key]), record(template)), path };
}

/** The containers of a template, those that initialize it first. */
export function containersOf(template: any): Container[] {
  const found = podOf(template);
  if (!found) return [];
  return ['initContainers', 'containers'].flatMap((list) =>
    entries(found.pod[list]).map(({ item, index }) => ({ container: item, path: `${found.path}.${list}[${index}]` })),
  );
}

/** Labels of the pods of a template. */
export function podLabelsOf(template: any): { readonly [key: string]: string } {
  const path = POD_PATHS[kindOf(template)]?.split('.') ?? [];
  const around = path.slice(0, -1).reduce((at, key) => record(at[key]), record(template));
  return record(record(around.metadata).labels);
}
