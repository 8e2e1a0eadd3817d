import { Quantity } from '../../admission/quantity';
import { isLabelKey, LABEL_KEY_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { ResourcesOverrider } from '../resources-overrider';
import type { Intent } from './intent';
import { otherwise } from './variables';

/** Sets requests and limits of a container; those that are not named stay. */
export function resourcesIntent({ container, ...resources }: ResourcesOverrider): Intent {
  const what = 'Overrider.resources';
  return (copy) => {
    const found = copy.pick(container, what);
    if (!found) return;
    const path = [...found.path, 'resources'];
    for (const list of ['limits', 'requests'] as const) {
      for (const [name, amount] of Object.entries(resources[list] ?? {})) copy.set([...path, list, name], amount);
    }
    for (const name of new Set(['limits', 'requests'].flatMap((list) => Object.keys(copy.at([...path, list]) ?? {})))) {
      const [request, limit] = ['requests', 'limits'].map((list) => copy.at([...path, list, name]));
      const [asked, most] = [request, limit].map((amount) =>
        amount === undefined ? undefined : Quantity.parse(amount),
      );
      if (asked && most && asked.nano > most.nano) {
        copy.troubles.push({
          what: `${what} comes to a request of ${request} ${name} and a limit of ${limit} in container "${found.name}"`,
          fix: 'give both, the limit no less than the request',
        });
      }
    }
  };
}

const WITH_REPLICAS = ['apps/v1 Deployment', 'apps/v1 ReplicaSet', 'apps/v1 StatefulSet'];

/** Sets the number of replicas. */
export function replicasIntent(count: number): Intent {
  const what = `Overrider.replicas(${count})`;
  return (copy) => {
    if (copy.subject.divided) {
      copy.troubles.push({
        what: `${what} would go past the placement, which divides the replicas: the cluster would run another number than Karmada counts there`,
        fix: 'use Placement.duplicated, or give each cluster its part with Placement.staticWeight',
      });
    }
    const hasReplicas = copy.subject.types.every((type) => WITH_REPLICAS.includes(type));
    if (!hasReplicas && !copy.isSeen(what)) return;
    if (!hasReplicas && typeof copy.at(['spec', 'replicas']) !== 'number') {
      copy.troubles.push({
        what: `${what} finds no replicas in the template of kind ${copy.object.kind}`,
        fix: 'override an object with `spec.replicas`, or use Overrider.patch for what its kind has instead',
      });
      return;
    }
    if (copy.object !== undefined) copy.set(['spec', 'replicas'], count);
    else copy.blindly(['spec', 'replicas'], count);
  };
}

/** Sets the class of an Ingress. */
export function ingressClassIntent(name: string): Intent {
  const what = `Overrider.ingressClass("${name}")`;
  const OLD = 'kubernetes.io/ingress.class';
  return (copy) => {
    const strange = copy.subject.types.filter((type) => type !== 'networking.k8s.io/v1 Ingress');
    if (strange.length > 0) {
      copy.troubles.push({
        what: `${what} is for an Ingress, and the policy selects ${strange[0]}`,
        fix: 'leave it out',
      });
    } else if (copy.at(['metadata', 'annotations', OLD]) !== undefined) {
      copy.troubles.push({
        what: `${what} cannot stand beside the annotation "${OLD}" of the template`,
        fix: `use Overrider.annotation('${OLD}', '${name}')`,
      });
    } else if (copy.object === undefined) copy.blindly(['spec', 'ingressClassName'], name);
    else copy.set(['spec', 'ingressClassName'], name);
  };
}

/** Sets the storage class of a claim, or of a claim template of a StatefulSet. */
export function storageClassIntent(name: string, template: string | undefined): Intent {
  const what = `Overrider.storageClass("${name}")`;
  return (copy) => {
    const [type, ...others] = new Set(copy.subject.types);
    if (type === 'v1 PersistentVolumeClaim' && others.length === 0) {
      if (template !== undefined) {
        copy.troubles.push({
          what: `${what} names claim template "${template}", and a PersistentVolumeClaim has none`,
          fix: 'leave `claimTemplate` out',
        });
      } else if (copy.object === undefined) copy.blindly(['spec', 'storageClassName'], name);
      else copy.set(['spec', 'storageClassName'], name);
      return;
    }
    if (!copy.isSeen(what)) return;
    const templates: readonly any[] = copy.at(['spec', 'volumeClaimTemplates']) ?? [];
    const names = templates.map(({ metadata }) => metadata?.name);
    const index = template === undefined ? 0 : names.indexOf(template);
    if (names.length === 0) {
      copy.troubles.push({
        what: `${what} needs a claim, and the template has none`,
        fix: 'override a PersistentVolumeClaim, or a StatefulSet with volumeClaimTemplates',
      });
    } else if (index < 0) {
      copy.troubles.push({
        what: `${what} names claim template "${template}", which the template does not have`,
        fix: otherwise(String(template), names, 'claim templates'),
      });
    } else if (template === undefined && names.length > 1) {
      copy.troubles.push({
        what: `${what} does not say which claim template it is for`,
        fix: `give \`claimTemplate\`, one of: ${names.join(', ')}`,
      });
    } else copy.set(['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'], name);
  };
}

/** What is wrong with requests and limits. */
export function resourcesTroubles({ requests = {}, limits = {} }: ResourcesOverrider): Trouble[] {
  const amounts = [...Object.entries(requests), ...Object.entries(limits)];
  if (amounts.length === 0) {
    return [
      { what: 'Overrider.resources changes nothing', fix: "give `requests` or `limits`, such as { cpu: '500m' }" },
    ];
  }
  return amounts.flatMap(([name, amount]) => {
    const quantity = Quantity.parse(amount);
    return [
      ...(isLabelKey(name)
        ? []
        : [{ what: `"${name}" cannot be the name of a resource`, fix: `use ${LABEL_KEY_RULE}` }]),
      ...(quantity && quantity.nano >= 0n
        ? []
        : [{ what: `"${amount}" cannot be an amount of ${name}`, fix: 'give a quantity, such as 500m, 2 or 1Gi' }]),
    ];
  });
}
