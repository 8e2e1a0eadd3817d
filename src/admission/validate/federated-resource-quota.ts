import * as codes from '../codes';
import { refuseName } from '../metadata';
import { clusterNameFault, labelKeyFault } from '../names';
import type { Quantity } from '../quantity';
import { type Refusals, shown } from '../refusals';
import type { Review } from '../review';

/** What can only be counted. */
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

/** Resources without a "/" that a quota takes (pkg/util/lifted/corehelpers.go at v1.18.2). */
const STANDARD = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  ...COUNTED,
];

/** pkg/webhook/federatedresourcequota/validating.go at v1.18.2. */
export function validateFederatedResourceQuota({ metadata, spec, refusals }: Review): void {
  if (metadata.name.length > 63) refuseName(metadata.name, 'at most 63 characters long', refusals);
  const overall: Record<string, Quantity> = spec.overall ?? {};
  const assignments: readonly any[] = spec.staticAssignments ?? [];
  validateResources(overall, 'spec.overall', refusals);
  assignments.forEach(({ clusterName, hard }, index) => {
    const path = `spec.staticAssignments[${index}]`;
    const fault = clusterNameFault(clusterName);
    if (fault) refusals.malformed(`${path}.clusterName`, clusterName, fault);
    validateResources(hard ?? {}, `${path}.hard`, refusals);
  });
  for (const [resource, limit] of Object.entries(overall)) {
    const shares = assignments.map(({ hard }) => hard?.[resource] as Quantity | undefined);
    const assigned = shares.reduce((sum, share) => sum + (share?.nano ?? 0n), 0n);
    if (limit.nano >= assigned) continue;
    const list = shares.filter((share) => share !== undefined).join(' + ');
    refusals.conflict(
      `spec.overall[${resource}]`,
      `overall allows ${limit} of ${resource}, but the clusters are assigned ${list}`,
      `raise overall ${resource}, or assign the clusters less`,
    );
  }
  assignments.forEach(({ hard }, index) => {
    for (const resource of Object.keys(hard ?? {})) {
      if (resource in overall) continue;
      refusals.conflict(
        `spec.staticAssignments[${index}].hard[${resource}]`,
        `${resource} is assigned to a cluster but not limited overall`,
        `add ${resource} to spec.overall, or remove it here`,
      );
    }
  });
}

function validateResources(resources: Readonly<Record<string, Quantity>>, path: string, refusals: Refusals): void {
  for (const [name, value] of Object.entries(resources)) {
    const at = `${path}[${name}]`;
    const fault = nameFault(name);
    if (fault) refusals.add(codes.MALFORMED, at, `a resource must be ${fault}, got ${shown(name)}`, `correct ${name}`);
    if (value.nano < 0n)
      refusals.add(codes.OUT_OF_RANGE, at, `${name} must be 0 or more, got ${value}`, `raise ${name}`);
    if (isCounted(name) && !value.isWholeMilli) {
      refusals.add(
        codes.OUT_OF_RANGE,
        at,
        `${name} is counted in whole numbers, got ${value}`,
        `set ${name} to a whole number`,
      );
    }
  }
}

function nameFault(name: string): string | undefined {
  const fault = labelKeyFault(name);
  if (fault || name.includes('/') || STANDARD.includes(name)) return fault;
  if (/^(requests\.)?hugepages-/.test(name)) return undefined;
  return `${STANDARD.join(', ')}, hugepages-<size>, requests.hugepages-<size> or a name with a domain and "/" before it`;
}

/** Extended resources are counted too: a domain that is not Kubernetes' own, and no `requests.` before it. */
function isCounted(name: string): boolean {
  if (COUNTED.includes(name)) return true;
  const own = !name.includes('/') || name.split('/')[0].endsWith('kubernetes.io');
  return !own && !name.startsWith('requests.') && labelKeyFault(`requests.${name}`) === undefined;
}
