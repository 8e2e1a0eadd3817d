import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import { day, decide, type Existing, secretValue } from './decision';
import type { AuthorityPlan, KeyPairPlan, PkiPlan } from './plan';

const SEE = 'docs/certificates.md';

/** Throws when an authority or a key pair is not fit for use: neither is ever replaced without a person's decision. */
export function checkExisting(plan: PkiPlan, existing: Existing, now: Date): void {
  const troubles = troublesOf(plan, existing, now);
  if (troubles.length) throw new CommandError(ExitCode.CONFLICT, troubles);
}

/** What no run mends by itself. */
export function troublesOf(plan: PkiPlan, existing: Existing, now: Date): Trouble[] {
  return [
    ...plan.authorities.flatMap((authority) =>
      existing.has(authority.secret)
        ? unfitAuthority(plan, authority, existing, now)
        : lostAuthority(plan, authority, existing),
    ),
    ...plan.keyPairs.flatMap((pair) =>
      existing.has(pair.secret) ? incompleteKeyPair(plan, pair, existing) : lostKeyPair(plan, pair, existing),
    ),
    ...otherTypes(plan, existing, now),
  ];
}

/** Of an authority that is kept: a warning while a third of its lifetime is left. */
export function endsSoon(plan: PkiPlan, existing: Existing, secret: string, now: Date): string {
  if (!plan.authorities.some((authority) => authority.secret === secret)) return '';
  const { notBefore, notAfter } = periodOf(new X509Certificate(secretValue(existing.get(secret), 'tls.crt')));
  const soon = notAfter.getTime() - now.getTime() < (notAfter.getTime() - notBefore.getTime()) / 3;
  return soon ? `it expires on ${day(notAfter)}, and an authority is not renewed by this command` : '';
}

/** With an authority everything that trusts it is lost: making a new one in passing would cut off every client. */
function lostAuthority(plan: PkiPlan, { secret }: AuthorityPlan, existing: Existing): Trouble[] {
  const orphans = [...plan.certificates, ...plan.kubeconfigs]
    .filter((one) => one.authority === secret && existing.has(one.secret))
    .map((one) => one.secret);
  if (!orphans.length) return [];
  return [
    {
      what: `authority "${secret}" is missing, and certificates that it signed are there`,
      at: text(plan, secret),
      fix: `restore the Secret from a backup; or, to begin with a new authority that no client trusts yet, delete Secret ${orphans.join(', ')}`,
      see: SEE,
    },
  ];
}

function unfitAuthority(plan: PkiPlan, { secret }: AuthorityPlan, existing: Existing, now: Date): Trouble[] {
  const why = whyUnfit(existing.get(secret), now, needsKey(plan, secret, existing, now));
  if (!why) return [];
  const fix = 'put a certificate authority that can sign, with its key, into tls.crt and tls.key of the Secret';
  return [{ what: `authority "${secret}" is not fit for use: ${why}`, at: text(plan, secret), fix, see: SEE }];
}

function needsKey(plan: PkiPlan, authority: string, existing: Existing, now: Date): boolean {
  const signed = [...plan.certificates, ...plan.kubeconfigs].filter((one) => one.authority === authority);
  return decide(plan, existing, now).some(
    ({ secret, action }) => action !== 'keep' && signed.some((one) => one.secret === secret),
  );
}

function whyUnfit(secret: any, now: Date, needsKey: boolean): string | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(secretValue(secret, 'tls.crt'));
  } catch {
    return 'tls.crt holds no certificate';
  }
  if (!certificate.ca) return 'its certificate is not that of an authority';
  const { notAfter } = periodOf(certificate);
  if (notAfter <= now) return `it expired on ${day(notAfter)}`;
  if (!needsKey) return undefined; // an authority kept elsewhere is fine as long as nothing has to be signed
  const key = secretValue(secret, 'tls.key');
  if (!key) return 'tls.key is missing, and certificates have to be signed';
  try {
    return certificate.checkPrivateKey(createPrivateKey(key)) ? undefined : 'tls.key does not belong to tls.crt';
  } catch {
    return 'tls.key holds no private key';
  }
}

function periodOf({ validFrom, validTo }: X509Certificate): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
}

/** What was signed with a key pair is worth nothing without it: a new one in passing would end every token at once. */
function lostKeyPair(plan: PkiPlan, { secret, privateKey, publicKey }: KeyPairPlan, existing: Existing): Trouble[] {
  // it is issued before the first certificate
  if (![...plan.certificates, ...plan.kubeconfigs].some((one) => existing.has(one.secret))) return [];
  const files = [privateKey, publicKey].map((file) => `--from-file=${file}`).join(' ');
  return [
    {
      what: `key pair "${secret}" is missing, and certificates that were issued after it are there`,
      at: text(plan, secret),
      fix: `restore the Secret from a backup; or, to begin with a new one that no token is signed with, make it: \`openssl genrsa -out ${privateKey} 3072 && openssl rsa -in ${privateKey} -pubout -out ${publicKey} && kubectl create secret generic ${secret} -n ${plan.namespace} ${files}\``,
      see: SEE,
    },
  ];
}

function incompleteKeyPair(
  plan: PkiPlan,
  { secret, privateKey, publicKey }: KeyPairPlan,
  existing: Existing,
): Trouble[] {
  const missing = [privateKey, publicKey].filter((key) => !existing.get(secret).data?.[key]);
  if (!missing.length) return [];
  return [
    {
      what: `key pair "${secret}" is incomplete: ${missing.join(' and ')} is missing`,
      at: text(plan, secret),
      fix: 'restore the Secret from a backup',
      see: SEE,
    },
  ];
}

/** The type of a Secret cannot be changed. */
function otherTypes(plan: PkiPlan, existing: Existing, now: Date): Trouble[] {
  const tls = new Set(plan.certificates.map(({ secret }) => secret));
  return decide(plan, existing, now).flatMap(({ secret, action }) => {
    const type = existing.get(secret)?.type;
    const wants = tls.has(secret) ? 'kubernetes.io/tls' : 'Opaque';
    if (action !== 'renew' || type === wants) return [];
    return [
      {
        what: `Secret "${secret}" has type ${type}, and what is issued into it has type ${wants}`,
        at: text(plan, secret),
        fix: 'delete the Secret to have it made anew, or give the certificate another Secret',
      },
    ];
  });
}

function text({ namespace }: PkiPlan, secret: string): string {
  return `host: Secret/${namespace}/${secret}`;
}
