import type * as kplus from 'cdk8s-plus-28';
import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import { twice, unless } from './unless';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];

/** What is wrong with a toleration of a node's taint. Mirrors pkg/apis/core/validation of Kubernetes v1.35. */
export function tolerationTroubles(toleration: kplus.k8s.Toleration): Trouble[] {
  const { key, operator = 'Equal', value, effect, tolerationSeconds } = toleration;
  const which = `the toleration of ${key ? `"${key}"` : 'every taint'}`;
  return [
    ...unless(
      !key || isLabelKey(key),
      `"${key}" in \`tolerations\` cannot be the key of a taint`,
      `give ${LABEL_KEY_RULE}`,
    ),
    ...unless(
      ['Equal', 'Exists'].includes(operator),
      `${which} has the operator "${operator}"`,
      'give Equal or Exists',
    ),
    ...unless(
      Boolean(key) || operator === 'Exists',
      'a toleration has no key, and its operator is not Exists',
      'give the `key` of the taint, or the operator Exists for every taint',
    ),
    ...unless(
      operator !== 'Exists' || !value,
      `${which} has the operator Exists and the value "${value}"`,
      'leave `value` out, or give the operator Equal',
    ),
    ...unless(
      operator === 'Exists' || isLabelValue(value ?? ''),
      `${which} has the value "${value}", which no taint can have`,
      `give ${LABEL_VALUE_RULE}`,
    ),
    ...unless(
      effect === undefined || EFFECTS.includes(effect),
      `${which} has the effect "${effect}"`,
      `give one of ${EFFECTS.join(', ')}, or leave it out for all`,
    ),
    ...unless(
      tolerationSeconds === undefined || effect === 'NoExecute',
      `${which} has \`tolerationSeconds\`, which only the effect NoExecute may have`,
      'give the effect NoExecute, or leave `tolerationSeconds` out',
    ),
  ];
}

/** What is wrong with how the pods spread over nodes. Mirrors the same file. */
export function topologyTroubles(constraints: readonly kplus.k8s.TopologySpreadConstraint[]): Trouble[] {
  return [
    ...constraints.flatMap(({ maxSkew, minDomains, topologyKey, whenUnsatisfiable }) => [
      ...unless(
        isLabelKey(topologyKey),
        `"${topologyKey}" cannot be the \`topologyKey\` of a spread`,
        `give ${LABEL_KEY_RULE}`,
      ),
      ...unless(
        Number.isInteger(maxSkew) && maxSkew > 0,
        `the spread over "${topologyKey}" has \`maxSkew\` ${maxSkew}`,
        'give a whole number of 1 or more',
      ),
      ...unless(
        UNSATISFIABLE.includes(whenUnsatisfiable),
        `the spread over "${topologyKey}" has \`whenUnsatisfiable\` "${whenUnsatisfiable}"`,
        `give one of ${UNSATISFIABLE.join(', ')}`,
      ),
      ...unless(
        minDomains === undefined ||
          (Number.isInteger(minDomains) && minDomains > 0 && whenUnsatisfiable === 'DoNotSchedule'),
        `the spread over "${topologyKey}" has \`minDomains\` ${minDomains} and \`whenUnsatisfiable\` ${whenUnsatisfiable}`,
        'give a whole number of 1 or more together with DoNotSchedule, or leave it out',
      ),
    ]),
    ...twice(constraints.map(({ topologyKey, whenUnsatisfiable }) => `"${topologyKey}" with ${whenUnsatisfiable}`)).map(
      (what) => ({ what: `there are two spreads over ${what}`, fix: 'leave one of them out' }),
    ),
  ];
}
