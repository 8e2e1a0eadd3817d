import type { KarmadaVersion } from '../core/karmada-version';
import type { KindFacts, Newer } from './facts';
import { KINDS } from './kinds';
import { NEWER } from './releases';

/** What of a CRD differs from one control plane to the other. */
export interface CrdOptions {
  /** The release that runs there: its components know nothing of fields that came later, so its API server must not take them. Without it, the newest. */
  readonly version?: KarmadaVersion;
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

/** Takes a field, or a value of an enumeration, out of a schema. */
function drop(schema: any, path: string, value: any): void {
  if (!schema) return; // what it is a part of came later too
  const [, step, rest] = /^(\[\]|\{\}|\.?[^.[{]+)(.*)$/s.exec(path) ?? [];
  if (step === '[]' || step === '{}') {
    drop(schema[step === '[]' ? 'items' : 'additionalProperties'], rest, value);
  } else if (step !== undefined) {
    const name = step.replace('.', '');
    if (rest === '' && value === undefined) delete schema.properties[name];
    else drop(schema.properties[name], rest, value);
  } else {
    schema.enum = schema.enum.filter((each: any) => each !== value);
  }
}

/**
 * Takes out of a CRD what a release does not have.
 *
 * @param table what came when
 */
export function withoutNewer(manifest: any, version: KarmadaVersion, table: readonly Newer[] = NEWER): any {
  const { group, names, versions } = manifest.spec;
  for (const { since, apiVersion, kind, path, value } of table) {
    if (version._has(since) || kind !== names.kind) continue;
    const found = versions.findIndex(({ name }: any) => `${group}/${name}` === apiVersion);
    if (found < 0) continue;
    if (path === '') versions.splice(found, 1);
    else drop(versions[found].schema.openAPIV3Schema, path, value);
  }
  return manifest;
}

/** The CRDs of Karmada, as an instance needs them: 19 in the newest release. */
export function crds(options: CrdOptions = {}): any[] {
  const { version } = options;
  const all = KINDS.filter(({ aggregated }) => !aggregated).map((kind) => crd(kind, options));
  return version ? all.map((each) => withoutNewer(each, version)).filter(({ spec }) => spec.versions.length > 0) : all;
}

/**
 * A CRD that stands in for the aggregated API server's Cluster where there is none: tests and the demo alone. A real
 * instance must never get it, as it would hide the API that Karmada serves.
 */
export function clusterCrdForTestsAlone(): any {
  return KINDS.filter(({ aggregated }) => aggregated).map((kind) => crd(kind, {}))[0];
}
