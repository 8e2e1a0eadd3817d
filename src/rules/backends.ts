import { grouped, keyed } from './grouped';
import type { Objects } from './objects';
import { podLabelsOf, podOf } from './pods';
import { record } from './read';

/** Finds the workloads that are sent out and whose pods a Service serves: only those with its rarest label are looked at. */
export function backends(objects: Objects): (service: any) => readonly any[] {
  const sent = objects.templates.filter((template) => podOf(template) && objects.policyOf(template));
  const byLabel = grouped(sent, (template) =>
    Object.entries(podLabelsOf(template)).map((label) => keyed(template.metadata.namespace, ...label)),
  );
  return ({ metadata: { namespace }, spec }) => {
    const selector = Object.entries(record(record(spec).selector));
    if (selector.length === 0) return [];
    const [rarest] = selector
      .map((label) => byLabel.get(keyed(namespace, ...label)) ?? [])
      .sort((a, b) => a.length - b.length);
    return rarest.filter((template) => {
      const labels = podLabelsOf(template);
      return selector.every(([key, value]) => labels[key] === value);
    });
  };
}
