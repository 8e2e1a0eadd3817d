import { scriptNumber } from './script-number';

/** One of the two kinds of pods of a FlinkDeployment. */
export interface FlinkPods {
  readonly replicas: number;
  readonly resource?: any;
}

/** The pods that a FlinkDeployment asks for: of the task manager as many as its job needs, where it does not say. */
export function flinkPods({ spec = {} }: any): { readonly jobManager: FlinkPods; readonly taskManager: FlinkPods } {
  const { jobManager, taskManager, job, flinkConfiguration } = spec;
  const slots = scriptNumber(flinkConfiguration?.['taskmanager.numberOfTaskSlots'], undefined);
  const parallelism = scriptNumber(job?.parallelism, undefined);
  const needed = parallelism === undefined || !slots ? 1 : Math.ceil(parallelism / slots);
  return {
    jobManager: { replicas: scriptNumber(jobManager?.replicas, 1), resource: jobManager?.resource },
    taskManager: { replicas: scriptNumber(taskManager?.replicas, needed), resource: taskManager?.resource },
  };
}
