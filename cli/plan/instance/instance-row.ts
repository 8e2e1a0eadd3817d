import { type ComponentState, type ComponentStatus, stateOf } from './component-status';
import { byName, type HostedInstance, isInstalled, newestFirst } from './hosted-instance';

/** One instance of a list. */
export interface InstanceRow {
  readonly instanceName: string;
  readonly alias?: string;
  readonly virtualClusterName: string;
  readonly version: string;
  readonly namespace: string;
  readonly deletion: 'release' | 'retain';
  /** Does the code name it? Left out where there is no input. */
  readonly inCode?: boolean;
  readonly created: string;
  readonly state: ComponentState | 'unknown';
  /** Where its host is, such as `context "prod"`. */
  readonly host: string;
}

/** What comes first in a list. */
export type InstanceOrder = 'created' | 'name';

/**
 * The instances that somebody looks after: neither those that were retained, nor what is left of others.
 *
 * @param text that their name or their alias holds
 */
export function listed(instances: readonly HostedInstance[], order: InstanceOrder, text = ''): HostedInstance[] {
  const isNamed = ({ instanceName, alias = '' }: HostedInstance) => instanceName.includes(text) || alias.includes(text);
  const all = instances.filter((hosted) => isInstalled(hosted) && !hosted.retained && isNamed(hosted));
  return order === 'name' ? byName(all) : newestFirst(all);
}

/** @param inCode names in the input; undefined without input */
export function instanceRow(
  hosted: HostedInstance,
  components: readonly ComponentStatus[],
  host: string,
  inCode?: ReadonlySet<string>,
): InstanceRow {
  const { instanceName, alias, virtualClusterName, version, namespace, deletion, created } = hosted;
  return {
    instanceName,
    ...(alias ? { alias } : {}),
    virtualClusterName,
    version,
    namespace,
    deletion,
    ...(inCode ? { inCode: inCode.has(instanceName) } : {}),
    created,
    state: stateOf(components),
    host,
  };
}
