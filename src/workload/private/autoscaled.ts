import { troubles } from '../../core/private/trouble';
import { FederatedAutoscaler, type FederatedAutoscalerOptions } from '../federated-autoscaler';
import type { IMulticloudResource } from '../multicloud-resource';

const AUTOSCALER = 'Autoscaler';

/** The autoscaler of a workload, which has one at most: two would undo each other's work. */
export function autoscaled(workload: IMulticloudResource, options: FederatedAutoscalerOptions): FederatedAutoscaler {
  if (workload.node.tryFindChild(AUTOSCALER)) {
    throw troubles([
      {
        what: `${workload.template.kind} ${workload.template.name} has an autoscaler already`,
        at: workload.node.path,
        fix: 'call `autoscale` once; more metrics, and schedules with `addSchedule`, go to the same autoscaler',
      },
    ]);
  }
  return new FederatedAutoscaler(workload, AUTOSCALER, { ...options, scaleTarget: workload });
}
