import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { OVERRIDE } from './kinds';
import { overrideRulesOf } from './overrides';
import { divisionOf } from './placements';
import { entries } from './read';
import type { InputRule } from './rule';

/** What Karmada divides, by kind. */
const DIVIDED: { readonly [kind: string]: readonly string[] } = {
  Deployment: ['/spec/replicas'],
  Job: ['/spec/parallelism', '/spec/completions'],
  ReplicaSet: ['/spec/replicas'],
  StatefulSet: ['/spec/replicas'],
};

export const OVERRIDDEN_REPLICAS: InputRule = {
  code: 'MC074',
  level: FindingLevel.WARNING,
  title: 'an override of replicas that are divided',
  why: 'Overrides are applied last, over the share that a cluster was given. It then runs another number than the scheduler counts with, and the sum is not what the workload asks for.',
  fix: 'give the cluster a static weight, or duplicate the replicas',
  see: 'pkg/controllers/binding/common.go at v1.18.2',
  check: (objects) =>
    OVERRIDE.flatMap((kind) => objects.ofKind(kind)).flatMap((override) => {
      const changes = overrideRulesOf(override).flatMap(({ overriders, path }) =>
        entries(overriders.plaintext).map(({ item, index }) => ({
          item,
          path: `${path}overriders.plaintext[${index}]`,
        })),
      );
      return changes.flatMap(({ item, path }) => {
        const template = objects.overriddenBy(override).find((each) => {
          const policy = DIVIDED[each.kind]?.includes(item.path) && objects.policyOf(each);
          return policy && divisionOf(policy) !== 'duplicated';
        });
        if (!template) return [];
        const policy = keyText(keyOf(objects.policyOf(template)));
        const message = `${policy} divides the replicas of ${keyText(keyOf(template))}, and this sets ${item.path} whatever its share is`;
        return [{ object: override, path, message }];
      });
    }),
};
