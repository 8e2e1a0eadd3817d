import { podReferences, type Reference } from './references';
import { thirdPartyDependencies } from './third-party-dependencies';

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
      return thirdPartyDependencies(template);
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
