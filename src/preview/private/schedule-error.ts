/** Reasons of a binding's condition `Scheduled` when it is false. */
export type ScheduleReason = 'NoClusterFit' | 'Unschedulable' | 'SchedulerError';

/** Why the scheduler gave up, in Karmada's words. */
export class ScheduleError extends Error {
  constructor(
    readonly reason: ScheduleReason,
    message: string,
  ) {
    super(message);
  }

  /** The same reason with what was being done in front, as the scheduler wraps it. */
  during(step: string): ScheduleError {
    return new ScheduleError(this.reason, `${step}: ${this.message}`);
  }
}
