import type { KindFacts } from './facts';
import { KINDS } from './kinds';

/** How an API server converts between the versions of a kind: `spec.conversion` of a CRD. */
export interface CrdOptions {
  /**
   * `spec.conversion` of the kinds that need one (ResourceBinding and ClusterResourceBinding). Without it they get none,
   * which is right only where nobody reads their old version.
   */
  readonly conversion?: any;
}

function crd({ group, names, scope, converted, versions }: KindFacts, options: CrdOptions): any {
  const manifest = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      ...(converted && options.conversion ? { conversion: options.conversion } : {}),
      group,
      names,
      scope,
      versions: versions.map(({ schema, ...version }) => ({ ...version, schema: { openAPIV3Schema: schema } })),
    },
  };
  // a copy without shared parts: callers may change it, and YAML shows no anchors
  return JSON.parse(JSON.stringify(manifest));
}

/** The 19 CRDs of Karmada, as an instance needs them. */
export function crds(options: CrdOptions = {}): any[] {
  return KINDS.filter(({ aggregated }) => !aggregated).map((kind) => crd(kind, options));
}

/**
 * A CRD that stands in for the aggregated API server's Cluster where there is none: tests and the demo alone. A real
 * instance must never get it, as it would hide the API that Karmada serves.
 */
export function clusterCrdForTestsAlone(): any {
  return KINDS.filter(({ aggregated }) => aggregated).map((kind) => crd(kind, {}))[0];
}
