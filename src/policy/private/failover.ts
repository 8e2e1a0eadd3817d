import type { Duration } from 'cdk8s';
import { labelTroubles } from '../../core/private/cluster-names';
import type { Trouble } from '../../core/private/trouble';

/** Karmada keeps seconds in 32 bits. */
const MOST_SECONDS = 2 ** 31 - 1;

/** Karmada looks for state below an object's status, in Kubernetes' own words for paths. */
const JSON_PATH = /\{.+\}/s;

/** What is wrong with a time that Karmada counts in whole seconds. */
export function secondsTroubles(prop: string, time: Duration, least: number): Trouble[] {
  const seconds = time.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= least && seconds <= MOST_SECONDS) return [];
  return [
    {
      what: `\`${prop}\` must be whole seconds from ${least} to ${MOST_SECONDS}, got ${seconds}`,
      fix: 'give a Duration of whole seconds in these limits',
    },
  ];
}

/** Karmada's StatePreservation of label keys and what is to be found in them. */
export function statePreservation(state: { readonly [labelKey: string]: string }): any {
  return {
    rules: Object.entries(state).map(([aliasLabelName, jsonPath]) => ({ aliasLabelName, jsonPath })),
  };
}

/** What is wrong with the state to be carried over. */
export function stateTroubles(state: { readonly [labelKey: string]: string } | undefined): Trouble[] {
  if (state === undefined) return [];
  const entries = Object.entries(state);
  if (entries.length === 0) {
    return [
      {
        what: '`statePreservation` is empty, so nothing would be carried over',
        fix: 'give one label key or more, each with a path, or leave it out',
      },
    ];
  }
  return entries.flatMap(([key, path]) => [
    ...labelTroubles(key, [], 'label'),
    ...(JSON_PATH.test(path)
      ? []
      : [
          {
            what: `"${path}" for the label "${key}" is no path: Karmada would carry over these very words`,
            fix: 'give a JSONPath in braces that begins below the status, such as {.jobStatus.jobID}',
          },
        ]),
  ]);
}
