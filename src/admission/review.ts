import type { Assumptions } from './assumptions';
import type { Refusals } from './refusals';

/** What a rule of a webhook looks at: the object as Go decoded it, and where to say no. */
export interface Review {
  /** The namespace of the request; empty for cluster-scoped kinds. */
  readonly namespace: string;
  /** The decoded metadata. */
  readonly metadata: any;
  /** The decoded spec, or what a kind has in its place; mutating rules change it in place. */
  readonly spec: any;
  /** What differs from the control plane's defaults. */
  readonly assumptions: Assumptions;
  /** Where findings go. */
  readonly refusals: Refusals;
}
