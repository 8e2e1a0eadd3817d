import { keyText } from '../../src/core/object-key';
import { type Nanos, quantity, quantityText } from '../../src/preview/private/quantity';
import type { PolicyRef, PreviewReport } from './preview-report';
import { firsts } from './words';

/** Resources of one row that are named. */
const MOST = 4;

function policyText(policy: PolicyRef): string {
  return keyText({ apiVersion: '', ...policy });
}

/** Who claims what several policies select, and who would take over; the first row is the head, no row means no such resource. */
export function collisionRows({ collisions = [] }: PreviewReport): string[][] {
  const byPolicies = new Map<string, { readonly policies: string[]; readonly resources: string[] }>();
  for (const { resource, policy, next } of collisions) {
    const policies = [policyText(policy), policyText(next)];
    const known = byPolicies.get(policies.join(' ')) ?? { policies, resources: [] };
    known.resources.push(keyText(resource));
    byPolicies.set(policies.join(' '), known);
  }
  const rows = [...byPolicies.values()].map(({ policies, resources }) => [firsts(resources, MOST), ...policies]);
  return rows.length > 0 ? [['RESOURCE', 'CLAIMED BY', 'IF THAT IS DELETED'], ...rows] : [];
}

/** What does not fit into what is free; the first row is the head, no row means that all of it fits. */
export function shortageRows({ capacity = [] }: PreviewReport): string[][] {
  const rows = capacity
    .filter(({ fits }) => !fits)
    .map(({ cluster, resource, more, free, allocatable }) => [
      ...[cluster, resource],
      ...[more, free, allocatable].map((amount) => amountText(resource, amount)),
    ]);
  return rows.length > 0 ? [['CLUSTER', 'RESOURCE', 'ASKED', 'FREE', 'ALLOCATABLE'], ...rows] : [];
}

/** Bytes in the unit that a person reads best, rounded to a tenth; everything else as it is. */
function amountText(resource: string, amount: string): string {
  const isBytes = /(^|[./-])(memory|storage|ephemeral-storage)$/.test(resource) || resource.startsWith('hugepages-');
  return isBytes ? bytesText(quantity(amount, resource)) : amount;
}

const UNITS = ['Ti', 'Gi', 'Mi', 'Ki'];

function bytesText(nanos: Nanos): string {
  const bytes = Number(nanos) / 1e9;
  const at = UNITS.findIndex((_, index) => Math.abs(bytes) >= 1024 ** (UNITS.length - index));
  if (at < 0) return quantityText(nanos);
  return `${Math.round((bytes * 10) / 1024 ** (UNITS.length - at)) / 10}${UNITS[at]}`;
}
