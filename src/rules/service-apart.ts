import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { backends } from './backends';
import type { Objects } from './objects';
import { fallsBack, ignoresSpread, spreadOf } from './placements';
import type { Doubt, InputRule } from './rule';

/** What a policy chooses among the clusters that it may use; undefined when it takes all of them. */
function choice(policy: any): string | undefined {
  if (fallsBack(policy)) return 'one of several groups of clusters';
  return spreadOf(policy).length > 0 && !ignoresSpread(policy) ? 'some of the clusters' : undefined;
}

function check(objects: Objects): Doubt[] {
  const served = backends(objects);
  return objects.ofKind('Service').flatMap((service) => {
    const policy = objects.policyOf(service);
    const chosen = policy && choice(policy);
    if (!chosen) return [];
    const workload = served(service).find((each) => choice(objects.policyOf(each)));
    if (!workload) return [];
    const message = `${keyText(keyOf(policy))} chooses ${chosen} for it by itself, whatever was chosen for ${keyText(keyOf(workload))}: the pods may run where it is not`;
    return [{ object: service, path: 'spec.selector', message }];
  });
}

export const SERVICE_APART: InputRule = {
  code: 'MC064',
  level: FindingLevel.WARNING,
  title: 'a Service that may be elsewhere than its pods',
  why: 'Each object is placed by itself, also where one policy selects both. A Service has no replicas that need room, so it stays in the first group when its workload falls back to the second, and may be given other clusters where only some are chosen.',
  fix: 'give the Service a policy of its own that takes every cluster which the workload may be in',
  see: 'https://github.com/karmada-io/karmada/issues/4285 and https://github.com/karmada-io/karmada/issues/6205',
  check,
};
