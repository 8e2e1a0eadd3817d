import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { backends } from './backends';
import type { Objects } from './objects';
import { affinitiesOf, fallsBack, ignoresSpread, mayChoose, spreadOf } from './placements';
import { quoted, texts } from './read';
import type { Doubt, InputRule } from './rule';

/** What a policy chooses among the clusters that it may use; undefined when it takes all of them. */
function choice(policy: any): string | undefined {
  if (fallsBack(policy)) return 'one of several groups of clusters';
  return spreadOf(policy).length > 0 && !ignoresSpread(policy) ? 'some of the clusters' : undefined;
}

/** Clusters that a workload may fall back to and the Service cannot reach, as far as they are named. */
function outOfReach(workload: any, service: any): string[] {
  if (!fallsBack(workload)) return [];
  const names = affinitiesOf(workload).flatMap(({ affinity }) => texts(affinity.clusterNames));
  return [...new Set(names)].filter((name) => {
    const target = { clusterNames: [name] };
    return mayChoose(workload, target) && !mayChoose(service, target);
  });
}

function check(objects: Objects): Doubt[] {
  const served = backends(objects);
  return objects.ofKind('Service').flatMap((service) => {
    const policy = objects.policyOf(service);
    if (!policy) return [];
    const chosen = choice(policy);
    const sender = keyText(keyOf(policy));
    for (const workload of served(service)) {
      const other = objects.policyOf(workload);
      if (chosen && choice(other)) {
        const message = `${sender} chooses ${chosen} for it by itself, whatever was chosen for ${keyText(keyOf(workload))}: the pods may run where it is not`;
        return [{ object: service, path: 'spec.selector', message }];
      }
      const names = outOfReach(other, policy);
      if (names.length === 0) continue;
      const message = `${keyText(keyOf(workload))} may fall back to ${quoted(names)}, where ${sender} never sends it`;
      return [{ object: service, path: 'spec.selector', message }];
    }
    return [];
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
