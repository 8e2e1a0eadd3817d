import type { Seen } from './check';
import type { Clock } from './clock';

/** A certificate of an instance, without anything secret. */
export interface CertificateFacts {
  /** The Secret that holds it. */
  readonly secret: string;
  /** Whose it is: its common name, or the plan's while there is none. */
  readonly commonName: string;
  /** When it ends, in RFC 3339; undefined while there is none that can be read. */
  readonly notAfter?: string;
  /** Since when it counts. */
  readonly notBefore?: string;
  /** Why it has to be issued; undefined when it is as it should be. */
  readonly due?: string;
  /** It signs others: this command never replaces it. */
  readonly isAuthority: boolean;
}

/** What a server said to one question. */
export interface Said {
  readonly status: number;
  readonly text: string;
}

/** What Karmada's API server says about itself. */
export interface KarmadaSide {
  /** `/readyz?verbose`. */
  readonly ready: Seen<Said>;
  readonly apiServices: Seen<readonly any[]>;
  /** Mutating and validating. */
  readonly webhookConfigurations: Seen<readonly any[]>;
  /** CustomResourceDefinitions that convert by a webhook. */
  readonly converted: Seen<readonly any[]>;
  /** Of karmada-system and kube-system. */
  readonly leases: Seen<readonly any[]>;
  /** What it said to a policy that was offered and not kept: its webhooks were asked. */
  readonly offered: Seen<Said>;
}

/** What the host and Karmada say about an instance that is installed. Objects are as the API servers give them. */
export interface InstanceSnapshot {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds since 1970, by the clock of this machine. */
  readonly nowMs: number;
  /** Of the instance's namespace, all of them. */
  readonly statefulSets: Seen<readonly any[]>;
  readonly deployments: Seen<readonly any[]>;
  readonly pods: Seen<readonly any[]>;
  readonly claims: Seen<readonly any[]>;
  readonly events: Seen<readonly any[]>;
  readonly endpointSlices: Seen<readonly any[]>;
  /** Of the host. */
  readonly storageClasses: Seen<readonly any[]>;
  readonly certificates: Seen<readonly CertificateFacts[]>;
  /** Certificates of the authorities, PEM. */
  readonly authorities: Seen<readonly string[]>;
  /** What each member of etcd said about its health, by its pod. */
  readonly etcdHealth: ReadonlyMap<string, Seen<Said>>;
  readonly karmada: Seen<KarmadaSide>;
  readonly clocks: readonly { readonly plane: string; readonly clock: Seen<Clock> }[];
}
