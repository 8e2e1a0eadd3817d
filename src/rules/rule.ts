import type { Assumptions } from '../admission/assumptions';
import type { Meaning } from '../core/private/meaning';
import type { Objects } from './objects';

/** What a rule knows beside the objects. */
export interface Surroundings {
  /** Flags and feature gates of the control plane. */
  readonly assumptions: Assumptions;
  /** The code installs the instance, so the Clusters among the objects are all that it has. */
  readonly installed: boolean;
  /** The instance has a karmada-metrics-adapter; undefined when that is not known, because it is installed elsewhere. */
  readonly metricsAdapter?: boolean;
}

/** A rule that an object breaks. */
export interface Doubt {
  readonly object: any;
  /** The field, dotted as the API server prints it. */
  readonly path: string;
  /** What is doubtful, with the value. It does not name the object: whoever shows it does. */
  readonly message: string;
  /**
   * What to do about it here.
   *
   * @default - what the rule says
   */
  readonly fix?: string;
}

/** A rule that one object alone can break. Only these can be errors: synth asks them about each object by itself. */
export interface ObjectRule extends Meaning {
  /** Kinds that it looks at, as `group/Kind`; `Kind` alone in the core group. */
  readonly kinds: readonly string[];
  readonly look: (object: any, around: Surroundings) => readonly Doubt[];
}

/** A rule about how objects stand to each other. */
export interface InputRule extends Meaning {
  readonly check: (objects: Objects, around: Surroundings) => readonly Doubt[];
}

export type Rule = ObjectRule | InputRule;
