import type { Finding } from '../finding';

/** A finding of ours and the object that it is about: Karmada takes it, but probably not as meant. */
export interface Advice {
  /** The manifest, as it was given. */
  readonly object: any;
  readonly finding: Finding;
}
