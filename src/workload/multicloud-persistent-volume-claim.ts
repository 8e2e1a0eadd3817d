import type { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, type PersistentVolumeMode } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { isDnsSubdomain, LABEL_RULE } from '../core/private/names';
import type { MulticloudResourceOptions, MulticloudResourceProps } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { objectNameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { isQuantity, quantity } from './private/sizes';
import { twice, unless } from './private/unless';

const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** Options of `MulticloudPersistentVolumeClaim`. */
export interface MulticloudPersistentVolumeClaimProps extends MulticloudResourceProps {
  /** How much storage each cluster gives, in whole KiB. */
  readonly size: Size;

  /**
   * Name of the storage class. Where clusters have other ones, override it there.
   *
   * @default - the default class of each cluster
   */
  readonly storageClass?: string;

  /**
   * How pods may mount the volume.
   *
   * @default - by one node, for reading and writing
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * Whether pods see a file system or a raw device.
   *
   * @default - a file system
   */
  readonly volumeMode?: PersistentVolumeMode;
}

/**
 * A volume claim on several clusters: each has a volume of its own, and Karmada moves no data between them.
 *
 * @example
 * import { Size } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, MulticloudPersistentVolumeClaim, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudPersistentVolumeClaim(chart, 'uploads', {
 *   size: Size.gibibytes(10),
 *   storageClass: 'ssd',
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
 * });
 */
export class MulticloudPersistentVolumeClaim extends Resource {
  /**
   * Sends out a volume claim that something else makes: any cdk8s-plus, an `Include`, a construct of your team.
   *
   * @param construct the volume claim, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if it is none, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudPersistentVolumeClaim {
    return new MulticloudPersistentVolumeClaim(construct as Construct, GIVEN, existing(construct, options, CLAIM));
  }

  /**
   * Sends out the volume claim in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML, or does not hold one volume claim and nothing else
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudPersistentVolumeClaim {
    return new MulticloudPersistentVolumeClaim(scope, id, fromYaml(props, CLAIM));
  }

  /**
   * Takes over a volume claim that a member cluster has already.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the volume claim as it is there, and where it goes
   * @throws if it is none, or had better stay with its cluster
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudPersistentVolumeClaim {
    return new MulticloudPersistentVolumeClaim(scope, id, adopted(props, CLAIM));
  }

  /** @throws if Kubernetes would refuse the claim; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudPersistentVolumeClaimProps) {
    super(scope, id, props, draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props));
  }
}

function draft(name: string, props: MulticloudPersistentVolumeClaimProps): Draft {
  const { size, storageClass, accessModes = [PersistentVolumeAccessMode.READ_WRITE_ONCE], volumeMode } = props;
  return {
    ...CLAIM,
    name,
    spec: () => ({
      accessModes,
      resources: { requests: { storage: quantity(size) } },
      storageClassName: storageClass,
      volumeMode,
    }),
    troubles: [
      ...objectNameTroubles('a volume claim', name),
      ...unless(
        isQuantity(size),
        'the `size` is no whole number of KiB',
        'give it with Size.gibibytes or another unit of Size',
      ),
      ...unless(
        storageClass === undefined || isDnsSubdomain(storageClass),
        `"${storageClass}" cannot be the name of a storage class`,
        `give a name of at most 253 characters: ${LABEL_RULE}`,
      ),
      ...unless(accessModes.length > 0, '`accessModes` is empty', 'give one, or leave it out'),
      ...twice(accessModes).map((mode) => ({ what: `\`accessModes\` has ${mode} twice`, fix: 'give it once' })),
      ...unless(
        accessModes.length < 2 || !accessModes.includes(PersistentVolumeAccessMode.READ_WRITE_ONCE_POD),
        '`accessModes` has ReadWriteOncePod and others',
        'give ReadWriteOncePod alone, or leave it out',
      ),
    ],
  };
}
