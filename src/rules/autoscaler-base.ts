import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { asksFor } from './no-requests';
import type { Objects } from './objects';
import { divisionOf, isOneCluster } from './placements';
import { containersOf } from './pods';
import { entries, quoted } from './read';
import type { Doubt, InputRule } from './rule';
import { FEDERATED_HPA, targetOf } from './scale-targets';

function withoutRequests(objects: Objects): Doubt[] {
  return objects.ofKind(FEDERATED_HPA).flatMap((autoscaler) => {
    const target = targetOf(objects, autoscaler);
    if (!target) return [];
    return entries(autoscaler.spec?.metrics).flatMap(({ item, index }) => {
      const [field, metric] = item.containerResource
        ? ['containerResource', item.containerResource]
        : ['resource', item.resource];
      if (metric?.target?.type !== 'Utilization') return [];
      const bare = containersOf(target)
        .filter(({ path }) => !path.includes('initContainers'))
        .filter(({ container }) => field === 'resource' || container.name === metric.container)
        .filter(({ container }) => !asksFor(container, metric.name));
      if (bare.length === 0) return [];
      const names = quoted(bare.map(({ container }) => container.name));
      return [
        {
          object: autoscaler,
          path: `spec.metrics[${index}].${field}`,
          message: `it scales by the share of the requested ${metric.name} that is used, but ${keyText(keyOf(target))} requests none for ${names}`,
          fix: `request ${metric.name} for each container, or scale by AverageValue`,
        },
      ];
    });
  });
}

export const AUTOSCALER_WITHOUT_REQUESTS: InputRule = {
  code: 'MC130',
  level: FindingLevel.WARNING,
  title: 'scaling by utilization without requests',
  why: 'Utilization is a share of what was requested. Where a container requests nothing, there is nothing to take a share of, and the autoscaler does nothing.',
  fix: 'request the resource for each container, or scale by AverageValue',
  see: 'pkg/controllers/federatedhpa/replica_calculator.go at v1.18.2',
  check: withoutRequests,
};

export const AUTOSCALER_WITHOUT_METRICS: InputRule = {
  code: 'MC131',
  level: FindingLevel.WARNING,
  title: 'a FederatedHPA on an instance without karmada-metrics-adapter',
  why: 'A FederatedHPA asks the API server of Karmada for metrics, and karmada-metrics-adapter is what answers. Without it there are none, and nothing is scaled.',
  fix: 'install it with `components: { karmadaMetricsAdapter: {} }` of the instance',
  see: 'https://karmada.io/docs/userguide/autoscaling/federatedhpa',
  check: (objects, { metricsAdapter }) =>
    metricsAdapter !== false
      ? []
      : objects.ofKind(FEDERATED_HPA).map((autoscaler) => ({
          object: autoscaler,
          path: 'spec.metrics',
          message: 'it scales by metrics, and its instance has no karmada-metrics-adapter to serve them',
        })),
};

export const AUTOSCALER_WITH_DUPLICATED: InputRule = {
  code: 'MC132',
  level: FindingLevel.WARNING,
  title: 'a FederatedHPA for replicas that are duplicated',
  why: 'A FederatedHPA sets the number of replicas by the use in all clusters together. A placement that duplicates gives that number to each of them, so the sum is a multiple of what was worked out.',
  fix: 'divide the replicas of the workload',
  see: 'https://karmada.io/docs/userguide/autoscaling/federatedhpa',
  check: (objects) =>
    objects.ofKind(FEDERATED_HPA).flatMap((autoscaler) => {
      const target = targetOf(objects, autoscaler);
      const policy = target && objects.policyOf(target);
      if (!policy || divisionOf(policy) !== 'duplicated' || isOneCluster(policy)) return [];
      const message = `it scales ${keyText(keyOf(target))} for all clusters together, but ${keyText(keyOf(policy))} gives each of them that number`;
      return [{ object: autoscaler, path: 'spec.scaleTargetRef', message }];
    }),
};
