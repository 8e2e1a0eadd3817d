import { keyOf, type ObjectKey } from '../../../src/core/object-key';
import * as keys from '../../../src/core/private/keys';
import { virtualClusterName } from '../../../src/core/private/virtual-cluster';
import type { Member } from '../apply-set';
import { CommandError, ExitCode } from '../command-error';

/** A control plane as its host knows it, whether or not any code still names it. */
export interface HostedInstance {
  readonly instanceName: string;
  readonly alias?: string;
  /** Karmada's version that was applied last, such as `v1.18.2`. */
  readonly version: string;
  /** Its own, on the host. */
  readonly namespace: string;
  /** What DaoCloud calls the virtual cluster that stands for it. */
  readonly virtualClusterName: string;
  /** What `instance destroy` does with the control plane. */
  readonly deletion: 'release' | 'retain';
  /** Since when nobody looks after it: it was retained. In RFC 3339. */
  readonly retained?: string;
  /** When it was applied first, in RFC 3339. */
  readonly created: string;
  /** Construct path of its chart for the host. */
  readonly chart: string;
  /** The ApplySet parent. */
  readonly record: ObjectKey;
  /** The ApplySet parent as it is on the host, without `data`. */
  readonly parent: any;
  /** What the record lists; undefined when it has no list that can be read. */
  readonly members?: readonly Member[];
  /** The ConfigMap with its PKI plan; undefined when there is none that can be read. */
  readonly pkiPlan?: any;
}

/** What is found beside the ApplySet parent. */
export interface FoundBeside {
  readonly members?: readonly Member[];
  readonly pkiPlan?: any;
}

/** Is this live ConfigMap the record of an instance on its host? */
export function isInstanceRecord({ metadata }: any): boolean {
  const { annotations = {} } = metadata;
  return annotations[keys.TARGET] === 'host' && Boolean(annotations[keys.INSTANCE]);
}

/** The instance whose record this is. */
export function hostedInstance(parent: any, { members, pkiPlan }: FoundBeside = {}): HostedInstance {
  const { data: _, ...bare } = parent;
  const { annotations, namespace, creationTimestamp } = parent.metadata;
  const instanceName: string = annotations[keys.INSTANCE];
  const { [keys.ALIAS]: alias, [keys.RETAINED]: retained } = annotations;
  return {
    instanceName,
    ...(alias ? { alias } : {}),
    version: annotations[keys.VERSION] ?? '',
    namespace,
    virtualClusterName: virtualClusterName(instanceName),
    deletion: annotations[keys.DELETION] === 'retain' ? 'retain' : 'release',
    ...(retained ? { retained } : {}),
    created: creationTimestamp ?? '',
    chart: annotations[keys.CHART] ?? '',
    record: keyOf({ apiVersion: 'v1', kind: 'ConfigMap', ...bare }),
    parent: bare,
    ...(members ? { members } : {}),
    ...(pkiPlan ? { pkiPlan } : {}),
  };
}

/** Name of the ConfigMap with the PKI plan of an instance; it is in the instance's namespace. */
export function pkiPlanName(instanceName: string): string {
  return `${instanceName}-pki-plan`;
}

const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet'];

/** Is there a control plane, or only what is left of one, such as its data? Without a list it is taken to be there. */
export function isInstalled({ members }: HostedInstance): boolean {
  return !members || members.some(({ kind }) => WORKLOADS.includes(kind));
}

/** The newest first; of those of one second by name. */
export function newestFirst(instances: readonly HostedInstance[]): HostedInstance[] {
  return byName(instances).sort((a, b) => (a.created === b.created ? 0 : a.created < b.created ? 1 : -1));
}

/** By name; of one name, which two apps may give, by namespace. */
export function byName(instances: readonly HostedInstance[]): HostedInstance[] {
  const text = ({ instanceName, namespace }: HostedInstance) => `${instanceName} ${namespace}`;
  return [...instances].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/**
 * The instance of this name.
 *
 * @throws when the host has none of it, with those that it has; or several
 */
export function instanceNamed(instances: readonly HostedInstance[], name: string, at?: string): HostedInstance {
  const found = instances.filter(({ instanceName }) => instanceName === name);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const what = `the host has ${found.length} instances "${name}", in the namespaces ${found
      .map(({ namespace }) => namespace)
      .sort()
      .join(', ')}`;
    const fix = 'give one of them another name: servers and contexts are found by it';
    throw new CommandError(ExitCode.USAGE, [{ what, at, fix }]);
  }
  const names = byName(instances).map(({ instanceName }) => `"${instanceName}"`);
  const fix = names.length
    ? `name one that is there: ${names.join(', ')}; or give the right host with --host-context`
    : 'the host has no instance: make one with `cdk8s-karmada apply`, or give the right host with --host-context';
  throw new CommandError(ExitCode.USAGE, [{ what: `the host has no instance "${name}"`, at, fix }]);
}
