import { dnsLabelFault } from '../names';
import type { Refusals } from '../refusals';
import { validateScaleTarget, validateSegment } from './scale-target';

/** The field that holds a metric of each type; upstream has External too, Karmada does not. */
const SOURCES: { readonly [type: string]: string } = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};
const TARGETS = ['Utilization', 'Value', 'AverageValue'];

/** validateMetricSpec of pkg/util/lifted/validatingfhpa.go at v1.18.2. */
export function validateMetric(metric: any, path: string, refusals: Refusals): void {
  const expected = SOURCES[metric.type];
  const present = Object.values(SOURCES).filter((source) => metric[source] !== undefined);
  if (!expected) refusals.notAllowed(`${path}.type`, metric.type, Object.keys(SOURCES));
  // Upstream looks into the first source alone.
  if (present.length) validateSource(present[0], metric[present[0]], `${path}.${present[0]}`, refusals);
  if (expected && !present.includes(expected)) {
    refusals.missing(`${path}.${expected}`, `a metric of type ${metric.type} is described there`);
  }
  if (present.length === 1) return;
  for (const other of present.filter((source) => source !== expected)) {
    refusals.conflict(
      `${path}.${other}`,
      `a metric of type ${metric.type} is described in ${expected}, not in ${other}`,
      `remove ${other}, or describe it as a metric of its own`,
    );
  }
}

function validateSource(kind: string, source: any, path: string, refusals: Refusals): void {
  const target = `${path}.target`;
  if (kind === 'object') validateScaleTarget(source.describedObject, `${path}.describedObject`, refusals);
  if (kind === 'object' || kind === 'pods') validateSegment(source.metric.name, `${path}.metric.name`, refusals);
  else if (source.name === '') refusals.missing(`${path}.name`, 'it says which resource to measure');
  if (kind === 'containerResource') validateContainer(source.container, `${path}.container`, refusals);
  validateTarget(source.target, target, refusals);
  const { value, averageValue, averageUtilization } = source.target;
  if (kind === 'pods') {
    if (averageValue === undefined) refusals.missing(`${target}.averageValue`);
  } else if (kind === 'object') {
    if (value === undefined && averageValue === undefined) {
      refusals.missing(`${target}.averageValue`, 'the target is value or averageValue');
    }
  } else if (averageUtilization === undefined && averageValue === undefined) {
    refusals.missing(`${target}.averageUtilization`, 'the target is averageUtilization or averageValue');
  } else if (averageUtilization !== undefined && averageValue !== undefined) {
    refusals.conflict(
      `${target}.averageValue`,
      'averageValue and averageUtilization are both set',
      'keep averageUtilization for a share of what is requested, or averageValue for an amount',
    );
  }
}

function validateContainer(container: string, path: string, refusals: Refusals): void {
  if (container === '') refusals.missing(path, 'it says which container to measure');
  const fault = container !== '' && dnsLabelFault(container);
  if (fault) refusals.malformed(path, container, fault);
}

function validateTarget(target: any, path: string, refusals: Refusals): void {
  if (!TARGETS.includes(target.type)) refusals.notAllowed(`${path}.type`, target.type, TARGETS);
  for (const name of ['value', 'averageValue']) {
    if (target[name]?.nano <= 0n) refusals.outOfRange(`${path}.${name}`, String(target[name]), 'above 0');
  }
  if (target.averageUtilization < 1) {
    refusals.outOfRange(`${path}.averageUtilization`, target.averageUtilization, '1 percent or more');
  }
}
