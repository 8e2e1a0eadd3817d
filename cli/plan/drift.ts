import { sameValue } from './field-path';
import { OBJECT_MANAGER } from './owned-fields';
import type { FieldChange, Plan } from './plan';
import { contentDiffers } from './readiness/content';
import { generationIn } from './readiness/propagation';
import type { Drift, ObjectStatus } from './status';

/** Managers whose changes belong to how Karmada and Kubernetes work. */
const EXPECTED = /^(cdk8s-karmada|karmada-|kube-)/;
/** With it a member's own autoscaler decides about replicas. */
const RETAIN_REPLICAS = 'resourcetemplate.karmada.io/retain-replicas';

/** What the server has and the code does not say, out of a plan: apply would change it back. */
export function templateDrift({ plane, key }: ObjectStatus, plan: Plan, live: any): Drift[] {
  const planned = plan.objects.find((each) => each.plane === plane && sameValue(each.key, key));
  if (!planned || !live || !['update', 'conflict', 'replace'].includes(planned.action)) return [];
  const { conflicts, replacement } = planned;
  const changes = replacement
    ? replacement.fields.map(({ why: _, ...field }) => ({ kind: 'change' as const, ...field }))
    : planned.changes;
  return [{ layer: 'template', changes, conflicts, ...lastEdit(live) }];
}

/** Who else has written to an object after us, and when. */
function lastEdit({ metadata }: any): Pick<Drift, 'by' | 'at'> {
  const entries: any[] = (metadata.managedFields ?? []).filter(({ subresource }: any) => !subresource);
  const ours =
    entries.find(({ manager, operation }) => manager === OBJECT_MANAGER && operation === 'Apply')?.time ?? '';
  const foreign = entries.filter(({ manager, time }) => !EXPECTED.test(manager) && time >= ours);
  const [last] = foreign.sort((a, b) => (a.time < b.time ? 1 : -1));
  return last ? { by: last.manager, at: last.time } : {};
}

/** What Karmada has rendered for a member from another state than the present one. */
export function workDrift(manifest: any, live: any, work: any): Drift[] {
  const cluster = clusterOf(work);
  const generation: number = live.metadata.generation ?? 0;
  const rendered = generationIn(work);
  const note =
    generation > 0 && rendered > 0
      ? rendered < generation && `Karmada has rendered generation ${rendered} of ${generation}`
      : contentDiffers(manifest, work) && 'Karmada has rendered another state of it';
  return note ? [{ layer: 'work', cluster, changes: [], conflicts: [], note }] : [];
}

/** What a member has otherwise than it was given. */
export function memberDrift(work: any, member: any): Drift[] {
  const cluster = clusterOf(work);
  const given = work.spec?.workload?.manifests?.[0];
  if (!member) return [{ layer: 'member', cluster, changes: [], conflicts: [], note: 'it is not there' }];
  const isSecret = given.kind === 'Secret' && given.apiVersion === 'v1';
  const { metadata, status: _, apiVersion: __, kind: ___, ...content } = given;
  const changes = lacking('', content, member).filter(
    ({ path }) => path !== 'spec.replicas' || metadata?.labels?.[RETAIN_REPLICAS] !== 'true',
  );
  if (!changes.length) return [];
  const shown = isSecret ? changes.map(({ path, kind }) => ({ path, kind, masked: true as const })) : changes;
  return [{ layer: 'member', cluster, changes: shown, conflicts: [], ...lastEdit(member) }];
}

function clusterOf(work: any): string {
  return String(work.metadata.namespace).replace(/^karmada-es-/, '');
}

/** Leaves that were given and are not so: `from` is what is there, `to` what was given. */
function lacking(path: string, given: any, there: any): FieldChange[] {
  if (given === null || given === undefined || sameValue(given, there)) return [];
  if (there === undefined) return [{ path, kind: 'add', to: given }];
  if (Array.isArray(given) && Array.isArray(there)) {
    const named = given.every((item) => typeof item?.name === 'string');
    return given.flatMap((item, i) => {
      const other = named ? there.find((each) => each?.name === item.name) : there[i];
      return lacking(`${path}[${named ? `name=${item.name}` : i}]`, item, other);
    });
  }
  if (typeof given === 'object' && typeof there === 'object' && there !== null) {
    const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
    return Object.entries(given).flatMap(([name, value]) => lacking(inside(name), value, there[name]));
  }
  return [{ path, kind: 'change', from: there, to: given }];
}
