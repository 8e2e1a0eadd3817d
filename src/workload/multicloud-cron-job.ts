import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { peekAt } from '../core/private/plain-object';
import type { MulticloudJobTemplateProps } from './multicloud-job-template-props';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { countTroubles } from './private/counts';
import { scheduleTroubles } from './private/cron-schedule';
import { inWords } from './private/cron-words';
import { divisionTroubles } from './private/division';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { jobSpec, jobTroubles } from './private/job-template';
import { nameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { seconds, secondsTroubles } from './private/seconds';

/** Kubernetes names the jobs with the name, a - and a time of 10 digits, and a job's name has 63 characters. */
const LONGEST_NAME = 52;

const CRON_JOB = { apiVersion: 'batch/v1', kind: 'CronJob' };

/** Options of `MulticloudCronJob`. Its placement duplicates: Karmada does not divide cron jobs. */
export interface MulticloudCronJobProps extends MulticloudJobTemplateProps {
  /** When jobs start: minute, hour, day of the month, month and day of the week, or a name such as `@hourly`. */
  readonly schedule: string;

  /**
   * The time zone of the schedule, by its IANA name, such as `Europe/Berlin`.
   *
   * @default - that of each cluster's own control plane, so clusters may start at different times
   */
  readonly timeZone?: string;

  /**
   * What happens when a job is due while the last one still runs.
   *
   * @default - as Kubernetes does: both run
   */
  readonly concurrencyPolicy?: kplus.ConcurrencyPolicy;

  /**
   * How late a job may still start, in whole seconds. Kubernetes looks every 10 seconds, so less than that misses some.
   *
   * @default - however late it is
   */
  readonly startingDeadline?: Duration;

  /**
   * Whether no more jobs start. Those that run go on.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How many jobs that succeeded are kept, 0 for none.
   *
   * @default - as Kubernetes does: 3
   */
  readonly successfulJobsHistoryLimit?: number;

  /**
   * How many jobs that failed are kept, 0 for none.
   *
   * @default - as Kubernetes does: 1
   */
  readonly failedJobsHistoryLimit?: number;
}

/**
 * A cron job on several clusters: each cluster that the placement chooses starts its own jobs by the clock.
 *
 * The policies have the name `<name>-cronjob`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudCronJob, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const report = new MulticloudCronJob(chart, 'report', {
 *   schedule: '0 3 * * 1-5',
 *   timeZone: 'Europe/Berlin',
 *   containers: [{ image: 'registry.example/report:1.1.0' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
 * });
 * const meaning = report.describeSchedule(); // At 03:00, Monday through Friday, in the time zone Europe/Berlin
 */
export class MulticloudCronJob extends Resource {
  /**
   * Sends out a cron job that something else makes: any cdk8s-plus, an `Include`, a construct of your team. Its defaults stay.
   *
   * @param construct the cron job, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no cron job behind it, or it is sent out already, or the placement divides
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudCronJob {
    return new MulticloudCronJob(construct as Construct, GIVEN, existing(construct, options, CRON_JOB));
  }

  /**
   * Sends out the cron job in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML or does not hold one cron job, or the placement divides
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudCronJob {
    return new MulticloudCronJob(scope, id, fromYaml(props, CRON_JOB));
  }

  /**
   * Takes over a cron job that runs on a member cluster already. Its pods go on running as they are.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the cron job as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew, or the placement divides
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudCronJob {
    return new MulticloudCronJob(scope, id, adopted(props, CRON_JOB));
  }

  /** @throws if the placement divides or Kubernetes would refuse the cron job; the error names everything that is wrong */
  constructor(scope: Construct, id: string, props: MulticloudCronJobProps) {
    super(scope, id, props, checked(draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props), props));
  }

  /** Says in English when jobs start, for pages and reviews. */
  public describeSchedule(): string {
    const { schedule, timeZone } = peekAt(this.template).spec;
    const words = inWords(schedule);
    if (!words.includes(':')) return words;
    return `${words}, in ${timeZone ? `the time zone ${timeZone}` : "each cluster's own time zone"}`;
  }
}

/** Wherever the cron job comes from, Karmada does not divide it. */
function checked(draft: Draft, props: MulticloudResourceOptions): Draft {
  return {
    ...draft,
    troubles: [...draft.troubles, ...divisionTroubles('cron job', props, 'each cluster starts its own jobs')],
  };
}

function draft(name: string, props: MulticloudCronJobProps): Draft {
  const { schedule, timeZone, startingDeadline, successfulJobsHistoryLimit, failedJobsHistoryLimit } = props;
  return {
    ...CRON_JOB,
    name,
    spec: () => ({
      schedule,
      timeZone,
      concurrencyPolicy: props.concurrencyPolicy,
      startingDeadlineSeconds: seconds(startingDeadline),
      suspend: props.suspend,
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
      jobTemplate: { spec: jobSpec(props) },
    }),
    troubles: [
      ...nameTroubles('cron job', name, LONGEST_NAME),
      ...scheduleTroubles(schedule, timeZone),
      ...secondsTroubles({ startingDeadline }),
      ...countTroubles({ successfulJobsHistoryLimit, failedJobsHistoryLimit }),
      ...jobTroubles('cron job', props),
    ],
  };
}
