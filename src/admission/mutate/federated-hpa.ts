import type { Review } from '../review';

const UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

/** SetDefaultsFederatedHPA of pkg/util/lifted/federatedhpa.go at v1.18.2. It forgets `tolerance`, which is then gone. */
export function mutateFederatedHpa({ spec }: Review): void {
  spec.minReplicas ??= 1;
  if (!spec.metrics?.length) {
    const target = { type: 'Utilization', averageUtilization: 80 };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  if (spec.behavior) {
    spec.behavior = { scaleUp: filled(spec.behavior.scaleUp, UP), scaleDown: filled(spec.behavior.scaleDown, DOWN) };
  }
}

function filled(given: any, defaults: any): any {
  const { stabilizationWindowSeconds, selectPolicy, policies } = given ?? {};
  return {
    stabilizationWindowSeconds: stabilizationWindowSeconds ?? defaults.stabilizationWindowSeconds,
    selectPolicy: selectPolicy ?? defaults.selectPolicy,
    policies: policies ?? defaults.policies,
  };
}
