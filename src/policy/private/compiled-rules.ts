import { ClusterSelector } from '../../core/cluster-selector';
import type { Trouble } from '../../core/private/trouble';
import type { Overrider } from '../overrider';
import { CompiledRule, type Subject } from './compiled-rule';
import type { EnvList } from './env-list';

/** A rule as the user wrote it. */
export interface Rule {
  readonly clusters: ClusterSelector;
  readonly overriders: readonly Overrider[];
}

/** The rules of one policy. Karmada applies all that choose a cluster, in order, each to what the one before left. */
export interface CompiledRules {
  readonly overrideRules: any[];
  readonly troubles: Trouble[];
}

/** Compiles rules against the object that they are for, so that they are right also where several choose one cluster. */
export function compileRules(rules: readonly Rule[], subject: Subject): CompiledRules {
  const alone = rules.map(({ overriders }) => new CompiledRule(overriders, subject, new Set()));
  const meetings = meetingPairs(rules).map(([first, second]) => [alone[first], alone[second]] as const);
  const twiceMade = meetings.flatMap((pair) => shared(pair).filter(([one, other]) => one.creates && other.creates));
  const pointers = new Set(twiceMade.map(([one]) => one.container.pointer));
  const compiled = rules.map(({ overriders }) => new CompiledRule(overriders, subject, pointers));
  return {
    overrideRules: [
      ...(pointers.size > 0 ? [emptyLists(pointers)] : []),
      ...rules.map(({ clusters }, index) => ({
        targetCluster: clusters._toKarmada(),
        overriders: compiled[index].toKarmada(),
      })),
    ],
    troubles: [
      ...compiled.flatMap((rule) => rule.troubles),
      ...meetings.flatMap((pair) => shared(pair).flatMap(shifted)),
    ],
  };
}

/** Indexes of rules that may both choose one cluster, the earlier first. */
function meetingPairs(rules: readonly Rule[]): [number, number][] {
  return rules.flatMap(({ clusters }, second) =>
    rules
      .slice(0, second)
      .flatMap((rule, first): [number, number][] => (rule.clusters._mayOverlap(clusters) ? [[first, second]] : [])),
  );
}

/** The lists that both rules change. */
function shared([first, second]: readonly [CompiledRule, CompiledRule]): [EnvList, EnvList][] {
  return first.envLists.flatMap((one) =>
    second.envLists
      .filter((other) => other.container.pointer === one.container.pointer)
      .map((other): [EnvList, EnvList] => [one, other]),
  );
}

/** When both rules made the list, the second would replace the first one's: so it is made before, and both add to it. */
function emptyLists(pointers: ReadonlySet<string>): any {
  return {
    targetCluster: ClusterSelector.all()._toKarmada(),
    overriders: { plaintext: [...pointers].map((pointer) => ({ path: `${pointer}/env`, operator: 'add', value: [] })) },
  };
}

/** What the second rule does by index goes wrong where the first has taken something out. */
function shifted([one, other]: [EnvList, EnvList]): Trouble[] {
  if (!one.removes || !other.usesIndex) return [];
  return [
    {
      what: `one rule removes a variable of container "${one.container.name}" and a later one changes another, maybe on the same cluster, where it would hit the wrong one`,
      fix: 'choose clusters that cannot be the same, for instance with `excluding`, or do both in one rule',
    },
  ];
}
