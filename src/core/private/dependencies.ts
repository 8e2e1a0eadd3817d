/** What a template refers to. A label stands for every object of the kind that carries it. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly label?: { readonly key: string; readonly value: string };
}

/**
 * What a template needs beside it, for the kinds that Karmada itself understands; undefined for kinds without a finder,
 * whose policy may say `propagateDeps` to no effect.
 *
 * Mirrors `pkg/resourceinterpreter/default/native/dependencies.go` and `pkg/util/helper/pod.go` of Karmada v1.18.2.
 */
export function dependenciesOf(template: any): Reference[] | undefined {
  const spec = template.spec ?? {};
  switch (`${template.apiVersion} ${template.kind}`) {
    case 'apps/v1 Deployment':
    case 'apps/v1 ReplicaSet':
    case 'apps/v1 DaemonSet':
    case 'batch/v1 Job':
      return podReferences(spec.template?.spec);
    case 'apps/v1 StatefulSet':
      return withoutOwnClaims(podReferences(spec.template?.spec), spec.volumeClaimTemplates ?? []);
    case 'batch/v1 CronJob':
      return podReferences(spec.jobTemplate?.spec?.template?.spec);
    case 'v1 Pod':
      return podReferences(spec);
    case 'networking.k8s.io/v1 Ingress':
      return ingressReferences(spec.tls ?? []);
    case 'multicluster.x-k8s.io/v1alpha1 ServiceImport':
      return serviceImportReferences(`derived-${template.metadata.name}`);
    default:
      return undefined;
  }
}

function withoutOwnClaims(references: readonly Reference[], templates: readonly any[]): Reference[] {
  const own = new Set(templates.map((template) => template.metadata?.name));
  return references.filter((each) => each.kind !== 'PersistentVolumeClaim' || !own.has(each.name));
}

/** One entry without a Secret spoils the whole answer: Karmada then propagates none of them. */
function ingressReferences(tls: readonly any[]): Reference[] {
  if (tls.some((entry) => !entry.secretName)) return [];
  return tls.map((entry) => ({ apiVersion: 'v1', kind: 'Secret', name: entry.secretName }));
}

function serviceImportReferences(service: string): Reference[] {
  return [
    { apiVersion: 'v1', kind: 'Service', name: service },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      label: { key: 'kubernetes.io/service-name', value: service },
    },
  ];
}

function containers(pod: any): any[] {
  return [...(pod.containers ?? []), ...(pod.initContainers ?? []), ...(pod.ephemeralContainers ?? [])];
}

function projected(volume: any): any[] {
  return volume.projected?.sources ?? [];
}

function configMaps(pod: any): (string | undefined)[] {
  const volumes: any[] = pod.volumes ?? [];
  return [
    ...containers(pod).flatMap((container) => [
      ...(container.envFrom ?? []).map((each: any) => each.configMapRef?.name),
      ...(container.env ?? []).map((each: any) => each.valueFrom?.configMapKeyRef?.name),
    ]),
    ...volumes.flatMap((volume) => [
      volume.configMap?.name,
      ...projected(volume).map((source) => source.configMap?.name),
    ]),
  ];
}

/** Volumes that name a Secret by `secretRef`. */
const SECRET_REF_VOLUMES = ['cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos'];

function secrets(pod: any): (string | undefined)[] {
  const volumes: any[] = pod.volumes ?? [];
  return [
    ...(pod.imagePullSecrets ?? []).map((each: any) => each.name),
    ...containers(pod).flatMap((container) => [
      ...(container.envFrom ?? []).map((each: any) => each.secretRef?.name),
      ...(container.env ?? []).map((each: any) => each.valueFrom?.secretKeyRef?.name),
    ]),
    ...volumes.flatMap((volume) => [
      volume.secret?.secretName,
      volume.azureFile?.secretName,
      volume.csi?.nodePublishSecretRef?.name,
      ...projected(volume).map((source) => source.secret?.name),
      ...SECRET_REF_VOLUMES.map((type) => volume[type]?.secretRef?.name),
    ]),
  ];
}

function podReferences(pod: any): Reference[] {
  if (!pod) return [];
  const account = pod.serviceAccountName === 'default' ? undefined : pod.serviceAccountName;
  const claims = (pod.volumes ?? []).map((volume: any) => volume.persistentVolumeClaim?.claimName);
  const references = (kind: string, names: (string | undefined)[]) =>
    [...new Set(names.filter((name): name is string => Boolean(name)))]
      .sort()
      .map((name) => ({ apiVersion: 'v1', kind, name }));
  return [
    ...references('ConfigMap', configMaps(pod)),
    ...references('Secret', secrets(pod)),
    ...references('ServiceAccount', [account]),
    ...references('PersistentVolumeClaim', claims),
  ];
}
