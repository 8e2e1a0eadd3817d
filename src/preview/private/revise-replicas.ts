import type { TargetCluster } from './binding';
import { reviseThirdParty } from './third-party/revision';
import { type Tie, webster } from './webster';

/**
 * Writes the cluster's share into the template, where the template has the field at all.
 *
 * Mirrors `pkg/resourceinterpreter/default/native/revisereplica.go` of Karmada v1.18.2.
 */
export function reviseReplicas(manifest: any, replicas: number): void {
  switch (`${manifest.apiVersion} ${manifest.kind}`) {
    case 'apps/v1 Deployment':
    case 'apps/v1 StatefulSet':
    case 'apps/v1 ReplicaSet':
      if (manifest.spec?.replicas !== undefined) manifest.spec.replicas = replicas;
      break;
    case 'batch/v1 Job':
      if (manifest.spec?.parallelism !== undefined) manifest.spec.parallelism = replicas;
      break;
    default:
      reviseThirdParty(manifest, replicas);
  }
}

/**
 * Completions of a Job whose replicas are divided, in proportion to what each cluster runs. Undefined where Karmada leaves
 * them alone.
 *
 * Mirrors `divideReplicasByJobCompletions` in `pkg/controllers/binding/common.go` of Karmada v1.18.2.
 */
export function jobCompletions(
  template: any,
  targets: readonly TargetCluster[],
  tie: Tie,
): ReadonlyMap<string, number> | undefined {
  const completions = template.spec?.completions;
  if (template.kind !== 'Job' || completions === undefined) return undefined;
  const divided = new Map(targets.map((target) => [target.name, 0]));
  for (const { name, replicas } of webster(completions, targets, tie)) divided.set(name, replicas);
  return divided;
}
