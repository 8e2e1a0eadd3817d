import { isDnsLabel, isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_RULE, LABEL_VALUE_RULE } from './names';
import type { Trouble } from './trouble';

/** The longest name of a member cluster in Karmada. */
const LONGEST_CLUSTER_NAME = 48;

/** What is wrong with the name of a member cluster. Mirrors pkg/apis/cluster/validation/validation.go at v1.18.2. */
export function nameTroubles(name: string): Trouble[] {
  if (isDnsLabel(name, LONGEST_CLUSTER_NAME)) return [];
  return [
    {
      what: `"${name}" cannot be the name of a member cluster`,
      fix: `use at most ${LONGEST_CLUSTER_NAME} characters: ${LABEL_RULE}`,
    },
  ];
}

/** What is wrong with the provider, the region or a zone of a cluster. */
export function placeTroubles(field: string, value: string): Trouble[] {
  if (value !== '' && isLabelValue(value)) return [];
  return [{ what: `"${value}" cannot be the ${field} of a cluster`, fix: `use ${LABEL_VALUE_RULE}` }];
}

/** What is wrong with a label, of a cluster or of something else. */
export function labelTroubles(key: string, values: readonly string[], noun = 'cluster label'): Trouble[] {
  const found: Trouble[] = [];
  if (!isLabelKey(key)) {
    found.push({ what: `"${key}" cannot be the key of a ${noun}`, fix: `use ${LABEL_KEY_RULE}` });
  }
  for (const value of values.filter((text) => !isLabelValue(text))) {
    found.push({ what: `"${value}" cannot be the value of the ${noun} "${key}"`, fix: `use ${LABEL_VALUE_RULE}` });
  }
  return found;
}

/** What is wrong with key and value of a taint. Mirrors pkg/util/lifted/validateclustertaints.go at v1.18.2. */
export function taintTroubles(key: string, value = ''): Trouble[] {
  const found: Trouble[] = [];
  if (!isLabelKey(key)) found.push({ what: `"${key}" cannot be the key of a taint`, fix: `use ${LABEL_KEY_RULE}` });
  if (!isLabelValue(value)) {
    found.push({ what: `"${value}" cannot be the value of the taint "${key}"`, fix: `use ${LABEL_VALUE_RULE}` });
  }
  return found;
}
