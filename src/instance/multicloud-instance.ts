import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Admission } from '../admission/admission';
import { assumptionsOf } from '../admission/command-lines';
import type { Finding } from '../core/finding';
import { KarmadaVersion } from '../core/karmada-version';
import type { IMulticloudInstance } from '../core/multicloud-instance';
import type { Advice } from '../core/private/advice';
import { addCheck } from '../core/private/check';
import { ALIAS, DELETION } from '../core/private/keys';
import { renderTarget } from '../core/private/rendering';
import { suggestion } from '../core/private/suggestion';
import { targetChart } from '../core/private/target-chart';
import { targetsOf } from '../core/private/target-registry';
import { type Trouble, troubles } from '../core/private/trouble';
import { virtualClusterName } from '../core/private/virtual-cluster';
import { Adviser } from '../rules/adviser';
import { hostFindings, servesMetrics } from '../rules/host-findings';
import { pkiPlanPart } from './certificates';
import { componentParts } from './component-parts';
import { ExistingInstance } from './existing-instance';
import type { ExistingInstanceProps } from './existing-instance-props';
import { hostNamespace } from './host-namespace';
import { InstanceDeletion } from './instance-deletion';
import { controlPlane, instanceTroubles, namespaceOf } from './instance-rules';
import { KarmadaSide } from './karmada-side/karmada-side';
import { kubeconfig } from './kubeconfig';
import type { MulticloudInstanceProps } from './multicloud-instance-props';
import { addPart, WAVES } from './part';

/**
 * A Karmada control plane of your own: the chart that goes to the host cluster, and in it one for its Karmada API server.
 *
 * By default the smallest complete one: etcd, the API server, the aggregated API server, both controller managers, the scheduler
 * and the webhook; `components` adds more. Each runs as an ordinary user on a read-only file system, holds only the keys that it
 * needs, and is reached only by those who need it. No key is ever synthesized: `cdk8s-karmada apply` issues what the ConfigMap `<instanceName>-pki-plan` lists, and fills in the CA bundles.
 *
 * @throws with everything that is wrong with the props at once
 * @see https://karmada.io/docs/core-concepts/components
 * @example
 * import { App, Size } from 'cdk8s';
 * import { EtcdStorage, MulticloudChart, MulticloudInstance } from 'cdk8s-karmada';
 *
 * const app = new App();
 * const east = new MulticloudInstance(app, 'east', {
 *   instanceName: 'east',
 *   etcd: EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) }),
 * });
 * new MulticloudChart(app, 'shop', { instance: east });
 * app.synth();
 */
export class MulticloudInstance extends Chart implements IMulticloudInstance {
  /**
   * A Karmada that runs already, installed with whatever: `karmadactl`, Helm, its operator, DCE. Nothing is synthesized for it.
   *
   * @throws if a name is not a DNS label
   * @example
   * import { App } from 'cdk8s';
   * import { MulticloudChart, MulticloudInstance } from 'cdk8s-karmada';
   *
   * const app = new App();
   * const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
   * new MulticloudChart(app, 'shop', { instance });
   */
  public static fromExisting(scope: Construct, id: string, props: ExistingInstanceProps): IMulticloudInstance {
    return new ExistingInstance(scope, id, props);
  }

  /** Its name. */
  public readonly instanceName: string;

  /** The Karmada release that it runs. */
  public readonly version: KarmadaVersion;

  private readonly admission: Admission;
  private readonly adviser: Adviser;

  constructor(scope: Construct, id: string, props: MulticloudInstanceProps) {
    super(scope, id, { namespace: namespaceOf(props) });
    this.version = props.version ?? KarmadaVersion.V1_18;
    const facts = { ...props, version: this.version };
    const wrong = instanceTroubles(this.node.path, facts);
    if (wrong.length) throw troubles(wrong);
    this.instanceName = props.instanceName;
    const plane = controlPlane(facts);
    const components = componentParts(plane);
    const manifests = components.flatMap(({ parts }) => parts.map(({ manifest }) => manifest));
    const assume = assumptionsOf(manifests, this.version);
    this.admission = Admission.of({ version: this.version, assume });
    this.adviser = new Adviser({
      version: this.version,
      assume,
      installed: true,
      metricsAdapter: servesMetrics(manifests),
    });
    for (const part of hostNamespace(plane)) addPart(this, part);
    targetChart(this, {
      target: 'host',
      instanceName: plane.instanceName,
      version: plane.version,
      namespace: plane.namespace,
      wave: WAVES.foundation,
      // what `deletion` says has to be known when the code no longer is, so it goes where the record is kept
      annotations: {
        ...props.instanceAnnotations,
        ...(props.alias !== undefined && { [ALIAS]: props.alias }),
        [DELETION]: props.deletion ?? InstanceDeletion.RELEASE_KARMADA,
      },
      labels: props.instanceLabels,
      admit: hostFindings,
    });
    addCheck(this, () => this.namesakes());
    addPart(this, kubeconfig(plane));
    addPart(this, pkiPlanPart(plane));
    for (const { id, parts } of components) {
      const component = new Construct(this, id);
      for (const part of parts) addPart(component, part);
    }
    new KarmadaSide(this, plane);
  }

  /** What DaoCloud calls the virtual cluster that stands for the instance: `k-<instanceName>`. */
  public get virtualClusterName(): string {
    return virtualClusterName(this.instanceName);
  }

  /**
   * The Deployment or StatefulSet of a component, to patch what no prop is for (`addJsonPatch`). What you patch is yours: no
   * later release of this library looks after it.
   *
   * @param component its name on the host, such as `karmada-scheduler` or `etcd`
   * @throws if the instance has no such component
   */
  public workloadOf(component: string): ApiObject {
    const workloads = this.node
      .findAll()
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && Chart.of(construct) === this)
      .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
    const found = workloads.find(({ name }) => name === component);
    if (found) return found;
    const what = `instance "${this.instanceName}" has no component "${component}"`;
    const names = workloads.map(({ name }) => name);
    throw troubles([{ what, at: this.node.path, fix: suggestion(component, names, 'components') }]);
  }

  public toJson(): any[] {
    return renderTarget(this);
  }

  /** @internal */
  public _admit(manifest: any): Finding[] {
    return [...this.admission.review(manifest).findings, ...this.adviser.errors(manifest)];
  }

  /** @internal */
  public _advise(manifests: readonly any[]): Advice[] {
    return this.adviser.advise(manifests);
  }

  /** Its servers are looked up by its name, so two of one name would go to the same ones. */
  private namesakes(): Trouble[] {
    return targetsOf(this)
      .filter(({ chart, server, instanceName }) => {
        return server === 'host' && instanceName === this.instanceName && chart !== this;
      })
      .map(({ chart }) => ({
        what: `two instances have one name, "${this.instanceName}"`,
        at: `${this.node.path} and ${chart.node.path}`,
        fix: 'give one of the two another instanceName',
      }));
  }
}
