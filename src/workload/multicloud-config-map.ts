import type { Construct, IConstruct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import type { MulticloudResourceOptions, MulticloudResourceProps } from './multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { keyTroubles, objectNameTroubles } from './private/object-name';
import { type Draft, Resource } from './private/resource';
import { unless } from './private/unless';

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' };

/** The most bytes that Kubernetes takes as data. */
const LARGEST = 1024 * 1024;

/** Options of `MulticloudConfigMap`. */
export interface MulticloudConfigMapProps extends MulticloudResourceProps {
  /**
   * Texts by key. A key is the name of a file where the map is mounted.
   *
   * @default - none
   */
  readonly data?: { [key: string]: string };

  /**
   * Binary data by key, in Base64.
   *
   * @default - none
   */
  readonly binaryData?: { [key: string]: string };

  /**
   * Whether nobody can change the data any more, so that clusters need not watch for it. To change it, make another with a new name.
   *
   * @default false
   */
  readonly immutable?: boolean;
}

/**
 * A ConfigMap on several clusters.
 *
 * A workload takes its ConfigMaps along by itself (`autoPropagate`). Make one of these when it goes elsewhere too, or differs
 * from cluster to cluster.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudConfigMap, Overrider, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudConfigMap(chart, 'settings', {
 *   data: { 'settings.yaml': 'currency: EUR' },
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'paris') }),
 * });
 */
export class MulticloudConfigMap extends Resource {
  /**
   * Sends out a ConfigMap that something else makes: any cdk8s-plus, an `Include`, a construct of your team.
   *
   * @param construct the ConfigMap, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if it is none, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudConfigMap {
    return new MulticloudConfigMap(construct as Construct, GIVEN, existing(construct, options, CONFIG_MAP));
  }

  /**
   * Sends out the ConfigMap in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML, or does not hold one ConfigMap and nothing else
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudConfigMap {
    return new MulticloudConfigMap(scope, id, fromYaml(props, CONFIG_MAP));
  }

  /**
   * Takes over a ConfigMap that a member cluster has already.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the ConfigMap as it is there, and where it goes
   * @throws if it is none, or had better stay with its cluster
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudConfigMap {
    return new MulticloudConfigMap(scope, id, adopted(props, CONFIG_MAP));
  }

  /** @throws if Kubernetes would refuse the ConfigMap; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudConfigMapProps = {}) {
    super(scope, id, props, draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props));
  }
}

function draft(name: string, { data, binaryData, immutable }: MulticloudConfigMapProps): Draft {
  return {
    ...CONFIG_MAP,
    name,
    body: () => ({ data, binaryData, immutable }),
    troubles: [
      ...objectNameTroubles('a ConfigMap', name),
      ...keyTroubles('ConfigMap', [...Object.keys(data ?? {}), ...Object.keys(binaryData ?? {})]),
      ...sizeTroubles(data, binaryData),
      ...Object.entries(binaryData ?? {}).flatMap(([key, value]) =>
        unless(
          Buffer.from(value, 'base64').toString('base64') === value,
          `the value of "${key}" in \`binaryData\` is not Base64`,
          'encode it, or give it in `data` if it is text',
        ),
      ),
    ],
  };
}

function sizeTroubles(data: { [key: string]: string } = {}, binaryData: { [key: string]: string } = {}): Trouble[] {
  const sizes = [
    ...Object.values(data).map((value) => Buffer.byteLength(value)),
    ...Object.values(binaryData).map((value) => Buffer.byteLength(value, 'base64')),
  ];
  const size = sizes.reduce((sum, each) => sum + each, 0);
  return unless(
    size <= LARGEST,
    `the data has ${size} bytes, and ${LARGEST} are the most`,
    'split it, or put it into a volume',
  );
}
