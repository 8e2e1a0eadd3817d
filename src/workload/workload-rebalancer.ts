import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { isDnsSubdomain, LABEL_RULE } from '../core/private/names';
import { PlainObject } from '../core/private/plain-object';
import { strayTroubles } from '../core/private/stray';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ResourceSelector } from '../core/resource-selector';
import { seconds, secondsTroubles } from './private/seconds';

/** Options of `WorkloadRebalancer`. */
export interface WorkloadRebalancerProps {
  /** The workloads, at least one, each by name: `ResourceSelector.of(web)` or `ResourceSelector.named`. */
  readonly workloads: ResourceSelector[];

  /**
   * How long Karmada keeps it when it is done, in whole seconds. A tool that keeps applying makes it anew then, and workloads
   * are placed anew each time.
   *
   * @default - for ever
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * Name of the object. Another name is another order.
   *
   * @default - the construct's id, in lower case
   */
  readonly name?: string;

  /**
   * Labels of the object.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Has Karmada place workloads anew, once, as if they had never been placed.
 *
 * It is an order, not a state: once done, applying it again changes nothing, and a tool shows it as unchanged. The command
 * `cdk8s-karmada workload rebalance` is the usual way; use this where orders go through review. What is duplicated or has
 * static weights stays where it is.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/apps/v1alpha1/workloadrebalancer_types.go
 * @example
 * import { MulticloudChart, MulticloudDeployment, ResourceSelector, WorkloadRebalancer } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const web: MulticloudDeployment;
 *
 * new WorkloadRebalancer(chart, 'after-berlin-came-back', { workloads: [ResourceSelector.of(web)] });
 */
export class WorkloadRebalancer extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadRebalancerProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { name = id.toLowerCase(), ttlAfterFinished, labels, annotations } = props;
    const workloads = props.workloads.map((selector) => selector._toKarmada(chart.namespace));
    const found: Trouble[] = [
      ...nameTroubles(name),
      ...workloadTroubles(workloads),
      ...secondsTroubles({ ttlAfterFinished }),
      ...strayTroubles(
        this,
        props.workloads.map(({ _object }) => _object),
      ),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));
    new PlainObject(this, 'Resource', {
      apiVersion: 'apps.karmada.io/v1alpha1',
      kind: 'WorkloadRebalancer',
      metadata: { name, labels, annotations },
      spec: { workloads, ttlSecondsAfterFinished: seconds(ttlAfterFinished) },
    });
  }
}

function nameTroubles(name: string): Trouble[] {
  if (isDnsSubdomain(name)) return [];
  return [
    {
      what: `"${name}" cannot be the name of a WorkloadRebalancer`,
      fix: `use at most 253 characters: ${LABEL_RULE}, parted by dots`,
    },
  ];
}

function workloadTroubles(workloads: readonly any[]): Trouble[] {
  if (workloads.length === 0) {
    return [{ what: '`workloads` is empty, so nothing would be placed anew', fix: 'give one workload or more' }];
  }
  return workloads
    .filter(({ name }) => name === undefined)
    .map(({ kind }) => ({
      what: `a selector of ${kind} names no object, and Karmada places anew only what is named`,
      fix: 'use ResourceSelector.of(construct) or ResourceSelector.named',
    }));
}
