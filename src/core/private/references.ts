/** What a template refers to. A label stands for every object of the kind that carries it. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly label?: { readonly key: string; readonly value: string };
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

/** What a pod names. */
export function podReferences(pod: any): Reference[] {
  if (!pod) return [];
  const account = pod.serviceAccountName === 'default' ? undefined : pod.serviceAccountName;
  const claims = (pod.volumes ?? []).map((volume: any) => volume.persistentVolumeClaim?.claimName);
  return [
    ...references('ConfigMap', configMaps(pod)),
    ...references('Secret', secrets(pod)),
    ...references('ServiceAccount', [account]),
    ...references('PersistentVolumeClaim', claims),
  ];
}

/** Objects of one kind, by name; empty names and repetitions are left out. */
export function references(kind: string, names: readonly (string | undefined)[]): Reference[] {
  return [...new Set(names.filter((name): name is string => Boolean(name)))]
    .sort()
    .map((name) => ({ apiVersion: 'v1', kind, name }));
}
