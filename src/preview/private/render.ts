import { keyOf } from '../../core/object-key';
import { CPP_ID, CPP_NAME, PP_ID, PP_NAME, PP_NAMESPACE } from './claim';
import type { ClusterFacts } from './cluster';
import { copyOf } from './json-patch';
import { bindingName, executionNamespace, workName } from './names';
import type { Overrides } from './overrides';
import { prune } from './prune';
import { reviseReplicas } from './revise-replicas';
import { sameJson } from './same-json';

/** Stands where Karmada puts an identifier that is made up at run time. */
export const UUID = '<uuid>';

const MANAGED_LABELS = 'resourcetemplate.karmada.io/managed-labels';
const MANAGED_ANNOTATIONS = 'resourcetemplate.karmada.io/managed-annotations';
const CONFLICT_RESOLUTION = 'work.karmada.io/conflict-resolution';

/** One object on its way to its clusters. */
export interface Shipment {
  /** The template as Karmada stored it. */
  readonly template: any;
  /** UID of the template, or undefined when it does not exist yet. */
  readonly uid?: string;
  /** The policy that claimed it; undefined for something that only follows another object. */
  readonly policy?: any;
  /** Whether some policy or parent says `conflictResolution: Overwrite`. */
  readonly overwrite: boolean;
  /** Whether replicas are revised. */
  readonly workload: boolean;
  /** Completions of a divided Job, by cluster. */
  readonly completions?: ReadonlyMap<string, number>;
}

function label(manifest: any, key: string, value: string): void {
  manifest.metadata.labels = { ...manifest.metadata.labels, [key]: value };
}

function annotate(manifest: any, key: string, value: string): void {
  manifest.metadata.annotations = { ...manifest.metadata.annotations, [key]: value };
}

/** Mirrors `pkg/detector/claim.go`: the marks stay on the template, so they travel. */
function claim(manifest: any, policy: any): void {
  const id = (key: string) => policy.metadata.labels?.[key] ?? UUID;
  if (policy.kind === 'PropagationPolicy') {
    label(manifest, PP_ID, id(PP_ID));
    annotate(manifest, PP_NAMESPACE, policy.metadata.namespace ?? '');
    annotate(manifest, PP_NAME, policy.metadata.name);
  } else {
    label(manifest, CPP_ID, id(CPP_ID));
    annotate(manifest, CPP_NAME, policy.metadata.name);
  }
}

/**
 * The manifest as a member cluster receives it: replicas, then overrides, then Karmada's own marks, then what is pruned.
 * Throws when an override does not fit: then Karmada sends that cluster nothing.
 *
 * Mirrors `ensureWork` in `pkg/controllers/binding/common.go`, `pkg/controllers/ctrlutil/work.go` and
 * `pkg/util/{work,label,annotation}.go` of Karmada v1.18.2.
 */
export function render(shipment: Shipment, cluster: ClusterFacts, replicas: number, overrides: Overrides): any {
  const { template, policy } = shipment;
  const copy = copyOf(template);
  if (policy) claim(copy, policy);
  if (shipment.workload) reviseReplicas(copy, replicas);
  const completions = shipment.completions?.get(cluster.name);
  if (completions !== undefined) copy.spec.completions = completions;
  const manifest = overrides.apply(copy, cluster);
  mark(manifest, shipment, cluster);
  return manifest;
}

function mark(manifest: any, shipment: Shipment, cluster: ClusterFacts): void {
  const { template } = shipment;
  const binding = template.metadata.namespace ? 'resourcebinding' : 'clusterresourcebinding';
  label(manifest, `${binding}.karmada.io/permanent-id`, UUID);
  const generation = template.metadata.generation ?? 0;
  if (generation > 0) annotate(manifest, 'resourcetemplate.karmada.io/generation', String(generation));
  if (template.metadata.namespace) {
    annotate(manifest, `${binding}.karmada.io/namespace`, template.metadata.namespace);
  }
  annotate(manifest, `${binding}.karmada.io/name`, bindingName(template.kind, template.metadata.name));
  const resolution = manifest.metadata.annotations?.[CONFLICT_RESOLUTION];
  if (resolution !== 'overwrite' && resolution !== 'abort') {
    annotate(manifest, CONFLICT_RESOLUTION, shipment.overwrite ? 'overwrite' : 'abort');
  }
  label(manifest, 'karmada.io/managed', 'true');
  annotate(manifest, 'resourcetemplate.karmada.io/uid', shipment.uid ?? UUID);
  annotate(manifest, 'work.karmada.io/name', workName(keyOf(manifest)));
  annotate(manifest, 'work.karmada.io/namespace', executionNamespace(cluster.name));
  prune(manifest);
  label(manifest, 'work.karmada.io/permanent-id', UUID);
  const annotations = Object.keys(manifest.metadata.annotations);
  annotate(
    manifest,
    MANAGED_ANNOTATIONS,
    [...new Set([...annotations, MANAGED_ANNOTATIONS, MANAGED_LABELS])].sort().join(),
  );
  annotate(manifest, MANAGED_LABELS, Object.keys(manifest.metadata.labels).sort().join());
}

function plain(manifest: any): any {
  const copy = copyOf(manifest);
  prune(copy);
  for (const field of ['labels', 'annotations']) {
    for (const key of Object.keys(copy.metadata[field] ?? {})) {
      if (key.includes('karmada.io')) delete copy.metadata[field][key];
    }
    if (Object.keys(copy.metadata[field] ?? {}).length === 0) delete copy.metadata[field];
  }
  return copy;
}

/** Whether a cluster receives something else than the template, Karmada's own marks aside. */
export function differs(template: any, manifest: any): boolean {
  return !sameJson(plain(template), plain(manifest));
}
