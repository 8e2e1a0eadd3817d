/**
 * Writes the cluster's share into the template, for the kinds that Karmada understands by a script that it ships. Unlike
 * its own kinds they get the field also where the template has none.
 *
 * Mirrors `pkg/resourceinterpreter/default/thirdparty/resourcecustomizations` of Karmada v1.18.2.
 */
export function reviseThirdParty(manifest: any, replicas: number): void {
  switch (`${manifest.apiVersion} ${manifest.kind}`) {
    case 'apps.kruise.io/v1alpha1 CloneSet':
    case 'apps.kruise.io/v1alpha1 UnitedDeployment':
    case 'apps.kruise.io/v1beta1 StatefulSet':
      manifest.spec.replicas = replicas;
      break;
    case 'apps.kruise.io/v1alpha1 BroadcastJob':
    case 'argoproj.io/v1alpha1 Workflow':
      manifest.spec.parallelism = replicas;
      break;
    case 'ray.io/v1 RayService':
      divideWorkers(manifest.spec?.rayClusterConfig?.workerGroupSpecs ?? [], Math.max(0, replicas - 1));
      break;
  }
}

/** One pod is the head. The groups of workers keep their proportions, and the last one gets what is left. */
function divideWorkers(groups: readonly any[], workers: number): void {
  const total = groups.reduce((sum, group) => sum + (group.replicas ?? 0), 0);
  let given = 0;
  groups.forEach((group, index) => {
    if (workers === 0) group.replicas = 0;
    else if (index === groups.length - 1) group.replicas = workers - given;
    else if (total === 0)
      group.replicas = Math.floor(workers / groups.length) + (index < workers % groups.length ? 1 : 0);
    else group.replicas = Math.floor((workers * (group.replicas ?? 0)) / total + 0.5);
    given += group.replicas;
  });
}
