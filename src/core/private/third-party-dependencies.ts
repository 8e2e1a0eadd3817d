import { podReferences, type Reference, references } from './references';

/** Finds what a template of one kind refers to. */
type Finder = (spec: any) => Reference[];

const ofTemplate: Finder = ({ template }) => podReferences(template?.spec);

const FINDERS: { readonly [kind: string]: Finder } = {
  'apps.kruise.io/v1alpha1 CloneSet': ofTemplate,
  'apps.kruise.io/v1alpha1 UnitedDeployment': ofTemplate,
  'apps.kruise.io/v1alpha1 BroadcastJob': ofTemplate,
  'apps.kruise.io/v1alpha1 DaemonSet': ofTemplate,
  'apps.kruise.io/v1beta1 StatefulSet': ofTemplate,
  'apps.kruise.io/v1alpha1 AdvancedCronJob': ({ template = {} }) =>
    podReferences((template.broadcastJobTemplate ?? template.jobTemplate)?.spec?.template?.spec),
  'argoproj.io/v1alpha1 Workflow': workflow,
  'kubeflow.org/v1 PyTorchJob': ({ pytorchReplicaSpecs }) => ofTypes(pytorchReplicaSpecs, ['Master', 'Worker']),
  'kubeflow.org/v1 TFJob': ({ tfReplicaSpecs }) =>
    ofTypes(tfReplicaSpecs, ['PS', 'Worker', 'Chief', 'Master', 'Evaluator']),
  'ray.io/v1 RayJob': ({ rayClusterSpec, submitterPodTemplate }) => [
    ...rayCluster(rayClusterSpec),
    ...podReferences(submitterPodTemplate?.spec),
  ],
  'ray.io/v1 RayService': ({ rayClusterConfig }) => rayCluster(rayClusterConfig),
  'helm.toolkit.fluxcd.io/v2beta1 HelmRelease': ({ valuesFrom = [], chart, kubeConfig, serviceAccountName }) => {
    const values = (kind: string) => valuesFrom.filter((each: any) => each.kind === kind).map((each: any) => each.name);
    const named = [...values('Secret'), chart?.spec?.verify?.secretRef?.name, kubeConfig?.secretRef?.name];
    return [...secrets(named), ...account(serviceAccountName), ...references('ConfigMap', values('ConfigMap'))];
  },
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': ({ decryption, kubeConfig, serviceAccountName }) => [
    ...secrets([decryption?.secretRef?.name, kubeConfig?.secretRef?.name]),
    ...account(serviceAccountName),
  ],
  'source.toolkit.fluxcd.io/v1 GitRepository': ({ secretRef, verify }) =>
    secrets([secretRef?.name, verify?.secretRef?.name]),
  'source.toolkit.fluxcd.io/v1beta2 Bucket': ({ secretRef }) => secrets([secretRef?.name]),
  'source.toolkit.fluxcd.io/v1beta2 HelmChart': ({ verify }) => secrets([verify?.secretRef?.name]),
  'source.toolkit.fluxcd.io/v1beta2 HelmRepository': ({ secretRef }) => secrets([secretRef?.name]),
  // Karmada fails on one without a ServiceAccount, and nothing follows it
  'source.toolkit.fluxcd.io/v1beta2 OCIRepository': ({ secretRef, verify, certSecretRef, serviceAccountName }) =>
    serviceAccountName === undefined
      ? []
      : [...secrets([secretRef?.name, verify?.secretRef?.name, certSecretRef?.name]), ...account(serviceAccountName)],
};

/**
 * What a template needs beside it, for the kinds that Karmada understands by a script that it ships. Its script for
 * SidecarSet never counts: nothing follows what is cluster-scoped.
 *
 * Mirrors `pkg/resourceinterpreter/default/thirdparty/resourcecustomizations` of Karmada v1.18.2.
 */
export function thirdPartyDependencies({ apiVersion, kind, spec = {} }: any): Reference[] | undefined {
  const found = FINDERS[`${apiVersion} ${kind}`]?.(spec);
  return found && [...new Map(found.map((each) => [`${each.kind}/${each.name}`, each])).values()];
}

function secrets(names: readonly (string | undefined)[]): Reference[] {
  return references('Secret', names);
}

/** Flux's may also be called `default`. */
function account(name: string | undefined): Reference[] {
  return references('ServiceAccount', [name]);
}

function ofTypes(specs: any, types: readonly string[]): Reference[] {
  return types.flatMap((type) => podReferences(specs?.[type]?.template?.spec));
}

function rayCluster(cluster: any): Reference[] {
  const groups: readonly any[] = [cluster?.headGroupSpec, ...(cluster?.workerGroupSpecs ?? [])];
  return groups.flatMap((group) => podReferences(group?.template?.spec));
}

/** A workflow's own volumes and accounts; its steps are not looked at, and a Secret of a volume counts by `name` alone. */
function workflow(spec: any): Reference[] {
  const volumes: readonly any[] = spec.volumes ?? [];
  const { imagePullSecrets, serviceAccountName, volumeClaimTemplates = [], executor } = spec;
  const withoutSecrets = volumes.map(({ secret: _, ...rest }) => rest);
  return [
    ...podReferences({ volumes: withoutSecrets, imagePullSecrets, serviceAccountName }),
    ...secrets(volumes.map(({ secret }) => secret?.name)),
    ...account(executor?.serviceAccountName),
    ...references(
      'PersistentVolumeClaim',
      volumeClaimTemplates.map(({ metadata }: any) => metadata?.name),
    ),
  ];
}
