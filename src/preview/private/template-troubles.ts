import { keyOf, keyText } from '../../core/object-key';
import type { Trouble } from '../../core/private/trouble';
import { isQuantity } from './quantity';

const MOST_REPLICAS = 2147483647;

/** Fields that hold a number of pods, by the kinds that have them. */
const NUMBERS: { readonly [kind: string]: readonly string[] } = {
  'apps/v1 Deployment': ['replicas'],
  'apps/v1 StatefulSet': ['replicas'],
  'apps/v1 ReplicaSet': ['replicas'],
  'batch/v1 Job': ['parallelism', 'completions'],
};

function numbers(template: any, at: string): Trouble[] {
  return (NUMBERS[`${template.apiVersion} ${template.kind}`] ?? []).flatMap((field) => {
    const value = template.spec?.[field] ?? 0;
    if (Number.isInteger(value) && value >= 0 && value <= MOST_REPLICAS) return [];
    const what = `spec.${field} is no number of pods: ${JSON.stringify(value)}`;
    return [{ what, at, fix: `write a whole number from 0 to ${MOST_REPLICAS}` }];
  });
}

function isMap(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

function texts(template: any, at: string): Trouble[] {
  return ['labels', 'annotations'].flatMap((field) => {
    const map = template.metadata[field];
    const bad = isMap(map)
      ? Object.entries(map ?? {}).filter(([, value]) => typeof value !== 'string')
      : [[field, map]];
    return bad.map(([key, value]) => ({
      what: `metadata.${field} holds texts only, got ${key}: ${JSON.stringify(value)}`,
      at,
      fix: 'put the value in quotes',
    }));
  });
}

/** The pod template, where Karmada reads one. */
function podOf({ apiVersion, kind, spec }: any): any {
  if (apiVersion === 'v1' && kind === 'Pod') return spec;
  return NUMBERS[`${apiVersion} ${kind}`] ? spec?.template?.spec : undefined;
}

function containers(template: any, at: string): Trouble[] {
  const pod = podOf(template) ?? {};
  return ['containers', 'initContainers'].flatMap((field) => {
    const list = pod[field] ?? [];
    if (!Array.isArray(list) || list.some((each) => each === null || typeof each !== 'object')) {
      return [{ what: `${field} is no list of containers`, at, fix: 'write one container for each item of the list' }];
    }
    return list.flatMap(({ name, resources }) =>
      ['requests', 'limits'].flatMap((side) => amounts(resources?.[side], `${side} of container ${name}`, at)),
    );
  });
}

function amounts(list: any, of: string, at: string): Trouble[] {
  if (!isMap(list)) return [{ what: `${of} are no map of resources`, at, fix: 'write one amount for each resource' }];
  return Object.entries(list ?? {})
    .filter(([, amount]) => !isQuantity(amount))
    .map(([resource, amount]) => ({
      what: `${of}: ${resource} is no quantity: ${JSON.stringify(amount)}`,
      at,
      fix: 'write one such as 2, 500m or 4Gi',
    }));
}

/** Most templates are small: one that comes to an end within so many values holds itself nowhere. */
const FEW = 2_000;

function ends(value: any, left: { values: number }): boolean {
  if (value === null || typeof value !== 'object') return true;
  for (const key in value) {
    left.values -= 1;
    if (left.values < 0 || !ends(value[key], left)) return false;
  }
  return true;
}

/** Whether an object holds itself: YAML can say so, and nothing can be sent then. */
function holdsItself(value: any, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (value === null || typeof value !== 'object' || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const found = Object.values(value).some((each) => holdsItself(each, above, done));
  above.delete(value);
  done.add(value);
  return found;
}

/** What an API server would refuse of a template and a preview would stumble over. */
export function templateTroubles(template: any): Trouble[] {
  const at = keyText(keyOf(template));
  if (!ends(template, { values: FEW }) && holdsItself(template)) {
    return [{ what: 'the object holds itself', at, fix: 'write out what the YAML alias stands for' }];
  }
  return [...texts(template, at), ...numbers(template, at), ...containers(template, at)];
}

/** Amounts of a Cluster's status that are none. */
export function capacityTroubles({ metadata, status }: any): Trouble[] {
  const summary = status?.resourceSummary ?? {};
  return ['allocatable', 'allocated', 'allocating'].flatMap((field) =>
    amounts(summary[field], `status.resourceSummary.${field}`, `Cluster/${metadata.name}`),
  );
}
