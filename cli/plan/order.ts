import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { DEPENDS_ON } from '../../src/core/private/keys';
import type { Trouble } from '../../src/core/private/trouble';
import { type DesiredObject, identity } from './chart-input';
import { CommandError, ExitCode } from './command-error';
import { place } from './document';
import { type Edges, explicitEdges, inferredEdges } from './edges';

/** An object and its turn: everything with a lower turn is sent before it. */
export interface Ordered {
  readonly object: DesiredObject;
  /** Wave; its own, or that of a dependency in a later one. */
  readonly wave: number;
  /** Place of its kind in the wave. */
  readonly rank: number;
  /** Length of the chain of dependencies inside wave and rank. */
  readonly depth: number;
  /** Without these it is not sent. */
  readonly needs: readonly DesiredObject[];
}

const RBAC = ['ServiceAccount', 'ClusterRole.rbac.authorization.k8s.io', 'Role.rbac.authorization.k8s.io'];
const BINDINGS = ['ClusterRoleBinding.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io'];
const DEFINITIONS = ['CustomResourceDefinition.apiextensions.k8s.io'];
/** What decides over other requests: last where it is a means, so that nothing is blocked by its own webhook. */
const AGGREGATION = [
  'APIService.apiregistration.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
  'MutatingAdmissionPolicy.admissionregistration.k8s.io',
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
];
const REST = '*';

/** Order of kinds inside a wave that builds a control plane. */
const CONTROL_PLANE_KINDS = [
  ['Namespace'],
  DEFINITIONS,
  ['PriorityClass.scheduling.k8s.io', 'StorageClass.storage.k8s.io', 'ResourceQuota', 'LimitRange', ...RBAC],
  [...BINDINGS, 'NetworkPolicy.networking.k8s.io'],
  ['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'PersistentVolume'],
  ['Service'],
  [REST],
  AGGREGATION,
];

/** Order of kinds on a Karmada API server: placement and overrides are there before the templates that they are for. */
const KARMADA_KINDS = [
  ['Namespace'],
  DEFINITIONS,
  AGGREGATION,
  ['ResourceInterpreterCustomization.config.karmada.io', 'ResourceInterpreterWebhookConfiguration.config.karmada.io'],
  [
    'Cluster.cluster.karmada.io',
    'ClusterTaintPolicy.policy.karmada.io',
    'FederatedResourceQuota.policy.karmada.io',
    ...RBAC.slice(1),
    ...BINDINGS,
  ],
  ['ClusterOverridePolicy.policy.karmada.io', 'OverridePolicy.policy.karmada.io'],
  ['ClusterPropagationPolicy.policy.karmada.io', 'PropagationPolicy.policy.karmada.io'],
  ['ServiceAccount', 'Secret', 'ConfigMap', 'PersistentVolumeClaim'],
  [REST],
  [
    'MultiClusterService.networking.karmada.io',
    'MultiClusterIngress.networking.karmada.io',
    'FederatedHPA.autoscaling.karmada.io',
    'CronFederatedHPA.autoscaling.karmada.io',
    'PodDisruptionBudget.policy',
    'Remedy.remedy.karmada.io',
  ],
  ['WorkloadRebalancer.apps.karmada.io'],
];

/** The wave that holds what users put on a Karmada API server. */
export const USER_WAVE = 7;

/**
 * The objects of all charts in the order in which they are sent: by wave, in it by kind, and each after what it depends
 * on. Objects of equal turn keep the order of the input.
 */
export function ordered(objects: readonly DesiredObject[]): Ordered[] {
  const wrong: Trouble[] = [];
  const explicit = explicitEdges(objects, wrong);
  const inferred = inferredEdges(objects);
  const turns = new Map<string, Turn>();
  const cycles = new Set<string>();
  for (const object of objects) turnOf(object, explicit, turns, [], cycles);
  wrong.push(...[...cycles].map((what) => ({ what, fix: 'take one of these dependencies out of the code' })));
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return objects
    .map((object) => {
      const id = identity(object);
      const [wave, rank, depth] = turns.get(id) ?? ownTurn(object);
      return { object, wave, rank, depth, needs: [...(explicit.get(id) ?? []), ...(inferred.get(id) ?? [])] };
    })
    .sort((a, b) => compare([a.wave, a.rank, a.depth], [b.wave, b.rank, b.depth]));
}

type Turn = readonly [wave: number, rank: number, depth: number];

function turnOf(
  object: DesiredObject,
  edges: Edges,
  turns: Map<string, Turn>,
  chain: DesiredObject[],
  cycles: Set<string>,
): Turn {
  const id = identity(object);
  const known = turns.get(id);
  if (known) return known;
  if (chain.includes(object)) {
    cycles.add(cycleText(chain.slice(chain.indexOf(object))));
    return ownTurn(object);
  }
  let turn = ownTurn(object);
  for (const dependency of edges.get(id) ?? []) {
    const [wave, rank, depth] = turnOf(dependency, edges, turns, [...chain, object], cycles);
    if (compare(turn, [wave, rank, depth]) <= 0) turn = [wave, rank, depth + 1];
  }
  turns.set(id, turn);
  return turn;
}

function ownTurn({ key, wave, home }: DesiredObject): Turn {
  return [wave, rankOf(key, wave), home ? -1 : 0];
}

/** Place of a kind in its wave. */
export function rankOf({ apiVersion, kind }: ObjectKey, wave: number): number {
  const group = groupOf(apiVersion);
  const full = group ? `${kind}.${group}` : kind;
  const kinds = wave === USER_WAVE ? KARMADA_KINDS : CONTROL_PLANE_KINDS;
  const named = kinds.findIndex((names) => names.includes(full));
  return named >= 0 ? named : kinds.findIndex((names) => names.includes(REST));
}

function compare(a: Turn, b: Turn): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** A cycle is named once, from whichever of its objects it was found: it starts at the first by path. */
function cycleText(cycle: readonly DesiredObject[]): string {
  const start = cycle.reduce((best, object, i) => (object.path < cycle[best].path ? i : best), 0);
  const turned = [...cycle.slice(start), ...cycle.slice(0, start), cycle[start]];
  const names = turned.map((object) => `${object.path} (${keyText(object.key)}, ${place(object.source)})`);
  return `objects depend on each other in a circle (${DEPENDS_ON}):\n    ${names.join('\n    -> ')}`;
}

/** Objects of one turn together. */
export function stagesOf(order: readonly Ordered[]): Ordered[][] {
  const stages = new Map<string, Ordered[]>();
  for (const each of order) {
    const turn = [each.wave, each.rank, each.depth].join(' ');
    stages.set(turn, [...(stages.get(turn) ?? []), each]);
  }
  return [...stages.values()];
}
