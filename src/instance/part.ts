import type { Construct } from 'constructs';
import { WAVE } from '../core/private/keys';
import { PlainObject } from '../core/private/plain-object';
import type { ControlPlane } from './control-plane';

/** One object of an instance: where it goes and when it is applied. */
export interface Part {
  /** Construct id. */
  readonly id: string;
  /** The wave that it is applied in: see `WAVES`. */
  readonly wave: number;
  readonly manifest: any;
}

/** What an instance is applied in, each when the one before it works. 0-4, 6, 8: the host. 5, 7: Karmada. */
export const WAVES = {
  /** What needs nothing: namespace, configuration, Services. The keys are issued before etcd. */
  foundation: 0,
  etcd: 2,
  apiServer: 3,
  /** What needs the API server only. */
  extensions: 4,
  /** On Karmada: its kinds, access rules and the aggregated API. */
  kinds: 5,
  /** What exits when Karmada's kinds are not there yet. */
  controllers: 6,
  /** On Karmada: what needs the webhook. */
  webhooks: 7,
  /** What needs a member that has joined. */
  estimators: 8,
} as const;

/** What pods are selected by. It never changes: neither a version nor anything that may be renamed is in it. */
export function selector(plane: ControlPlane, name: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': plane.instanceName };
}

/** The labels of every object on the host; `app` is the one that Karmada's own documents select by. */
export function labels(plane: ControlPlane, name: string): { [key: string]: string } {
  return {
    app: name,
    ...selector(plane, name),
    'app.kubernetes.io/part-of': 'karmada',
    'app.kubernetes.io/version': plane.version,
    'app.kubernetes.io/managed-by': 'cdk8s-karmada',
  };
}

/** Metadata of an object in the instance's namespace. */
export function metadata(plane: ControlPlane, name: string, component = name): any {
  return { name, namespace: plane.namespace, labels: labels(plane, component) };
}

/** Makes an object of a part. */
export function addPart(scope: Construct, { id, wave, manifest }: Part): void {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const annotations = { ...metadata.annotations, [WAVE]: String(wave) };
  new PlainObject(scope, id, { apiVersion, kind, metadata: { ...metadata, annotations }, rest });
}
