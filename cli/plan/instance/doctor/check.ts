import { ExitCode } from '../../command-error';

/** How something is. `unknown`: the servers do not tell it, or these credentials may not ask. */
export type CheckState = 'ok' | 'warning' | 'fails' | 'unknown';

/** What a check sees of one thing. */
export interface Observation {
  readonly state: CheckState;
  /**
   * Such as `StatefulSet/karmada-system/etcd`.
   *
   * @default - what the check is about as a whole
   */
  readonly about?: string;
  /** What is so; of what is not as it should be, the cause. */
  readonly cause: string;
  /**
   * What to do about it here.
   *
   * @default - what the check says
   */
  readonly fix?: string;
}

/** Something that a doctor looks at. docs/doctor.md lists them all. */
export interface Check<Snapshot> {
  /** Stands in the output; in kebab case. */
  readonly id: string;
  /** What is well when it is well. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about it where the observation says nothing nearer. */
  readonly fix: string;
  /** Where to read about it. */
  readonly see: string;
  readonly look: (snapshot: Snapshot) => readonly Observation[];
}

/** One thing that was looked at. */
export interface DoctorFinding {
  readonly check: string;
  readonly state: CheckState;
  readonly about?: string;
  readonly cause: string;
  /** Left out where there is nothing to do. */
  readonly fix?: string;
  /** Where to read; left out where there is nothing to do. */
  readonly see?: string;
}

/** All that a doctor found. */
export interface DoctorReport {
  readonly findings: readonly DoctorFinding[];
  readonly totals: { readonly [state in CheckState]: number };
}

/** What was asked of a server: what it answered, or in words why that is not known. */
export type Seen<T> = { readonly seen: T } | { readonly unseen: string; readonly fix?: string };

/** Observations about what was seen; that it could not be seen is one, too. */
export function whenSeen<T>(found: Seen<T>, look: (value: T) => readonly Observation[]): readonly Observation[] {
  if ('seen' in found) return look(found.seen);
  return [{ state: 'unknown', cause: found.unseen, fix: found.fix }];
}

/** What was seen, or what stands for it. */
export function seenOr<T>(found: Seen<T>, otherwise: T): T {
  return 'seen' in found ? found.seen : otherwise;
}

/** What a shell is told: something fails, or nothing that is known does. */
export function exitCodeOf({ totals }: DoctorReport): ExitCode {
  return totals.fails > 0 ? ExitCode.FAILED : ExitCode.OK;
}

/** Runs all checks: no finding hides another. */
export function examine<Snapshot>(checks: readonly Check<Snapshot>[], snapshot: Snapshot): DoctorReport {
  const findings = checks.flatMap((check) =>
    check.look(snapshot).map(({ state, about, cause, fix = check.fix }): DoctorFinding => {
      const place = about === undefined ? {} : { about };
      const advice = state === 'ok' ? {} : { fix, see: check.see };
      return { check: check.id, state, ...place, cause, ...advice };
    }),
  );
  const count = (state: CheckState) => findings.filter((finding) => finding.state === state).length;
  const totals = { ok: count('ok'), warning: count('warning'), fails: count('fails'), unknown: count('unknown') };
  return { findings, totals };
}
