import type { ApiObject } from 'cdk8s';
import { pathSegmentFault } from '../admission/names';
import {
  isDnsLabel,
  isLabelKey,
  isLabelValue,
  LABEL_KEY_RULE,
  LABEL_RULE,
  LABEL_VALUE_RULE,
} from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';
import { ScalingTarget } from './scaling-target';

/** Options of `ScalingMetric.pods`. */
export interface PodsMetricOptions {
  /**
   * Labels of the series to read, where the metric has several.
   *
   * @default - all of them
   */
  readonly selector?: { [key: string]: string };
}

/**
 * What an autoscaler looks at, over the pods of all member clusters together.
 *
 * External metrics are not here: Karmada refuses them.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/util/lifted/validatingfhpa.go
 * @example
 * import { ScalingMetric, ScalingTarget } from 'cdk8s-karmada';
 *
 * ScalingMetric.cpu(ScalingTarget.averageUtilization(60));
 * ScalingMetric.pods('http_requests_per_second', '100');
 */
export class ScalingMetric {
  /**
   * CPU of the pods.
   *
   * @param target utilisation, or an average such as `500m`
   * @throws if the target is for all pods together
   */
  public static cpu(target: ScalingTarget): ScalingMetric {
    return ScalingMetric._resource('cpu', target);
  }

  /**
   * Memory of the pods.
   *
   * @param target utilisation, or an average such as `2Gi`
   * @throws if the target is for all pods together
   */
  public static memory(target: ScalingTarget): ScalingMetric {
    return ScalingMetric._resource('memory', target);
  }

  /**
   * CPU of one container of each pod, so that a busy sidecar does not count.
   *
   * @param container name of the container
   * @param target utilisation, or an average such as `500m`
   * @throws if the target is for all pods together, or no container can have the name
   */
  public static containerCpu(container: string, target: ScalingTarget): ScalingMetric {
    return ScalingMetric._resource('cpu', target, container);
  }

  /**
   * Memory of one container of each pod.
   *
   * @param container name of the container
   * @param target utilisation, or an average such as `2Gi`
   * @throws if the target is for all pods together, or no container can have the name
   */
  public static containerMemory(container: string, target: ScalingTarget): ScalingMetric {
    return ScalingMetric._resource('memory', target, container);
  }

  /**
   * A metric that each pod has, from the custom metrics API of the member clusters.
   *
   * @param metric name of the metric
   * @param averageValue what each pod should have on average, a quantity such as `100`
   * @param options which series of the metric
   * @throws if it is no quantity above 0, or no metric can have the name
   */
  public static pods(metric: string, averageValue: string, options: PodsMetricOptions = {}): ScalingMetric {
    const { selector = {} } = options;
    refuse([...metricTroubles(metric), ...selectorTroubles(metric, selector)]);
    return new ScalingMetric('Pods', 'pods', {
      metric: { name: metric, ...(Object.keys(selector).length > 0 && { selector: { matchLabels: { ...selector } } }) },
      target: ScalingTarget.averageValue(averageValue)._toKarmada(),
    });
  }

  /**
   * A metric of one object, such as the requests that an ingress gets, from the custom metrics API of the member clusters.
   *
   * @param object the object, in the namespace of what is scaled
   * @param metric name of the metric
   * @param target the value, or the average for each pod
   * @throws if the target is a utilisation, or no metric can have the name
   */
  public static object(object: ApiObject, metric: string, target: ScalingTarget): ScalingMetric {
    refuse([...metricTroubles(metric), ...targetTroubles(`the metric "${metric}"`, target, ['value', 'averageValue'])]);
    const { apiVersion, kind, name } = object;
    return new ScalingMetric('Object', 'object', {
      describedObject: { apiVersion, kind, name },
      metric: { name: metric },
      target: target._toKarmada(),
    });
  }

  /**
   * Which container it measures, when it is about one.
   *
   * @internal
   */
  public readonly _container?: string;

  private readonly wire: any;

  private constructor(type: string, source: string, described: any) {
    this._container = described.container;
    this.wire = { type, [source]: described };
  }

  /**
   * The metric of one resource of the pods, or of one container in them.
   *
   * @internal
   */
  public static _resource(name: string, target: ScalingTarget, container?: string): ScalingMetric {
    refuse([
      ...(container === undefined ? [] : containerTroubles(container)),
      ...targetTroubles(name, target, ['averageUtilization', 'averageValue']),
    ]);
    const described = { name, target: target._toKarmada() };
    return container === undefined
      ? new ScalingMetric('Resource', 'resource', described)
      : new ScalingMetric('ContainerResource', 'containerResource', { ...described, container });
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}

function targetTroubles(what: string, target: ScalingTarget, allowed: readonly string[]): Trouble[] {
  if (allowed.includes(target._field)) return [];
  const factories = allowed.map((field) => `ScalingTarget.${field}`).join(' or ');
  return [{ what: `${what} cannot be held at a ScalingTarget.${target._field}`, fix: `use ${factories}` }];
}

function metricTroubles(name: string): Trouble[] {
  const fault = name === '' ? 'some text' : pathSegmentFault(name);
  return fault ? [{ what: `"${name}" cannot be the name of a metric`, fix: `give ${fault}` }] : [];
}

function containerTroubles(name: string): Trouble[] {
  if (isDnsLabel(name)) return [];
  return [{ what: `"${name}" cannot be the name of a container`, fix: `use at most 63 characters: ${LABEL_RULE}` }];
}

function selectorTroubles(metric: string, selector: { [key: string]: string }): Trouble[] {
  return Object.entries(selector).flatMap(([key, value]) => [
    ...(isLabelKey(key)
      ? []
      : [{ what: `"${key}" cannot be the key of a label of the metric "${metric}"`, fix: `use ${LABEL_KEY_RULE}` }]),
    ...(isLabelValue(value)
      ? []
      : [
          {
            what: `"${value}" cannot be the value of the label "${key}" of the metric "${metric}"`,
            fix: `use ${LABEL_VALUE_RULE}`,
          },
        ]),
  ]);
}

function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
