import { groupOf } from '../../core/object-key';

/** Kinds of Kubernetes' own API groups that live in no namespace (v1.35). */
const CLUSTER_SCOPED = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

function isKubernetes(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/**
 * Puts objects of Kubernetes' own kinds that name no namespace into `default`, as an API server's client does. Of other
 * kinds that is done only where their CustomResourceDefinition is among the objects.
 */
export function inNamespaces(objects: readonly any[]): any[] {
  const definitions = new Map<string, boolean>();
  for (const { kind, spec } of objects) {
    if (kind !== 'CustomResourceDefinition') continue;
    definitions.set(`${spec?.group} ${spec?.names?.kind}`, spec?.scope === 'Namespaced');
  }
  return objects.map((object) => {
    if (object.metadata.namespace) return object;
    const { apiVersion, kind } = object;
    const namespaced =
      definitions.get(`${apiVersion.split('/')[0]} ${kind}`) ?? (isKubernetes(apiVersion) && !CLUSTER_SCOPED.has(kind));
    return namespaced ? { ...object, metadata: { ...object.metadata, namespace: 'default' } } : object;
  });
}
