import { ClusterSelector } from '../../core/cluster-selector';
import type { Trouble } from '../../core/private/trouble';
import type { Overrider } from '../overrider';
import { type Change, collides, makeTheSame } from './change';
import { copyOf, type Path, pointerOf, put } from './pointer';
import { asStored } from './stored';
import { type Subject, WorkingCopy } from './working-copy';

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

/** A map or list that the template does not have. */
interface Missing {
  readonly path: Path;
  readonly empty: any;
}

/** Compiles rules against the object that they are for, so that they are right also where several choose one cluster. */
export function compileRules(rules: readonly Rule[], subject: Subject): CompiledRules {
  const template = subject.manifest && asStored(subject.manifest);
  if (rules.length === 1) {
    const only = applied(rules[0].overriders, subject, template);
    return { overrideRules: written(rules[0], only), troubles: only.troubles };
  }
  const meetings = meetingPairs(rules);
  const missing: Missing[] = [];
  for (;;) {
    const copies = rules.map((_, index) => copyAfter(rules, index, subject, template));
    const pairs = meetings.map(([first, second]) => [copies[first], copies[second]] as const);
    const twiceMade = pairs.flatMap(([first, second]) =>
      first.changes.filter((one) => second.changes.some((other) => makeTheSame(one, other))),
    );
    if (twiceMade.length === 0) {
      return {
        overrideRules: [...emptyOnes(missing), ...rules.flatMap((rule, index) => written(rule, copies[index]))],
        troubles: [...copies.flatMap((copy) => copy.troubles), ...pairs.flatMap(collisions)],
      };
    }
    // when both rules made it, the second would replace what the first one made: so it is made before, and both add to it
    for (const { path } of twiceMade) {
      const empty = Array.isArray(made(copies, path)) ? [] : {};
      if (missing.some((each) => pointerOf(each.path) === pointerOf(path))) continue;
      missing.push({ path, empty });
      put(template, path, copyOf(empty));
    }
  }
}

/** The template after a rule, and after those before it that choose every cluster that it chooses. */
function copyAfter(rules: readonly Rule[], index: number, subject: Subject, template: any): WorkingCopy {
  const rule = rules[index];
  const before = rules.slice(0, index).filter(({ clusters }) => always(clusters, rule.clusters));
  let object = template && copyOf(template);
  for (const { overriders } of before) object = applied(overriders, subject, object).object;
  return applied(rule.overriders, subject, object);
}

function applied(overriders: readonly Overrider[], subject: Subject, object: any): WorkingCopy {
  const copy = new WorkingCopy(subject, object);
  for (const { _intent } of overriders) _intent(copy);
  return copy;
}

/** Whether a selector chooses every cluster that another one chooses, as far as their words tell. */
function always(clusters: ClusterSelector, other: ClusterSelector): boolean {
  const [all, some] = [clusters._toKarmada(), other._toKarmada()];
  if (Object.keys(all).length === 0 || JSON.stringify(all) === JSON.stringify(some)) return true;
  const { clusterNames, ...rest } = all;
  const names: readonly string[] | undefined = some.clusterNames;
  return Object.keys(rest).length === 0 && names !== undefined && names.every((name) => clusterNames.includes(name));
}

/** Indexes of rules that may both choose a cluster, the earlier first, where the later one was not compiled after the earlier. */
function meetingPairs(rules: readonly Rule[]): [number, number][] {
  return rules.flatMap(({ clusters }, second) =>
    rules
      .slice(0, second)
      .flatMap((rule, first): [number, number][] =>
        rule.clusters._mayOverlap(clusters) && !always(rule.clusters, clusters) ? [[first, second]] : [],
      ),
  );
}

function made(copies: readonly WorkingCopy[], path: Path): any {
  return copies.map((copy) => copy.at(path)).find((value) => value !== undefined);
}

function emptyOnes(missing: readonly Missing[]): any[] {
  if (missing.length === 0) return [];
  const plaintext = missing.map(({ path, empty }) => ({ path: pointerOf(path), operator: 'add', value: empty }));
  return [{ targetCluster: ClusterSelector.all()._toKarmada(), overriders: { plaintext } }];
}

function written({ clusters }: Rule, copy: WorkingCopy): any[] {
  return copy.toKarmada().map((overriders) => ({ targetCluster: clusters._toKarmada(), overriders }));
}

/** What the later rule does by place goes wrong where the earlier one has changed the places. */
function collisions([first, second]: readonly [WorkingCopy, WorkingCopy]): Trouble[] {
  const pair = first.changes
    .flatMap((one) => second.changes.map((other): [Change, Change] => [one, other]))
    .find(([one, other]) => collides(one, other));
  if (!pair) return [];
  const [one, other] = pair.map(({ path }) => pointerOf(path).replaceAll('/\u0000', ' '));
  return [
    {
      what: `one rule changes what is at ${one}, and a later one relies on what the template has at ${other}, maybe on the same cluster`,
      fix: 'choose clusters that cannot be the same, for instance with `excluding`, or do both in one rule',
    },
  ];
}
