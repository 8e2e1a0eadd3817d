import { groupOf } from '../../core/object-key';
import { copyOf, isCollection } from './pointer';

/** Groups whose objects an API server writes anew: lists that are empty, and these maps, are not in what it stores. */
const REWRITTEN = ['', 'apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io'];
const LEFT_OUT_WHEN_EMPTY = new Set([
  'annotations',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'requests',
]);

/** A copy of a synthesized object as Karmada holds it, which is what overrides are applied to. */
export function asStored(manifest: any): any {
  const object = copyOf(manifest);
  const { annotations } = object.metadata ?? {};
  for (const key of Object.keys(annotations ?? {})) {
    if (key.startsWith('cdk8s-karmada.io/') || key === 'config.kubernetes.io/depends-on') delete annotations[key];
  }
  if (annotations && Object.keys(annotations).length === 0) delete object.metadata.annotations;
  // the server turns it into `data`
  if (isSecret(object)) delete object.stringData;
  if (REWRITTEN.includes(groupOf(object.apiVersion ?? ''))) leaveOutEmpty(object);
  return object;
}

/** Whether the object holds secret values. */
export function isSecret(object: any): boolean {
  return object.apiVersion === 'v1' && object.kind === 'Secret';
}

function leaveOutEmpty(value: any): void {
  if (!isCollection(value)) return;
  for (const [key, each] of Object.entries(value)) {
    leaveOutEmpty(each);
    if (Array.isArray(value) || !isCollection(each) || Object.keys(each as object).length > 0) continue;
    if (Array.isArray(each) || LEFT_OUT_WHEN_EMPTY.has(key)) delete value[key];
  }
}
