import { pathSegmentFault } from '../names';
import type { Refusals } from '../refusals';

/** ValidateCrossVersionObjectReference of pkg/util/lifted/validatingfhpa.go at v1.18.2: apiVersion is free text. */
export function validateScaleTarget(target: any, path: string, refusals: Refusals): void {
  for (const name of ['kind', 'name']) validateSegment(target[name], `${path}.${name}`, refusals);
}

/** Text that must be there and fit into a URL. */
export function validateSegment(value: string, path: string, refusals: Refusals): void {
  if (value === '') {
    refusals.missing(path);
    return;
  }
  const fault = pathSegmentFault(value);
  if (fault) refusals.malformed(path, value, fault);
}
