import { Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Placement } from '../../src/policy/placement';
import { MulticloudCronJob, type MulticloudCronJobProps } from '../../src/workload/multicloud-cron-job';
import { aChart, bare, messageOf } from '../core/fake-instance';

const containers = [{ image: 'registry.example/report:1' }];

function cronJob(props: Partial<MulticloudCronJobProps>): MulticloudCronJob {
  return new MulticloudCronJob(aChart(), 'report', { schedule: '0 3 * * *', containers, ...props });
}

test('minimal: a cron job that says nothing that nobody asked for, and its policy', () => {
  const chart = aChart();
  new MulticloudCronJob(chart, 'report', { schedule: '@hourly', containers });

  expect(bare(chart, 'CronJob')).toStrictEqual([
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'report', namespace: 'default' },
      spec: {
        jobTemplate: {
          spec: {
            completions: 1,
            parallelism: 1,
            template: {
              spec: { containers: [{ image: 'registry.example/report:1', name: 'main' }], restartPolicy: 'Never' },
            },
          },
        },
        schedule: '@hourly',
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy')[0]).toMatchObject({
    metadata: { name: 'report-cronjob' },
    spec: {
      placement: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
      resourceSelectors: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', namespace: 'default' }],
    },
  });
});

test('everything but the pods', () => {
  const chart = aChart();
  new MulticloudCronJob(chart, 'report', {
    containers,
    schedule: '*/15 8-18 * * mon-fri',
    timeZone: 'Europe/Berlin',
    concurrencyPolicy: kplus.ConcurrencyPolicy.FORBID,
    startingDeadline: Duration.minutes(5),
    suspend: true,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 5,
    backoffLimit: 6,
    activeDeadline: Duration.seconds(360),
    restartPolicy: kplus.RestartPolicy.ON_FAILURE,
  });

  expect(bare(chart, 'CronJob')[0].spec).toStrictEqual({
    concurrencyPolicy: 'Forbid',
    failedJobsHistoryLimit: 5,
    jobTemplate: {
      spec: {
        activeDeadlineSeconds: 360,
        backoffLimit: 6,
        completions: 1,
        parallelism: 1,
        template: {
          spec: { containers: [{ image: 'registry.example/report:1', name: 'main' }], restartPolicy: 'OnFailure' },
        },
      },
    },
    schedule: '*/15 8-18 * * mon-fri',
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 0,
    suspend: true,
    timeZone: 'Europe/Berlin',
  });
});

test.each([
  ['*/5 * * * *', 'Every 5 minutes'],
  ['0 3 * * 1-5', "At 03:00, Monday through Friday, in each cluster's own time zone"],
  ['30 4 1,15 * FRI', "At 04:30, on day 1 and 15 of the month, and on Friday, in each cluster's own time zone"],
  [
    '0/15 8-18 * jan mon',
    "Every 15 minutes, between 08:00 and 18:59, only on Monday, only in January, in each cluster's own time zone",
  ],
  ['? ?  * * ?', 'Every minute'],
  ['*-5 +1,,2 * * *', "Every minute, at 01:00 and 02:00, in each cluster's own time zone"],
  ['@hourly', 'Every hour'],
  ['@midnight', "At 00:00, in each cluster's own time zone"],
  ['@every 1h30m', 'Every 1h30m'],
])('the schedule %s in words', (schedule, words) => {
  expect(cronJob({ schedule }).describeSchedule()).toBe(words);
});

test('the time zone is part of the words, and a patch of the schedule too', () => {
  const report = cronJob({ timeZone: 'Asia/Tokyo' });
  report.template.addJsonPatch(JsonPatch.replace('/spec/schedule', '0 4 * * *'));

  expect(report.describeSchedule()).toBe('At 04:00, in the time zone Asia/Tokyo');
});

describe('fails when', () => {
  const label = 'lower case letters, digits and -, beginning and ending with a letter or a digit';
  const zone = 'give an IANA name, spelled as there, such as Europe/Berlin or UTC';
  const numbers = (range: string) => `give *, or numbers from ${range}, with -, / and , between them`;

  test.each<[string, Partial<MulticloudCronJobProps>, string, string]>([
    [
      'the name leaves no room for the time of a job',
      { name: 'r'.repeat(53) },
      `"${'r'.repeat(53)}" cannot be the name of a cron job`,
      `give a \`name\` of at most 52 characters: ${label}`,
    ],
    [
      'the placement divides',
      { placement: Placement.dynamicWeight() },
      'the placement divides, and Karmada does not divide a cron job: each cluster starts its own jobs',
      'give Placement.duplicated() with the clusters that it is for',
    ],
    [
      'the schedule has seconds',
      { schedule: '0 0 3 * * *' },
      'the schedule "0 0 3 * * *" has 6 fields',
      'give five: minute, hour, day of the month, month, day of the week',
    ],
    [
      'the schedule is empty',
      { schedule: '' },
      'the schedule "" has 0 fields',
      'give five: minute, hour, day of the month, month, day of the week',
    ],
    [
      'a minute is out of range',
      { schedule: '60 * * * *' },
      'the schedule "60 * * * *" has "60" for the minute',
      numbers('0 to 59'),
    ],
    [
      'Sunday is 7',
      { schedule: '0 3 * * 7' },
      'the schedule "0 3 * * 7" has "7" for the day of the week',
      numbers('0 to 6 or sun to sat'),
    ],
    [
      'a range runs backwards',
      { schedule: '0 3 * dec-jan *' },
      'the schedule "0 3 * dec-jan *" has "dec-jan" for the month',
      numbers('1 to 12 or jan to dec'),
    ],
    [
      'a step is 0',
      { schedule: '*/0 * * * *' },
      'the schedule "*/0 * * * *" has "*/0" for the minute',
      numbers('0 to 59'),
    ],
    [
      'a field says nothing',
      { schedule: ', * * * *' },
      'the schedule ", * * * *" has "," for the minute',
      numbers('0 to 59'),
    ],
    [
      'the schedule is another dialect',
      { schedule: '0 3 L * *' },
      'the schedule "0 3 L * *" has "L" for the day of the month',
      numbers('1 to 31'),
    ],
    [
      'a name is unknown',
      { schedule: '@reboot' },
      'the schedule "@reboot" is no schedule that Kubernetes knows by name',
      'give one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, or five fields',
    ],
    [
      'a duration is none',
      { schedule: '@every day' },
      'the schedule "@every day" has no duration that Kubernetes reads',
      'give one such as @every 1h30m',
    ],
    [
      'the zone is in the schedule',
      { schedule: 'TZ=UTC 0 3 * * *' },
      'the schedule "TZ=UTC 0 3 * * *" has a time zone in it',
      'give the zone in `timeZone`',
    ],
    ['the zone is unknown', { timeZone: 'Europe/Bielefeld' }, '"Europe/Bielefeld" in `timeZone` is no time zone', zone],
    ['the zone is that of nowhere', { timeZone: 'Local' }, '"Local" in `timeZone` is no time zone', zone],
    ['the zone is empty', { timeZone: '' }, '"" in `timeZone` is no time zone', zone],
    [
      'a history is negative',
      { failedJobsHistoryLimit: -1 },
      '`failedJobsHistoryLimit` must be a whole number of 0 or more, got -1',
      'give one of 0 or more',
    ],
  ])('%s', (_, props, what, fix) => {
    expect(messageOf(() => cronJob(props))).toBe([what, '  at shop/report', `  fix: ${fix}`].join('\n'));
  });
});
