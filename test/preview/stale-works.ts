import { isDeepStrictEqual } from 'node:util';
import type { RuleOutcome } from '../golden/rules';
import type { Step, StepOutcome } from '../golden/steps';

const keyOf = ({ kind, namespace, name }: any) => [kind, namespace, name].filter(Boolean).join('/');

/** Edited in more than its replicas, and the Works are what they were: no policy selects it any more. */
export function stale(steps: readonly Step[], index: number, uids: any, outcome: StepOutcome): string[] {
  const [step, was] = [steps[index], steps[index - 1]];
  const runs = was?.outcomes.find((each) =>
    each.uids.some((run) => Object.keys(run).every((key) => run[key] === uids[key])),
  );
  if (!runs) return [];
  const sent = (works: RuleOutcome['works'], key: string) =>
    Object.entries(works).flatMap(([cluster, all]) =>
      all
        .map(({ manifest }) => manifest)
        .filter((manifest) => keyOf({ kind: manifest.kind, ...manifest.metadata }) === key)
        .map((manifest) => [cluster, manifest]),
    );
  return outcome.before
    .filter(({ spec }) => spec.placement && step.change.put?.includes(`${spec.resource.kind}/${spec.resource.name}`))
    .filter(({ spec: { resource } }) => {
      const [is, before] = [step, was].map(({ stored }) =>
        stored.find(({ kind, metadata }) => kind === resource.kind && metadata.name === resource.name),
      );
      const [now, then] = [outcome, runs].map(({ works }) => sent(works, keyOf(resource)));
      const isEdited = !isDeepStrictEqual(
        { ...is, spec: { ...is.spec, replicas: 0 } },
        { ...before, spec: { ...before.spec, replicas: 0 } },
      );
      return isEdited && now.length > 0 && isDeepStrictEqual(now, then);
    })
    .map(({ spec }) => keyOf(spec.resource));
}

/** A preview says of what it does not reach that edits do not. */
export function untold(keys: readonly string[], { findings }: any): any[] {
  return keys.filter(
    (key) => !findings.some(({ code, message }: any) => code === 'MC058' && message.startsWith(`${key} `)),
  );
}
