import type { Check, Observation, Seen } from './check';
import { whenSeen } from './check';

/** How far the clock of a server is from the one of this machine. */
export interface Clock {
  /** Positive where the server is ahead. */
  readonly aheadMs: number;
  /** The distance is known to so much: a server tells whole seconds, and its answer takes a while. */
  readonly boundMs: number;
}

/** Certificates count from this long before they are issued. */
const VALID_BEFORE_MS = 5 * 60_000;
/** From here on times in logs, events and leases mislead. */
const NOTICED_MS = 30_000;

/** The distance of two clocks, from when a question was sent, when its answer came, and what time the answer says it is. */
export function clockOf(sentMs: number, cameMs: number, serverMs: number): Clock {
  // a server cuts its time off at the second
  const aheadMs = Math.round(serverMs + 500 - (sentMs + cameMs) / 2);
  return { aheadMs, boundMs: Math.round(500 + (cameMs - sentMs) / 2) };
}

/** What the clock of a server means for what this machine issues. */
export function clockObservations(clock: Seen<Clock>): readonly Observation[] {
  return whenSeen(clock, ({ aheadMs, boundMs }) => {
    const surely = Math.max(0, Math.abs(aheadMs) - boundMs);
    const side = aheadMs > 0 ? 'ahead of' : 'behind';
    const words = `the server's clock is ${seconds(Math.abs(aheadMs))} ${side} this machine's, give or take ${seconds(boundMs)}`;
    if (surely <= NOTICED_MS)
      return [{ state: 'ok', cause: `the clocks agree within ${seconds(Math.abs(aheadMs) + boundMs)}` }];
    if (surely <= VALID_BEFORE_MS) return [{ state: 'warning', cause: words }];
    const worse =
      aheadMs < 0
        ? 'a certificate issued now would not be valid there yet'
        : 'certificates expire there earlier than they are renewed here';
    return [{ state: 'fails', cause: `${words}: ${worse}` }];
  });
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

/** Before an installation: certificates are issued by this machine's clock, and checked by the host's. */
export const HOST_CLOCK: Check<{ readonly clock: Seen<Clock> }> = {
  id: 'clock',
  title: 'the clocks of the host and of this machine agree',
  why: 'Certificates are issued by the clock of this machine and checked by those of the nodes. The Date header of the API server tells its clock to the second; the clocks of other nodes cannot be seen from here.',
  fix: 'let both follow a time server (NTP), and look again',
  see: 'https://kubernetes.io/docs/setup/best-practices/certificates/',
  look: ({ clock }) => clockObservations(clock),
};

/** After an installation. */
export const CLOCKS: Check<{ readonly clocks: readonly { readonly plane: string; readonly clock: Seen<Clock> }[] }> = {
  id: 'time-skew',
  title: 'the clocks of the host, of Karmada and of this machine agree',
  why: 'A leader that sees another time than its rivals loses or doubles its lease, and a certificate that is not valid yet is refused. Clocks are told by the Date header of the API servers, to the second.',
  fix: 'let the nodes and this machine follow a time server (NTP), and look again',
  see: 'https://kubernetes.io/docs/concepts/architecture/leases/',
  look: ({ clocks }) =>
    clocks.flatMap(({ plane, clock }) => clockObservations(clock).map((each) => ({ about: plane, ...each }))),
};
