import type { ComponentState, ComponentStatus } from './component-status';
import { type HostedInstance, isInstalled } from './hosted-instance';

/** The certificate that expires first. */
export interface NextExpiry {
  readonly secret: string;
  /** In RFC 3339. */
  readonly expires: string;
}

/** One wave of the components, and whether all in it is ready. */
export interface WaveStatus {
  readonly wave: number;
  readonly ready: boolean;
}

/** How a control plane is doing. */
export interface InstanceStatus {
  readonly instanceName: string;
  readonly alias?: string;
  readonly version: string;
  readonly namespace: string;
  readonly virtualClusterName: string;
  readonly deletion: 'release' | 'retain';
  readonly retained?: string;
  readonly created: string;
  /** Only what is left of one is there. */
  readonly installed: boolean;
  readonly state: ComponentState | 'unknown';
  readonly components: readonly ComponentStatus[];
  /** Of those that components are in. */
  readonly waves: readonly WaveStatus[];
  /** Undefined where none can be read. */
  readonly nextExpiry?: NextExpiry;
  /** Karmada's API server, or in words why it does not answer. */
  readonly apiServer: { readonly reachable: boolean; readonly url?: string; readonly why?: string };
  /** Member clusters; undefined where they cannot be listed. */
  readonly members?: { readonly total: number; readonly ready: number };
  /** What could not be read, in sentences. */
  readonly notes: readonly string[];
}

/** What is read for the status of an instance. */
export interface SeenOfInstance
  extends Pick<InstanceStatus, 'components' | 'state' | 'nextExpiry' | 'apiServer' | 'notes'> {
  /** Undefined where they cannot be listed. */
  readonly clusters?: readonly any[];
}

export function instanceStatus(hosted: HostedInstance, seen: SeenOfInstance): InstanceStatus {
  const { instanceName, alias, version, namespace, virtualClusterName, deletion, retained, created } = hosted;
  const { clusters, components, ...rest } = seen;
  const numbers = [...new Set(components.map(({ wave }) => wave))].sort((a, b) => a - b);
  return {
    instanceName,
    ...(alias ? { alias } : {}),
    version,
    namespace,
    virtualClusterName,
    deletion,
    ...(retained ? { retained } : {}),
    created,
    installed: isInstalled(hosted),
    ...rest,
    components,
    waves: numbers.map((wave) => {
      const own = components.filter((each) => each.wave === wave);
      return { wave, ready: own.every(({ state }) => state === 'ready') };
    }),
    ...(clusters ? { members: { total: clusters.length, ready: clusters.filter(isReady).length } } : {}),
  };
}

function isReady({ status }: any): boolean {
  return (status?.conditions ?? []).some(({ type, status: is }: any) => type === 'Ready' && is === 'True');
}
