import {
  isDnsLabel,
  isDnsSubdomain,
  isLabelKey,
  isLabelValue,
  LABEL_KEY_RULE,
  LABEL_RULE,
  LABEL_VALUE_RULE,
} from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { ExtendedResource, MulticloudPodProps } from '../multicloud-pod-props';
import { nameOf } from './container';
import { containerTroubles, roleTroubles } from './container-troubles';
import { countTroubles } from './counts';
import { dnsTroubles } from './dns-troubles';
import { volumesOf } from './pod-template';
import { hostPortTroubles } from './port-troubles';
import { tolerationTroubles, topologyTroubles } from './scheduling-troubles';
import { secondsTroubles } from './seconds';
import { twice, unless, whereGiven } from './unless';

/** What is wrong with the pods of a workload, whose kind is given in words. Mirrors what Kubernetes v1.35 refuses. */
export function podTroubles(kind: string, props: MulticloudPodProps): Trouble[] {
  const { terminationGracePeriod, nodeUnavailableToleration } = props;
  return [
    ...allContainers(kind, props),
    ...whereGiven(props.extendedResources, (resources) => extendedTroubles(props, resources)),
    ...volumeTroubles(props),
    ...whereGiven(props.podLabels, (labels) => labelTroubles('podLabels', labels)),
    ...whereGiven(props.podAnnotations, (annotations) => keyTroubles('podAnnotations', annotations)),
    ...whereGiven(props.nodeSelector, (labels) => labelTroubles('nodeSelector', labels)),
    ...whereGiven(props.dns ?? props.hostAliases, () => dnsTroubles(props)),
    ...secondsTroubles({ terminationGracePeriod, nodeUnavailableToleration }),
    ...whereGiven(props.tolerations, (tolerations) => tolerations.flatMap(tolerationTroubles)),
    ...whereGiven(props.topologySpreadConstraints, topologyTroubles),
    ...nameTroubles(props),
  ];
}

/** Labels are keys and values. */
export function labelTroubles(prop: string, labels: { readonly [key: string]: string }): Trouble[] {
  return [
    ...keyTroubles(prop, labels),
    ...Object.entries(labels)
      .filter(([, value]) => !isLabelValue(value))
      .map(([key, value]) => ({
        what: `"${value}" cannot be the value of the label "${key}" in \`${prop}\``,
        fix: `give ${LABEL_VALUE_RULE}`,
      })),
  ];
}

function keyTroubles(prop: string, map: { readonly [key: string]: string }): Trouble[] {
  return Object.keys(map)
    .filter((key) => !isLabelKey(key))
    .map((key) => ({ what: `"${key}" cannot be a key in \`${prop}\``, fix: `give ${LABEL_KEY_RULE}` }));
}

function allContainers(kind: string, props: MulticloudPodProps): Trouble[] {
  const { containers, initContainers = [] } = props;
  const all = [...containers, ...initContainers];
  return [
    ...unless(
      containers.length > 0,
      `a ${kind} needs a container, got none`,
      'give one in `containers`, at least its `image`',
    ),
    ...twice(all.map(nameOf)).map((name) => ({
      what: `two containers have the name "${name}"`,
      fix: 'give each a `name` of its own; one without is called main',
    })),
    ...containers.flatMap((container) => [...containerTroubles(container), ...roleTroubles(container, false)]),
    ...initContainers.flatMap((container) => [...containerTroubles(container), ...roleTroubles(container, true)]),
    ...hostPortTroubles(containers, props.hostNetwork ?? false),
  ];
}

function extendedTroubles(
  { containers, initContainers = [] }: MulticloudPodProps,
  extendedResources: readonly ExtendedResource[],
): Trouble[] {
  const names = [...containers, ...initContainers].map(nameOf);
  return [
    ...extendedResources.flatMap(({ name, count, container = names[0] }) => [
      ...unless(
        isLabelKey(name) && name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name),
        `"${name}" cannot be the name of an extended resource`,
        'give it as nodes report it, with its domain, such as nvidia.com/gpu',
      ),
      ...countTroubles({ count }, 1).map((trouble) => ({ ...trouble, what: `${trouble.what} of "${name}"` })),
      ...unless(
        names.length === 0 || names.includes(container),
        `the extended resource "${name}" is for the container "${container}", and there is none of that name`,
        `give one of ${names.join(', ')}, or leave \`container\` out`,
      ),
    ]),
    ...twice(
      extendedResources.map(({ name, container = names[0] }) => `"${name}" for the container "${container}"`),
    ).map((what) => ({ what: `there is the extended resource ${what} twice`, fix: 'leave one of them out' })),
  ];
}

function volumeTroubles(props: MulticloudPodProps): Trouble[] {
  const names = volumesOf(props).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    ...twice(names).map((name) => ({
      what: `two volumes have the name "${name}"`,
      fix: 'give one of them another name, or mount the same volume in both places',
    })),
    ...[...new Set(names)]
      .filter((name) => !isDnsLabel(name))
      .map((name) => ({
        what: `"${name}" cannot be the name of a volume`,
        fix: `give it a \`name\` of at most 63 characters: ${LABEL_RULE}`,
      })),
  ];
}

/** Names of other objects. */
function nameTroubles(props: MulticloudPodProps): Trouble[] {
  const { serviceAccountName, priorityClassName, imagePullSecrets = [] } = props;
  const secrets = imagePullSecrets.map((name) => ['imagePullSecrets', name] as const);
  return [...Object.entries({ serviceAccountName, priorityClassName }), ...secrets]
    .filter(([, name]) => name !== undefined && !isDnsSubdomain(name))
    .map(([prop, name]) => ({
      what: `"${name}" in \`${prop}\` cannot be the name of an object`,
      fix: `give a name of at most 253 characters: ${LABEL_RULE}`,
    }));
}
