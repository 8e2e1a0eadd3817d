/** What was seen of a cluster that a context names. */
export interface SeenOfHost {
  /** Kubernetes version; undefined when it did not answer. */
  readonly version?: string;
  /** Why it did not, in words. */
  readonly silent?: string;
  /** It serves Karmada's kinds: pods do not run there. */
  readonly karmada?: boolean;
  /** Names, the default ones first; undefined where they cannot be read. */
  readonly storageClasses?: readonly { readonly name: string; readonly isDefault: boolean }[];
  /** Instances that it hosts already; undefined where they cannot be read. */
  readonly instances?: readonly string[];
}

/** A context of a kubeconfig, and whether its cluster could host an instance. Nothing of a credential is in it. */
export interface HostCandidate extends SeenOfHost {
  readonly context: string;
  /** It is the current one. */
  readonly current: boolean;
  /** URL of the server. */
  readonly server?: string;
  readonly fits: boolean;
  /** Why it could not. */
  readonly why?: string;
  /** What to mind when it does. */
  readonly mind?: string;
}

/** Server-side apply with discovery in one request, which the command needs. */
const OLDEST_MINOR = 27;

export function hostCandidate(
  found: { readonly context: string; readonly current: boolean; readonly server?: string },
  seen: SeenOfHost,
): HostCandidate {
  const why = whyNot(seen);
  const mind = why === undefined ? toMind(seen) : undefined;
  return { ...found, ...seen, fits: why === undefined, ...(why ? { why } : {}), ...(mind ? { mind } : {}) };
}

function whyNot({ version, silent, karmada }: SeenOfHost): string | undefined {
  if (version === undefined) return silent ?? 'it does not answer';
  if (karmada) return 'it is the API server of a Karmada: no pod runs there';
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === '1' && Number(minor) < OLDEST_MINOR)
    return `it is Kubernetes ${version}, older than v1.${OLDEST_MINOR}`;
  return undefined;
}

function toMind({ storageClasses }: SeenOfHost): string | undefined {
  if (!storageClasses) return 'its StorageClasses cannot be read with these credentials';
  if (!storageClasses.length) return 'it has no StorageClass: etcd needs one, or a folder of a node';
  return storageClasses.some(({ isDefault }) => isDefault)
    ? undefined
    : 'no StorageClass is the default: name one for etcd';
}
