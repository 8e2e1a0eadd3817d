/** How bad a finding is. */
export enum FindingLevel {
  /** Karmada would refuse it, or it cannot work: synth fails. */
  ERROR = 'error',
  /** It works, but probably not as meant. */
  WARNING = 'warning',
}

/** Something wrong or doubtful in an object, found without a cluster. */
export interface Finding {
  /** A stable code, such as `MC023`. */
  readonly code: string;
  /** How bad it is. */
  readonly level: FindingLevel;
  /** The field, dotted as the API server prints it, such as `spec.placement.spreadConstraints[0].maxGroups`. */
  readonly path: string;
  /** What is wrong, with the value and the values allowed. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}
