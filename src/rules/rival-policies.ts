import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { Objects } from './objects';
import type { Doubt, InputRule } from './rule';

/** Only where neither priority nor fit decides, for both of these are meant: then it is the name. */
function check(objects: Objects): Doubt[] {
  return objects.templates.flatMap((template) => {
    const rivals = objects.rivals(template);
    if (rivals.length < 2) return [];
    const winner = rivals.find(({ policy }) => policy === objects.policyOf(template));
    const priority = ({ policy }: { readonly policy: any }) => policy.spec.priority ?? 0;
    const equal = rivals.filter(
      (rival) => winner && rival !== winner && rival.fit === winner.fit && priority(rival) === priority(winner),
    );
    if (!winner || equal.length === 0) return [];
    const names = equal.map(({ policy }) => keyText(keyOf(policy))).join(', ');
    return [
      {
        object: template,
        path: 'metadata.name',
        message: `${keyText(keyOf(winner.policy))} takes it only because its name comes before ${names}: all fit equally well`,
      },
    ];
  });
}

export const RIVAL_POLICIES: InputRule = {
  code: 'MC043',
  level: FindingLevel.WARNING,
  title: 'two policies for one object',
  why: 'Of several policies that select one object, Karmada takes the highest priority, then the one that fits best (by name, by labels, by kind), then the first by name. The claim sticks: one that comes later takes nothing over without preemption, so the order of creation decides too.',
  fix: 'give one of them a higher priority, or make them select different objects',
  see: 'pkg/detector/compare.go at v1.18.2',
  check,
};
