import { isDnsLabel, isDnsSubdomain, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { MulticloudStatefulSetProps, VolumeClaimTemplate } from '../multicloud-stateful-set';
import { type ClaimMount, nameOf } from './container';
import { volumesOf } from './pod-template';
import { isQuantity, quantity } from './sizes';
import { twice, unless } from './unless';

const RETENTION = ['Retain', 'Delete'];

/** The claims that Kubernetes makes for each pod. */
export function claimTemplates({ claims }: MulticloudStatefulSetProps): any {
  return claims?.map(({ name, size, storageClass, accessModes = ['ReadWriteOnce'] }) => ({
    metadata: { name },
    spec: {
      accessModes,
      ...(storageClass !== undefined && { storageClassName: storageClass }),
      resources: { requests: { storage: quantity(size) } },
    },
  }));
}

/** Where containers find the claims, by the container's name. */
export function claimMounts(props: MulticloudStatefulSetProps): { [container: string]: ClaimMount[] } {
  const mounts: { [container: string]: ClaimMount[] } = {};
  for (const claim of props.claims ?? []) {
    const { name, mountPath } = claim;
    const container = containerOf(claim, props);
    mounts[container] = [...(mounts[container] ?? []), { mountPath, name }];
  }
  return mounts;
}

/** What is wrong with the claims, and with what becomes of them. */
export function claimTroubles(props: MulticloudStatefulSetProps): Trouble[] {
  const { claims = [], containers, initContainers = [], persistentVolumeClaimRetentionPolicy = {} } = props;
  const all = [...containers, ...initContainers];
  const volumes = volumesOf(props).map(({ name }) => name);
  return [
    ...claims.flatMap((claim) => oneClaim(claim, containerOf(claim, props), all.map(nameOf))),
    ...twice([...claims.map(({ name }) => name), ...new Set(volumes)]).map((name) => ({
      what: `two claims, or a claim and a volume, have the name "${name}"`,
      fix: 'give one of them another name',
    })),
    ...all.flatMap((container) => {
      const name = nameOf(container);
      const mounted = (container.volumeMounts ?? []).map(({ path }) => path);
      const claimed = claims.filter((claim) => containerOf(claim, props) === name).map(({ mountPath }) => mountPath);
      return twice([...claimed, ...new Set(mounted)]).map((path) => ({
        what: `container "${name}" mounts a claim at "${path}", and something else too`,
        fix: 'give the claim another `mountPath`',
      }));
    }),
    ...Object.entries(persistentVolumeClaimRetentionPolicy)
      .filter(([, what]) => what !== undefined && !RETENTION.includes(what))
      .map(([when, what]) => ({
        what: `\`persistentVolumeClaimRetentionPolicy.${when}\` is "${what}"`,
        fix: `give ${RETENTION.join(' or ')}`,
      })),
  ];
}

function oneClaim(claim: VolumeClaimTemplate, container: string, containers: readonly string[]): Trouble[] {
  const { name, size, mountPath, storageClass, accessModes } = claim;
  return [
    ...unless(
      isDnsLabel(name),
      `"${name}" cannot be the name of a claim`,
      `give a \`name\` of at most 63 characters: ${LABEL_RULE}`,
    ),
    ...unless(
      isQuantity(size),
      `the \`size\` of the claim "${name}" is no whole number of KiB`,
      'give it with Size.gibibytes or another unit of Size',
    ),
    ...unless(mountPath !== '', `the claim "${name}" is mounted at no path`, 'give its `mountPath`'),
    ...unless(
      containers.length === 0 || containers.includes(container),
      `the claim "${name}" is for the container "${container}", and there is none of that name`,
      `give one of ${containers.join(', ')}, or leave \`container\` out`,
    ),
    ...unless(
      storageClass === undefined || isDnsSubdomain(storageClass),
      `"${storageClass}" cannot be the name of a storage class`,
      `give a name of at most 253 characters: ${LABEL_RULE}`,
    ),
    ...unless(
      accessModes === undefined || accessModes.length > 0,
      `the claim "${name}" has no access modes`,
      'give one in `accessModes`, or leave it out',
    ),
  ];
}

function containerOf({ container }: VolumeClaimTemplate, { containers }: MulticloudStatefulSetProps): string {
  return container ?? (containers.length > 0 ? nameOf(containers[0]) : '');
}
