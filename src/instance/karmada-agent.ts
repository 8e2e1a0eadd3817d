import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KarmadaVersion } from '../core/karmada-version';
import { nameTroubles, placeTroubles } from '../core/private/cluster-names';
import { isDnsLabel, LABEL_RULE } from '../core/private/names';
import { targetOf } from '../core/private/target-registry';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ComponentOptions } from './component-options';
import { podTroubles } from './component-rules';
import { karmadaAgent } from './components/karmada-agent';
import type { OutboundProxyOptions } from './outbound-proxy';
import { proxyTroubles } from './proxy-variables';
import { image } from './releases';

/** Options of `KarmadaAgent`. */
export interface KarmadaAgentProps {
  /** Name of the member cluster in Karmada. It cannot be changed afterwards. */
  readonly clusterName: string;

  /**
   * The release of Karmada that its instance runs.
   *
   * @default KarmadaVersion.V1_18
   */
  readonly version?: KarmadaVersion;

  /**
   * Its namespace in the member.
   *
   * @default 'karmada-system'
   */
  readonly namespace?: string;

  /**
   * How many pods it has: one works, the others stand by.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Where people reach the API server of the member, for `kubectl get clusters`. Karmada itself never connects to it, unless
   * somebody goes through Karmada to the member.
   *
   * @default - not said
   */
  readonly apiEndpoint?: string;

  /**
   * Provider of the member, for spread constraints.
   *
   * @default - not said
   */
  readonly provider?: string;

  /**
   * Region of the member, for `ClusterSelector.location`.
   *
   * @default - not said
   */
  readonly region?: string;

  /**
   * Zones of the member, for `ClusterSelector.location`.
   *
   * @default - not said
   */
  readonly zones?: string[];

  /**
   * The whole reference of another image, with a digest or a tag that is no floating one.
   *
   * @default - the image of the release
   */
  readonly image?: string;

  /**
   * The HTTP proxy through which it reaches Karmada.
   *
   * @default - it connects directly
   */
  readonly proxy?: OutboundProxyOptions;

  /**
   * Names of Secrets in its namespace with which the member pulls the image.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * More flags for its start, without the dashes. Only those that it has in this release are taken.
   *
   * @default - none
   */
  readonly extraArgs?: { readonly [flag: string]: string };
}

/**
 * What runs in a member cluster in pull mode, for members that Karmada cannot reach. It stands in a plain cdk8s `Chart`, in an
 * app of its own: its objects go to the member, not to Karmada. Its kubeconfig is the Secret `karmada-kubeconfig`, which no
 * output holds: joining makes it, and the agent renews its certificate by itself.
 *
 * @throws with everything that is wrong with the props at once
 * @see https://karmada.io/docs/userguide/clustermanager/cluster-registration#register-cluster-with-pull-mode
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { KarmadaAgent } from 'cdk8s-karmada';
 *
 * const members = new App({ outdir: 'dist/members' });
 * new KarmadaAgent(new Chart(members, 'berlin'), 'agent', { clusterName: 'berlin', region: 'eu-1' });
 * members.synth();
 */
export class KarmadaAgent extends Construct {
  /** Name of the member cluster in Karmada. */
  public readonly clusterName: string;

  constructor(scope: Construct, id: string, props: KarmadaAgentProps) {
    super(scope, id);
    const { clusterName, version = KarmadaVersion.V1_18, namespace = 'karmada-system', zones = [] } = props;
    const wrong = this.troubles(namespace, version, props);
    if (wrong.length) throw troubles(wrong);
    this.clusterName = clusterName;
    const said: { readonly [flag: string]: string | undefined } = {
      'cluster-api-endpoint': props.apiEndpoint,
      'cluster-provider': props.provider,
      'cluster-region': props.region,
      'cluster-zones': zones.length > 0 ? zones.join(',') : undefined,
      ...props.extraArgs,
    };
    const parts = karmadaAgent({
      clusterName,
      namespace,
      release: version,
      image: props.image ?? image('karmada-agent', version.version),
      replicas: props.replicas ?? 2,
      flags: Object.fromEntries(Object.entries(said).filter((flag): flag is [string, string] => flag[1] !== undefined)),
      imagePullSecrets: props.imagePullSecrets ?? [],
      proxy: props.proxy,
    });
    for (const { id: part, manifest } of parts) new ApiObject(this, part, manifest);
  }

  private troubles(namespace: string, version: KarmadaVersion, props: KarmadaAgentProps): Trouble[] {
    const at = this.node.path;
    const target = targetOf(this);
    const options: ComponentOptions = props;
    const places = Object.entries({
      provider: [props.provider],
      region: [props.region],
      zone: props.zones ?? [],
    }).flatMap(([field, values]) =>
      values.flatMap((value) => (value === undefined ? [] : placeTroubles(field, value))),
    );
    return [
      ...[...nameTroubles(props.clusterName), ...places].map((trouble) => ({ ...trouble, at })),
      ...(target
        ? [
            {
              what: `KarmadaAgent stands in a chart for ${target.server === 'host' ? 'the host' : 'Karmada'}, and runs in the member "${props.clusterName}"`,
              at,
              fix: 'give it a plain Chart of cdk8s, in an app of its own',
            },
          ]
        : []),
      ...(isDnsLabel(namespace)
        ? []
        : [{ what: `namespace must be ${LABEL_RULE}, at most 63, got "${namespace}"`, at, fix: 'leave it out' }]),
      ...proxyTroubles(at, props.proxy),
      ...podTroubles(at, version, 'KarmadaAgent', 'karmada-agent', options),
    ];
  }
}
