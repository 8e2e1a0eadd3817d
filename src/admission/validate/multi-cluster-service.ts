import { refuseName } from '../metadata';
import { clusterNameFault, dnsLabelFault, serviceNameFault } from '../names';
import type { Refusals } from '../refusals';
import { shown } from '../refusals';
import type { Review } from '../review';

const TYPES = ['CrossCluster', 'LoadBalancer'];

/** pkg/webhook/multiclusterservice/validating.go at v1.18.2. */
export function validateMultiClusterService({ metadata, spec, refusals }: Review): void {
  const wrongName = serviceNameFault(metadata.name);
  if (wrongName) refuseName(metadata.name, wrongName, refusals);
  validatePorts(spec.ports ?? [], refusals);
  const types: readonly string[] = spec.types ?? [];
  types.forEach((type, index) => {
    if (!TYPES.includes(type)) refusals.notAllowed(`spec.types[${index}]`, type, TYPES);
  });
  if (new Set(types).size > 1) {
    refusals.conflict('spec.types', `types holds ${types.map(shown).join(' and ')}`, 'keep one type');
  }
  // Upstream says spec.range for both lists of clusters.
  for (const list of ['providerClusters', 'consumerClusters']) {
    (spec[list] ?? []).forEach(({ name }: any, index: number) => {
      const fault = clusterNameFault(name);
      if (fault) refusals.malformed(`spec.range.${list}[${index}]`, name, fault);
    });
  }
}

function validatePorts(ports: readonly any[], refusals: Refusals): void {
  const names = new Set<string>();
  ports.forEach(({ name, port }, index) => {
    const path = `spec.ports[${index}]`;
    const fault = name !== '' && dnsLabelFault(name);
    if (fault) refusals.malformed(`${path}.name`, name, fault);
    if (name !== '' && names.has(name)) {
      refusals.duplicate(`${path}.name`, `two ports are named ${shown(name)}`, 'give each port a name of its own');
    }
    names.add(name);
    if (port < 1 || port > 65535) refusals.outOfRange(`${path}.port`, port, '1 to 65535');
  });
}
