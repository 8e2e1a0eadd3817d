import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { SECRET_VALUES } from '../core/private/keys';
import { limited } from '../core/private/names';
import { PlainObject } from '../core/private/plain-object';
import { type Trouble, troubles } from '../core/private/trouble';
import { ResourceSelector } from '../core/resource-selector';
import { OverridePolicy } from '../policy/override-policy';
import type { Overrider } from '../policy/overrider';
import { propagationOptions } from '../policy/private/propagation-options';
import { type IPropagationPolicy, PropagationPolicy } from '../policy/propagation-policy';
import type { MulticloudResourceProps } from './multicloud-resource';
import { keyTroubles, objectNameTroubles } from './private/object-name';
import { DESCRIPTION, descriptionTroubles, PROTECTED } from './private/resource-metadata';
import { literalSecretTroubles } from './private/secret-data';
import { markSent } from './private/sent';
import { unless } from './private/unless';
import type { SecretSource } from './secret-source';

const SECRET = { apiVersion: 'v1', kind: 'Secret' };

/** Options of `MulticloudSecret`. */
export interface MulticloudSecretProps extends MulticloudResourceProps {
  /** Where it comes from. */
  readonly source: SecretSource;

  /**
   * Its type, such as `kubernetes.io/tls`, when the command makes it. It cannot change later.
   *
   * @default 'Opaque'
   */
  readonly type?: string;
}

/**
 * A Secret on several clusters, without its values in any output.
 *
 * A workload takes its Secrets along by itself (`autoPropagate`), once they are on Karmada. Make one of these to get it there, or
 * when it goes elsewhere too.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudSecret, Placement, SecretSource, SecretValue } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudSecret(chart, 'database', {
 *   source: SecretSource.values({ password: SecretValue.fromEnvironment('DATABASE_PASSWORD') }),
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
 * });
 */
export class MulticloudSecret extends Construct {
  /** The policy that says where it goes. */
  public readonly propagation: IPropagationPolicy;

  /** Name of the policies that belong to it. */
  public readonly policyName: string;

  private readonly resource: ResourceSelector;
  private readonly namespace?: string;
  private overrides?: OverridePolicy;

  /** @throws if Kubernetes would refuse it, or it would show its values; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudSecretProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { source, name = id.toLowerCase(), namespace = chart.namespace } = props;
    const object = source._object && objectOf(source._object);
    const found = [
      ...objectNameTroubles('a Secret', name),
      ...descriptionTroubles(props.description),
      ...sourceTroubles(source, object),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));

    if (source._values) {
      const made = secret(this, name, namespace, props);
      markSent(made);
      this.node.defaultChild = made;
      this.resource = ResourceSelector.of(made);
    } else if (object) {
      markSent(object);
      this.node.defaultChild = object;
      this.resource = ResourceSelector.of(object);
    } else {
      this.resource = ResourceSelector.named(SECRET.apiVersion, SECRET.kind, name);
    }
    this.namespace = object?.metadata.namespace ?? namespace;
    this.policyName = limited(`${object?.name ?? name}-${(object?.kind ?? SECRET.kind).toLowerCase()}`);
    this.propagation = new PropagationPolicy(this, 'Propagation', {
      autoPropagate: true,
      ...propagationOptions(props),
      name: this.policyName,
      namespace: this.namespace,
      resources: [this.resource],
    });
  }

  /**
   * Makes it differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * Nothing goes out before the differences are known to Karmada.
   *
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if there are no overrides
   */
  public overrideOn(clusters: ClusterSelector, ...overriders: Overrider[]): void {
    if (!this.overrides) {
      const { policyName: name, namespace } = this;
      this.overrides = new OverridePolicy(this, 'Overrides', { name, namespace, resources: [this.resource] });
      this.propagation._dependOn(name);
    }
    this.overrides.addRule({ clusters, overriders });
  }
}

function secret(
  scope: Construct,
  name: string,
  namespace: string | undefined,
  props: MulticloudSecretProps,
): ApiObject {
  const { source, type, description, deletionProtection, labels, annotations } = props;
  const values = Object.entries(source._values ?? {}).map(([key, value]) => [key, value._toPlain()]);
  return new PlainObject(scope, 'Resource', {
    ...SECRET,
    metadata: {
      name,
      namespace,
      labels: { ...labels, ...(deletionProtection && PROTECTED) },
      annotations: {
        ...annotations,
        ...(description !== undefined && { [DESCRIPTION]: description }),
        [SECRET_VALUES]: JSON.stringify(Object.fromEntries(values)),
      },
    },
    rest: { type: type ?? 'Opaque' },
  });
}

function sourceTroubles(
  { _object: construct, _values: values }: SecretSource,
  object: ApiObject | undefined,
): Trouble[] {
  if (construct && !object) {
    const what = `there is no one Kubernetes object behind ${construct.node.path}`;
    return [{ what, fix: 'give the object itself, or a construct whose default child it is' }];
  }
  if (object) return literalSecretTroubles(object.toJson());
  if (!values) return [];
  const places = Object.entries(values).map(([key, value]) => [key, Object.values(value._toPlain())[0]]);
  return [
    ...unless(places.length > 0, 'the Secret has no values', 'give at least one in SecretSource.values'),
    ...keyTroubles('Secret', Object.keys(values)),
    ...places
      .filter(([, where]) => where === '')
      .map(([key]) => ({
        what: `it is not said where the value of "${key}" is`,
        fix: 'name the environment variable or the file',
      })),
  ];
}

/** The object behind a construct, if there is one. */
function objectOf(construct: IConstruct): ApiObject | undefined {
  let found: IConstruct | undefined = construct;
  while (found && !ApiObject.isApiObject(found)) found = found.node.defaultChild;
  return found;
}
