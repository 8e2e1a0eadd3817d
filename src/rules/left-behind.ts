import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { backends } from './backends';
import type { Objects } from './objects';
import { podOf } from './pods';
import type { Doubt, InputRule } from './rule';

function references(objects: Objects): Doubt[] {
  const followed = new Set<any>();
  const stays: { readonly template: any; readonly dependency: any }[] = [];
  for (const template of objects.templates) {
    const policy = objects.policyOf(template);
    if (!policy) continue;
    for (const { apiVersion, kind, name } of objects.references(template)) {
      const dependency = name && objects.find(apiVersion, kind, template.metadata.namespace, name);
      if (!dependency || objects.policyOf(dependency)) continue;
      if (policy.spec.propagateDeps) followed.add(dependency);
      else stays.push({ template, dependency });
    }
  }
  return stays
    .filter(({ dependency }) => !followed.has(dependency))
    .map(({ template, dependency }) => ({
      object: template,
      path: podOf(template)?.path ?? 'spec',
      message: `it needs ${keyText(keyOf(dependency))}, which stays on Karmada: no policy selects it, and ${keyText(keyOf(objects.policyOf(template)))} does not propagate dependencies`,
      fix: 'set propagateDeps in the policy, or place the dependency with a policy of its own',
    }));
}

/** A Service is never a dependency: it needs a policy. One that spans clusters takes care of its namesake. */
function services(objects: Objects): Doubt[] {
  const served = backends(objects);
  return objects.ofKind('Service').flatMap((service) => {
    const { name, namespace } = service.metadata;
    const spans = objects.find('networking.karmada.io/v1alpha1', 'MultiClusterService', namespace, name);
    if (objects.policyOf(service) || spans) return [];
    const [workload] = served(service);
    if (!workload) return [];
    return [
      {
        object: service,
        path: 'spec.selector',
        message: `it serves the pods of ${keyText(keyOf(workload))}, but stays on Karmada: no policy selects it, and Services never follow`,
        fix: 'place it with the workload: add it to the resourceSelectors of that policy',
      },
    ];
  });
}

export const LEFT_BEHIND: InputRule = {
  code: 'MC040',
  level: FindingLevel.WARNING,
  title: 'something that a workload needs does not follow it',
  why: 'Karmada sends what a workload refers to along only where its policy says propagateDeps, and only ConfigMaps, Secrets, service accounts and volume claims. A Service is never a dependency: it needs a policy that selects it.',
  fix: 'set propagateDeps in the policy, or place the dependency with a policy of its own',
  see: 'pkg/dependenciesdistributor/dependencies_distributor.go at v1.18.2',
  check: (objects) => [...references(objects), ...services(objects)],
};
