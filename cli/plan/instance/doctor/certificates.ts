import { type Check, type Observation, whenSeen } from './check';
import type { CertificateFacts, InstanceSnapshot } from './instance-snapshot';

const DAY_MS = 24 * 60 * 60 * 1000;
/** An authority is replaced by a person, who needs time. */
const AUTHORITY_DAYS = 180;

/** Certificates are there, and for a while. */
export const CERTIFICATES: Check<InstanceSnapshot> = {
  id: 'certificates',
  title: 'every certificate is there, fits its authority and lasts',
  why: 'A control plane whose certificates end stops as a whole, and so does everything that is only known to it. They are renewed when a third of their lifetime is left, by whoever runs `apply` or `instance issue`.',
  fix: 'run `cdk8s-karmada instance issue`, or `apply`: it renews what is due',
  see: 'docs/gitops.md of this project',
  look: ({ certificates, nowMs }) =>
    whenSeen(certificates, (all) => {
      if (!all.length)
        return [
          { state: 'unknown', cause: 'the instance has no PKI plan on its host', fix: 'apply the instance again' },
        ];
      const found = all.flatMap((each) => judged(each, nowMs));
      const first = [...all]
        .filter(({ notAfter }) => notAfter)
        .sort((a, b) => (String(a.notAfter) < String(b.notAfter) ? -1 : 1))[0];
      if (found.length) return found;
      return [
        {
          state: 'ok',
          cause: `${all.length} certificates and keys are there; the first to end is that of ${first?.commonName}, ${left(first, nowMs)}`,
        },
      ];
    }),
};

function judged(facts: CertificateFacts, nowMs: number): Observation[] {
  const { secret, notAfter, notBefore, due, isAuthority } = facts;
  const about = `Secret ${secret}`;
  const ended = notAfter !== undefined && Date.parse(notAfter) <= nowMs;
  if (ended) return [{ state: 'fails', about, cause: `it ended ${notAfter}`, fix: isAuthority ? BY_HAND : undefined }];
  if (notBefore !== undefined && Date.parse(notBefore) > nowMs) {
    return [
      {
        state: 'fails',
        about,
        cause: `it is valid from ${notBefore} on: a clock is wrong`,
        fix: 'see check time-skew',
      },
    ];
  }
  if (due && notAfter === undefined)
    return [{ state: 'fails', about, cause: due, fix: isAuthority ? BY_HAND : undefined }];
  if (due) return [{ state: /expires/.test(due) ? 'warning' : 'fails', about, cause: due }];
  const soon = isAuthority && notAfter !== undefined && Date.parse(notAfter) - nowMs < AUTHORITY_DAYS * DAY_MS;
  return soon ? [{ state: 'warning', about, cause: `the authority ends ${left(facts, nowMs)}`, fix: BY_HAND }] : [];
}

const BY_HAND =
  'restore the Secret from a backup, or put a new authority into it by hand: no command replaces one, since everything that trusts it would be cut off';

function left(facts: CertificateFacts | undefined, nowMs: number): string {
  if (facts?.notAfter === undefined) return 'at no known time';
  return `${facts.notAfter.slice(0, 10)}, in ${Math.floor((Date.parse(facts.notAfter) - nowMs) / DAY_MS)} days`;
}
