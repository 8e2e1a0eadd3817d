import type { ObjectKey } from '../../../../src/core/object-key';
import type { Permission } from '../../permission';
import type { Seen } from './check';
import type { Clock } from './clock';

/** The instance of the code that a host is looked at for. */
export interface WantedInstance {
  readonly name: string;
  readonly namespace: string;
  /** Its manifests for the host. */
  readonly objects: readonly any[];
}

/** An object on the host where the instance would have one. */
export interface TakenName {
  readonly key: ObjectKey;
  /** Whose it is, in words. */
  readonly by: string;
  /** Another set of objects has it: apply does not take it from there. */
  readonly inSet: boolean;
}

/** What a host says about itself before an instance is installed there. Objects are as its API server gives them. */
export interface HostSnapshot {
  /** Such as `v1.35.2`. */
  readonly version: Seen<string>;
  /** Group versions that it serves, such as `apps/v1`. */
  readonly served: Seen<readonly string[]>;
  readonly nodes: Seen<readonly any[]>;
  /** Of all namespaces. */
  readonly pods: Seen<readonly any[]>;
  readonly storageClasses: Seen<readonly any[]>;
  readonly volumes: Seen<readonly any[]>;
  readonly storageCapacities: Seen<readonly any[]>;
  readonly priorityClasses: Seen<readonly any[]>;
  /** The namespace of the instance; undefined while it is not there. */
  readonly namespace: Seen<any>;
  /** Of that namespace. */
  readonly quotas: Seen<readonly any[]>;
  readonly limitRanges: Seen<readonly any[]>;
  readonly clock: Seen<Clock>;
  /** What these credentials may not do and an installation needs. */
  readonly lacking: Seen<readonly Permission[]>;
  readonly taken: Seen<readonly TakenName[]>;
  /** @default - the host is looked at for itself */
  readonly wanted?: WantedInstance;
}
