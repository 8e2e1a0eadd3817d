/** What names an object on one API server. */
export interface ObjectKey {
  /** Group and version, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Kind, such as `Deployment`. */
  readonly kind: string;
  /** Namespace; `""` for cluster-scoped kinds. */
  readonly namespace: string;
  /** Name. */
  readonly name: string;
}

/** The key of a manifest. */
export function keyOf(manifest: any): ObjectKey {
  return {
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    namespace: manifest.metadata?.namespace ?? '',
    name: manifest.metadata?.name ?? '',
  };
}

/** An object in text: `Kind/namespace/name`, or `Kind/name` when it is cluster-scoped. */
export function keyText(key: ObjectKey): string {
  const { kind, namespace, name } = key;
  const place = namespace === '' ? kind : `${kind}/${namespace}`;
  return name === '' ? place : `${place}/${name}`;
}

/** The group of an API version; `''` is the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
