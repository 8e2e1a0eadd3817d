import { FindingLevel } from '../core/finding';
import { entries } from './read';
import type { InputRule, ObjectRule } from './rule';

const KIND = 'networking.karmada.io/MultiClusterService';

export const PORTS_OF_MULTI_CLUSTER_SERVICE: ObjectRule = {
  code: 'MC140',
  level: FindingLevel.WARNING,
  title: 'ports of a MultiClusterService',
  why: 'No controller of Karmada reads the ports of a MultiClusterService: every port of the Service can be reached from the other clusters, those that it does not name too.',
  fix: 'leave ports out; for fewer ports make a Service that has only those',
  see: 'pkg/controllers/multiclusterservice at v1.18.2',
  kinds: [KIND],
  look: (service) =>
    entries(service.spec?.ports).length > 0
      ? [
          {
            object: service,
            path: 'spec.ports',
            message: 'the ports have no effect: every port of the Service is open',
          },
        ]
      : [],
};

export const SERVICE_OF_MULTI_CLUSTER_SERVICE: InputRule = {
  code: 'MC141',
  level: FindingLevel.WARNING,
  title: 'a MultiClusterService without a Service',
  why: 'A MultiClusterService makes the Service of its own name reachable. Until Karmada has that Service nothing happens.',
  fix: 'add the Service, in the same namespace and with the same name; acknowledge this when Karmada has it already',
  see: 'pkg/controllers/multiclusterservice/mcs_controller.go at v1.18.2',
  check: (objects) =>
    objects.ofKind(KIND).flatMap((object) => {
      const { name, namespace } = object.metadata;
      if (objects.find('v1', 'Service', namespace, name)) return [];
      const message = `the Service "${name}" of its namespace is not in the input`;
      return [{ object, path: 'metadata.name', message }];
    }),
};
