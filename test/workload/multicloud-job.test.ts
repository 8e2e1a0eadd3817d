import { ApiObject, type ApiObjectProps, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { load } from 'js-yaml';
import { ClusterSelector } from '../../src/core/cluster-selector';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { Placement } from '../../src/policy/placement';
import { MulticloudJob, type MulticloudJobProps } from '../../src/workload/multicloud-job';
import { CompletionMode } from '../../src/workload/multicloud-job-template-props';
import { aChart, bare, messageOf } from '../core/fake-instance';

const containers = [{ image: 'registry.example/render:5' }];

test('minimal: a job that says nothing that nobody asked for but its parallelism, and its policy', () => {
  const chart = aChart();
  new MulticloudJob(chart, 'render', { containers });

  expect(bare(chart, 'Job')).toStrictEqual([
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'render', namespace: 'default' },
      spec: {
        completions: 1,
        parallelism: 1,
        template: {
          spec: { containers: [{ image: 'registry.example/render:5', name: 'main' }], restartPolicy: 'Never' },
        },
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy')[0]).toMatchObject({
    metadata: { name: 'render-job' },
    spec: { resourceSelectors: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'render', namespace: 'default' }] },
  });
});

test('everything but the pods', () => {
  const chart = aChart();
  new MulticloudJob(chart, 'render', {
    containers,
    parallelism: 6,
    completions: 60,
    completionMode: CompletionMode.NON_INDEXED,
    backoffLimit: 2,
    activeDeadline: Duration.hours(2),
    ttlAfterFinished: Duration.days(1),
    restartPolicy: kplus.RestartPolicy.ON_FAILURE,
    suspend: true,
    podLabels: { app: 'render' },
    placement: Placement.staticWeight([{ clusters: ClusterSelector.names('berlin'), weight: 1 }]),
  });

  expect(bare(chart, 'Job')[0].spec).toStrictEqual({
    activeDeadlineSeconds: 7200,
    backoffLimit: 2,
    completionMode: 'NonIndexed',
    completions: 60,
    parallelism: 6,
    suspend: true,
    template: {
      metadata: { labels: { app: 'render' } },
      spec: { containers: [{ image: 'registry.example/render:5', name: 'main' }], restartPolicy: 'OnFailure' },
    },
    ttlSecondsAfterFinished: 86400,
  });
});

test('pods that find out from each other when the work is done have no completions', () => {
  const chart = aChart();
  new MulticloudJob(chart, 'render', { containers, parallelism: 3 });

  expect(bare(chart, 'Job')[0].spec).toMatchObject({ parallelism: 3 });
  expect(bare(chart, 'Job')[0].spec).not.toHaveProperty('completions');
});

test('an indexed job goes to clusters whole', () => {
  const chart = aChart();
  new MulticloudJob(chart, 'render', {
    containers,
    parallelism: 2,
    completions: 10,
    completionMode: CompletionMode.INDEXED,
  });

  expect(bare(chart, 'Job')[0].spec).toMatchObject({ completionMode: 'Indexed', completions: 10, parallelism: 2 });
});

describe('fails when', () => {
  const label = 'lower case letters, digits and -, beginning and ending with a letter or a digit';
  const completionMode = CompletionMode.INDEXED;

  test.each<[string, Partial<MulticloudJobProps>, string, string]>([
    [
      'the name cannot be one',
      { name: 'a/b' },
      '"a/b" cannot be the name of a job',
      `give a \`name\` of at most 63 characters: ${label}`,
    ],
    [
      'it would never end',
      { restartPolicy: kplus.RestartPolicy.ALWAYS },
      'a job cannot have the `restartPolicy` Always, since it would never end',
      'give RestartPolicy.ON_FAILURE or RestartPolicy.NEVER, or leave it out',
    ],
    [
      'parallelism is negative',
      { parallelism: -1 },
      '`parallelism` must be a whole number of 0 or more, got -1',
      'give one of 0 or more',
    ],
    [
      'there are no containers',
      { containers: [] },
      'a job needs a container, got none',
      'give one in `containers`, at least its `image`',
    ],
    [
      'it is indexed and nobody says how many',
      { completionMode, parallelism: 2 },
      'an indexed job needs `completions`, got none',
      'give how many indexes there are',
    ],
    [
      'it is indexed and too many run at once',
      { completionMode, parallelism: 100_001, completions: 200_000 },
      'an indexed job has `parallelism` 100001',
      'give at most 100000',
    ],
    [
      'it is indexed and its name leaves no room for the index',
      { completionMode, completions: 101, name: 'r'.repeat(60) },
      `"${'r'.repeat(60)}" is too long a name for an indexed job with 101 completions, whose pods have their index behind it`,
      'give a `name` of at most 59 characters',
    ],
    [
      'it is indexed and divided',
      { completionMode, placement: Placement.aggregated() },
      'the placement divides an indexed job, and each cluster would count its indexes from 0: some are done twice, some never',
      'give Placement.duplicated() with one cluster, or the `completionMode` NonIndexed',
    ],
  ])('%s', (_, props, what, fix) => {
    expect(messageOf(() => new MulticloudJob(aChart(), 'render', { containers, ...props }))).toBe(
      [what, '  at shop/render', `  fix: ${fix}`].join('\n'),
    );
  });
});

describe('an indexed job that something else makes is not divided either', () => {
  const yaml = `
apiVersion: batch/v1
kind: Job
metadata: {name: render, namespace: default}
spec:
  completionMode: Indexed
  completions: 10
  template:
    metadata: {labels: {app: render}}
    spec: {containers: [{name: main, image: "render:5"}], restartPolicy: Never}
`;
  const placement = Placement.aggregated();

  test.each<[string, string, (chart: MulticloudChart) => unknown]>([
    [
      'of a construct',
      'shop/given/Multicloud',
      (chart) => MulticloudJob.of(new ApiObject(chart, 'given', load(yaml) as ApiObjectProps), { placement }),
    ],
    ['in a text', 'shop/render', (chart) => MulticloudJob.fromYaml(chart, 'render', { yaml, placement })],
    [
      'that runs',
      'shop/render',
      (chart) => MulticloudJob.adopt(chart, 'render', { manifest: yaml, fromCluster: 'berlin', placement }),
    ],
  ])('%s', (_, at, make) => {
    expect(messageOf(() => make(aChart()))).toBe(
      [
        'the placement divides an indexed job, and each cluster would count its indexes from 0: some are done twice, some never',
        `  at ${at}`,
        '  fix: give Placement.duplicated() with one cluster, or the `completionMode` NonIndexed',
      ].join('\n'),
    );
  });

  test('but goes out whole', () => {
    const chart = aChart();
    MulticloudJob.fromYaml(chart, 'render', { yaml });

    expect(bare(chart, 'Job')[0].spec.completionMode).toBe('Indexed');
  });
});
