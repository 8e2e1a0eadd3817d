import type { Construct, IConstruct } from 'constructs';
import { withoutServerFields } from '../core/private/running-object';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { missingIn } from './private/manifest-text';
import { type Draft, Resource } from './private/resource';
import { literalSecretTroubles } from './private/secret-data';

/** Options of `MulticloudObject`. */
export interface MulticloudObjectProps extends MulticloudResourceOptions {
  /** The object as data: `apiVersion`, `kind`, `metadata.name`, and whatever its kind has. */
  readonly manifest: any;

  /**
   * Whether it has no namespace. Say so for instances of a custom kind that is cluster-scoped.
   *
   * @default - as the kind is known to be; a custom kind has a namespace
   */
  readonly clusterScoped?: boolean;
}

/**
 * Any object on several clusters: custom kinds and their instances, and whatever has no construct of its own here.
 *
 * The selectors of its policies are made from the object, so they cannot miss it. What a custom kind defines has to be on the
 * clusters before its instances are: send both out, to the same clusters.
 *
 * @example
 * import { MulticloudChart, MulticloudObject, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudObject(chart, 'Nightly', {
 *   manifest: {
 *     apiVersion: 'backup.example/v1',
 *     kind: 'Backup',
 *     metadata: { name: 'nightly' },
 *     spec: { schedule: '0 3 * * *' },
 *   },
 *   placement: Placement.duplicated(),
 * });
 */
export class MulticloudObject extends Resource {
  /**
   * Sends out an object that something else makes: any cdk8s-plus, an `Include`, a construct of your team.
   *
   * @param construct the object, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no one object behind it, it is sent out already, or it is a Secret with its values
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudObject {
    return new MulticloudObject(construct as Construct, GIVEN, existing(construct, options));
  }

  /**
   * Sends out the one object in a text. For several, linked ones use `MulticloudGroup.fromYaml`.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML, does not hold one object, or holds the values of a Secret
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudObject {
    return new MulticloudObject(scope, id, fromYaml(props));
  }

  /**
   * Takes over an object that a member cluster has already.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the object as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudObject {
    return new MulticloudObject(scope, id, adopted(props));
  }

  constructor(scope: Construct, id: string, props: MulticloudObjectProps) {
    super(scope, id, props, draftIn(props) ?? draft(props));
  }
}

function draft({ manifest, clusterScoped }: MulticloudObjectProps): Draft {
  const missing = missingIn(manifest);
  if (missing.length > 0) {
    const fix = 'give the whole object: apiVersion, kind, metadata.name, and what its kind has';
    const what = `\`manifest\` is no object of Kubernetes: it has no ${missing.join(', no ')}`;
    return { apiVersion: '', kind: '', name: '', troubles: [{ what, fix }] };
  }
  const { apiVersion, kind, metadata, ...body } = withoutServerFields(manifest);
  return {
    apiVersion,
    kind,
    name: metadata.name,
    metadata,
    body: () => body,
    isClusterScoped: clusterScoped,
    troubles: literalSecretTroubles(manifest),
  };
}
