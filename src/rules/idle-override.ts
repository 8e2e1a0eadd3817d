import { isDeepStrictEqual } from 'node:util';
import { FindingLevel } from '../core/finding';
import { kindOf, OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { type Change, changesOf, NOUNS, precedes } from './override-changes';
import { allOverriddenBy, segmentsOf, valueAt } from './overrides';
import { podOf } from './pods';
import { entries } from './read';
import type { Doubt, InputRule } from './rule';

/** Keys that servers and deployers write, so that the code does not know whether they are there. */
const WRITTEN_BY_OTHERS = /(^|[./])(kubernetes\.io|k8s\.io|karmada\.io|helm\.sh|argoproj\.io|fluxcd\.io)\//;
/** What Karmada sets for each cluster before it applies overrides. */
const ASSIGNED = ['/spec/replicas', '/spec/parallelism', '/spec/completions'];
type Idleness = Pick<Doubt, 'message' | 'fix'>;

/** Karmada looks for containers in these kinds, and in no others. */
const WITH_CONTAINERS = [
  'Pod',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/Job',
];

function idleImage({ item }: Change, templates: readonly any[]): Idleness | undefined {
  if (item.predicate || templates.some((template) => WITH_CONTAINERS.includes(kindOf(template)))) return undefined;
  const message = `Karmada does not look for images in a ${templates[0].kind}: nothing happens`;
  return { message, fix: 'say in `predicate` at which path the image is' };
}

function idleCommand({ item }: Change, templates: readonly any[]): Idleness | undefined {
  const isThere = templates.some(
    (template) =>
      WITH_CONTAINERS.includes(kindOf(template)) &&
      entries(podOf(template)?.pod.containers).some((each) => each.item.name === item.containerName),
  );
  if (isThere) return undefined;
  return {
    message: `there is no container "${item.containerName}" in which Karmada would look for it: nothing happens`,
    fix: 'correct containerName; for a container that initializes, and for other kinds, use plaintext',
  };
}

/** What a change does that changes nothing; undefined where it does change something. */
function idleness(change: Change, templates: readonly any[]): Idleness | undefined {
  const { stage, operator, value, target } = change;
  const found = templates.map((template) => valueAt(template, segmentsOf(target)));
  const noun = NOUNS[stage];
  if (noun) {
    if (!['remove', 'replace'].includes(operator) || WRITTEN_BY_OTHERS.test(value)) return undefined;
    if (found.some((each) => each !== undefined)) return undefined;
    const message = `it would ${operator} the ${noun} "${value}", which the template does not have: nothing happens`;
    return operator === 'replace' ? { message, fix: 'use the operator add' } : { message };
  }
  if (stage === 'imageOverrider') return idleImage(change, templates);
  if (stage === 'commandOverrider' || stage === 'argsOverrider') return idleCommand(change, templates);
  const isSame = found.every((each) => each !== undefined && isDeepStrictEqual(each, value));
  if (stage !== 'plaintext' || operator !== 'replace' || ASSIGNED.includes(target) || !isSame) return undefined;
  return { message: `it replaces ${target} by what the template says already` };
}

/** Only where nothing else may have changed the same thing before. */
function check(objects: Objects): Doubt[] {
  const changes = new Map<any, readonly Change[]>();
  for (const policy of OVERRIDE.flatMap((kind) => objects.ofKind(kind))) changes.set(policy, changesOf(policy));
  return [...changes].flatMap(([policy, own]) => {
    const templates = allOverriddenBy(objects, policy);
    if (templates.length === 0) return [];
    return own.flatMap((change) => {
      const idle = idleness(change, templates);
      if (!idle) return [];
      const policies = [...new Set(templates.flatMap((template) => objects.overridesOf(template)))];
      const others = policies.flatMap((each) => changes.get(each) ?? changesOf(each));
      if (others.some((other) => precedes(other, change))) return [];
      return [{ object: policy, path: change.path, ...idle }];
    });
  });
}

export const IDLE_OVERRIDE: InputRule = {
  code: 'MC071',
  level: FindingLevel.WARNING,
  title: 'an override that changes nothing',
  why: 'Where a label or annotation that is to be removed or replaced is not there, Karmada does nothing and says nothing. The same value once more changes nothing either. Images, commands and args are only looked for in the containers of Pods and of the workloads that keep some running.',
  fix: 'take it away, or correct what it is about',
  see: 'pkg/util/overridemanager/labelannotationoverrider.go at v1.18.2',
  check,
};
