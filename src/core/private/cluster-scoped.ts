import type { IConstruct } from 'constructs';
import { groupOf } from '../object-key';

/** Cluster-scoped kinds by API group, of Kubernetes v1.35 and Karmada v1.18.2. */
const KINDS: { readonly [group: string]: readonly string[] } = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'apps.karmada.io': ['WorkloadRebalancer'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'cluster.karmada.io': ['Cluster'],
  'config.karmada.io': ['ResourceInterpreterCustomization', 'ResourceInterpreterWebhookConfiguration'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'policy.karmada.io': ['ClusterOverridePolicy', 'ClusterPropagationPolicy', 'ClusterTaintPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'remedy.karmada.io': ['Remedy'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'search.karmada.io': ['ResourceRegistry'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
  'work.karmada.io': ['ClusterResourceBinding'],
};

/** Objects of custom kinds that are said to be cluster-scoped where they are made. */
const DECLARED = new WeakSet<IConstruct>();

/** Says that an object has no namespace, whatever its kind. */
export function declareClusterScoped(object: IConstruct): void {
  DECLARED.add(object);
}

/** Whether an object was said to have no namespace. */
export function isDeclaredClusterScoped(object: IConstruct): boolean {
  return DECLARED.has(object);
}

/** Whether a kind is known to be cluster-scoped. A custom kind is known by its definition only. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return KINDS[groupOf(apiVersion)]?.includes(kind) ?? false;
}
