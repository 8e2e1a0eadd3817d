/** How far an object is from what was asked of it. */
export type Readiness =
  /** As it should be. */
  | { readonly state: 'current'; readonly note?: string }
  | { readonly state: 'in-progress'; readonly message: string }
  /** It does not get there by itself, unless it recovers within the grace. */
  | { readonly state: 'failed'; readonly message: string; readonly graceMs: number }
  /** It is being deleted. */
  | { readonly state: 'terminating'; readonly message: string }
  | { readonly state: 'absent'; readonly message: string };

/** Nothing that may recover: waiting is of no use. */
export const NO_GRACE_MS = 0;
/** What an admission, a quota or a scheduler may still put right. */
export const GRACE_MS = 10_000;
/** Images, crashes and members take longer to recover. */
export const LONG_GRACE_MS = 60_000;

export function current(note?: string): Readiness {
  return note === undefined ? { state: 'current' } : { state: 'current', note };
}

export function inProgress(message: string): Readiness {
  return { state: 'in-progress', message };
}

export function failed(message: string, graceMs = GRACE_MS): Readiness {
  return { state: 'failed', message, graceMs };
}

/** What a rule may know besides the object. */
export interface Surroundings {
  /** StorageClasses of the server; left out when they could not be read. */
  readonly storageClasses?: readonly any[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** The kind publishes a status: its definition has the subresource. */
  readonly publishesStatus?: boolean;
  /** Since when the object is waited for. */
  readonly sinceMs?: number;
}

/** A rule for a kind. */
export type Rule = (live: any, surroundings: Surroundings) => Readiness;
