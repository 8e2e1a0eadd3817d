import { groupOf, keyOf, keyText } from '../../../src/core/object-key';
import type { ClusterVerdict } from '../../../src/preview/cluster-verdict';
import { Fleet } from '../../../src/preview/fleet';
import { Preview } from '../../../src/preview/preview';

/** What decides about a template on a Karmada. */
export interface Surroundings {
  /** As `fleet pull` records them. */
  readonly clusters: readonly any[];
  /** Policies, overrides and what else decides, recorded alike. */
  readonly others: readonly any[];
  readonly binding?: any;
}

/** What Karmada would do with a template that is there. */
export interface Foretold {
  /** `Kind/namespace/name` of the policy that would take it. */
  readonly policy?: string;
  readonly verdicts: readonly ClusterVerdict[];
  /** What clusters would get, by name. */
  readonly rendered: ReadonlyMap<string, any>;
}

/** A preview of one template. What the server filled in is left out: the preview fills it in itself. */
export function foretold(template: any, { clusters, others, binding }: Surroundings): Foretold {
  const { status: _, metadata, ...rest } = template;
  const { managedFields: __, resourceVersion: ___, generation: ____, creationTimestamp: _____, ...kept } = metadata;
  const preview = Preview.of({
    manifests: [{ ...rest, metadata: kept }],
    fleet: Fleet.fromManifests([...clusters]),
    existing: [...others],
    bindings: binding ? [binding] : [],
  });
  const key = keyOf(template);
  const group = groupOf(key.apiVersion);
  const name = keyText({ ...key, kind: group ? `${key.kind}.${group}` : key.kind });
  const { policy, outcomes } = preview._entry(name);
  const rendered = outcomes.flatMap(({ rendered = {} }: any) => Object.entries<any>(rendered));
  return {
    ...(policy ? { policy: keyText(policy) } : {}),
    verdicts: preview.verdicts(name),
    rendered: new Map(rendered.map(([cluster, manifests]: any) => [cluster, manifests[0] ?? manifests])),
  };
}
