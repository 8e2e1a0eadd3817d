import type { Construct, IConstruct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import { CompletionMode, type MulticloudJobTemplateProps } from './multicloud-job-template-props';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { isDivided } from './private/division';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { jobSpec, jobTroubles } from './private/job-template';
import { nameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { unless } from './private/unless';

/** The name of a pod is a DNS label, and so is that of a job. */
const LONGEST_NAME = 63;

const JOB = { apiVersion: 'batch/v1', kind: 'Job' };

/** Options of `MulticloudJob`. */
export interface MulticloudJobProps extends MulticloudJobTemplateProps {
  /**
   * Whether the job waits: no pods, and those that run are stopped.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A job on several clusters: pods that run to completion.
 *
 * Where the placement divides, Karmada gives each cluster a share of `parallelism`, and of `completions` in the same proportion.
 * Kubernetes lets almost nothing of a job change: for other work give another name.
 *
 * The policies have the name `<name>-job`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, MulticloudJob, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudJob(chart, 'render', {
 *   parallelism: 6,
 *   completions: 60,
 *   activeDeadline: Duration.hours(2),
 *   containers: [{ image: 'registry.example/render:5.0.1' }],
 *   placement: Placement.dynamicWeight({ clusters: ClusterSelector.labels({ tier: 'batch' }) }),
 * });
 */
export class MulticloudJob extends Resource {
  /**
   * Sends out a job that something else makes: any cdk8s-plus, an `Include`, a construct of your team. Its defaults stay.
   *
   * @param construct the job, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no job behind it, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudJob {
    return new MulticloudJob(construct as Construct, GIVEN, existing(construct, options, JOB));
  }

  /**
   * Sends out the job in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML or does not hold one job
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudJob {
    return new MulticloudJob(scope, id, fromYaml(props, JOB));
  }

  /**
   * Takes over a job that runs on a member cluster already. Its pods go on running as they are.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the job as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudJob {
    return new MulticloudJob(scope, id, adopted(props, JOB));
  }

  /** @throws if Kubernetes would refuse the job; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudJobProps) {
    super(scope, id, props, givenJob(props) ?? draft(props.name ?? id.toLowerCase(), props));
  }
}

function givenJob(props: MulticloudJobProps): Draft | undefined {
  return draftIn(props, ({ spec }) => shareTroubles(spec?.completionMode, props));
}

function draft(name: string, props: MulticloudJobProps): Draft {
  return {
    ...JOB,
    name,
    spec: () => ({ suspend: props.suspend, ...jobSpec(props) }),
    troubles: [...nameTroubles('job', name, LONGEST_NAME), ...jobTroubles('job', props), ...indexTroubles(name, props)],
  };
}

function indexTroubles(name: string, props: MulticloudJobProps): Trouble[] {
  const { completionMode, completions = 1 } = props;
  if (completionMode !== CompletionMode.INDEXED) return [];
  const longest = LONGEST_NAME - `-${Math.max(completions - 1, 0)}`.length;
  return [
    ...unless(
      name.length > LONGEST_NAME || name.length <= longest,
      `"${name}" is too long a name for an indexed job with ${completions} completions, whose pods have their index behind it`,
      `give a \`name\` of at most ${longest} characters`,
    ),
    ...shareTroubles(completionMode, props),
  ];
}

function shareTroubles(completionMode: string | undefined, props: MulticloudJobProps): Trouble[] {
  return unless(
    completionMode !== CompletionMode.INDEXED || !isDivided(props),
    'the placement divides an indexed job, and each cluster would count its indexes from 0: some are done twice, some never',
    'give Placement.duplicated() with one cluster, or the `completionMode` NonIndexed',
  );
}
