import { createPrivateKey, createPublicKey, X509Certificate as NodeCertificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { load } from 'js-yaml';
import { type CertificatePlan, type IdentityPlan, type KubeconfigPlan, type PkiPlan, USAGES } from './plan';
import type { X509Certificate } from './x509';

/** The Secrets of a PKI plan that are there, by name. */
export type Existing = ReadonlyMap<string, any>;

/** What happens to one Secret. Nothing secret is in it. */
export interface Decision {
  readonly secret: string;
  readonly action: 'issue' | 'renew' | 'keep';
  /** Why it is issued or renewed, in words; empty for `keep`. */
  readonly why: string;
}

/** A Secret's value for a key as text. */
export function secretValue(secret: any, key: string): string {
  return Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
}

/**
 * What has to be issued. An authority or a key pair that is there is never made anew; a certificate is when it is no
 * longer what the plan says, no longer fits its authority, or has less than a third of its lifetime left.
 */
export function decide(plan: PkiPlan, existing: Existing, now: Date): readonly Decision[] {
  const known = answers.get(existing);
  if (known && known.plan === plan && known.nowMs === now.getTime()) return known.decisions;
  const decisions = decisionsOf(plan, existing, now);
  answers.set(existing, { plan, nowMs: now.getTime(), decisions });
  return decisions;
}

/** The last answer about Secrets that were read: the same is asked from several sides, and each signature is verified. */
const answers = new WeakMap<
  Existing,
  { readonly plan: PkiPlan; readonly nowMs: number; readonly decisions: readonly Decision[] }
>();

function decisionsOf(plan: PkiPlan, existing: Existing, now: Date): Decision[] {
  const once = (secret: string): Decision =>
    existing.has(secret) ? { secret, action: 'keep', why: '' } : { secret, action: 'issue', why: 'it is missing' };
  const leaf = (secret: string, why: string | undefined): Decision => {
    if (!existing.has(secret)) return { secret, action: 'issue', why: 'it is missing' };
    return why ? { secret, action: 'renew', why } : { secret, action: 'keep', why: '' };
  };
  return [
    ...plan.authorities.map(({ secret }) => once(secret)),
    ...plan.keyPairs.map(({ secret }) => once(secret)),
    ...plan.certificates.map((want) => leaf(want.secret, whyCertificate(want, existing, now))),
    ...plan.kubeconfigs.map((want) => leaf(want.secret, whyKubeconfig(want, existing, now))),
  ];
}

function whyCertificate(want: CertificatePlan, existing: Existing, now: Date): string | undefined {
  const secret = existing.get(want.secret);
  return whyRenew(
    want,
    {
      authority: secretValue(secret, 'ca.crt'),
      certificate: secretValue(secret, 'tls.crt'),
      key: secretValue(secret, 'tls.key'),
    },
    existing,
    now,
  );
}

function whyKubeconfig(want: KubeconfigPlan, existing: Existing, now: Date): string | undefined {
  const parts = kubeconfigParts(secretValue(existing.get(want.secret), want.key));
  if (!parts) return `key ${want.key} holds no kubeconfig`;
  if (parts.server !== want.server) return `its server is ${parts.server}, and becomes ${want.server}`;
  return whyRenew({ ...want, usages: ['client'], dnsNames: [], ipAddresses: [] }, parts, existing, now);
}

interface Parts {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** What is in a kubeconfig that needs no other file; undefined when it is none. */
export function kubeconfigParts(text: string): (Parts & { server: string }) | undefined {
  try {
    const config: any = load(text);
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    const decoded = (value: string) => Buffer.from(value, 'base64').toString('utf8');
    return {
      server: cluster.server,
      authority: decoded(cluster['certificate-authority-data']),
      certificate: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    };
  } catch {
    return undefined;
  }
}

/** Rules in the order in which they are told; the first that holds is the reason. */
function whyRenew(
  want: IdentityPlan & CertificatePlan,
  parts: Parts,
  existing: Existing,
  now: Date,
): string | undefined {
  const authority = secretValue(existing.get(want.authority), 'tls.crt');
  const found = parsed(parts);
  if (!found) return 'its certificate and key cannot be read, or do not belong together';
  if (!authority || !isSignedBy(parts.certificate, authority)) return 'its authority is another one';
  if (parts.authority.trim() !== authority.trim()) return "its copy of the authority's certificate is another one";
  const { leaf } = found;
  const differs = (what: string, has: readonly string[], wants: readonly string[]) =>
    sorted(has) === sorted(wants) ? undefined : `${what}: ${words(has)} becomes ${words(wants)}`;
  const usages = leaf.getExtension(x509().ExtendedKeyUsageExtension)?.usages ?? [];
  return (
    differs('common name', leaf.subjectName.getField('CN'), [want.commonName]) ??
    differs('organizations', leaf.subjectName.getField('O'), want.organizations) ??
    differs('usages', usageNames(usages.map(String)), want.usages) ??
    comeAndGo('DNS names', namesOf(leaf, 'dns'), want.dnsNames) ??
    comeAndGo('IP addresses', namesOf(leaf, 'ip').map(canonical), want.ipAddresses.map(canonical)) ??
    expiry(leaf, now)
  );
}

/** There are many, and most stay. */
function comeAndGo(what: string, has: readonly string[], wants: readonly string[]): string | undefined {
  const added = wants.filter((name) => !has.includes(name));
  const removed = has.filter((name) => !wants.includes(name));
  const parts = [
    ...(added.length ? [`${words(added)} added`] : []),
    ...(removed.length ? [`${words(removed)} removed`] : []),
  ];
  return parts.length ? `${what}: ${parts.join('; ')}` : undefined;
}

/** Loaded when a certificate is looked at: most runs are about none, and would wait for it. */
function x509() {
  return require('./x509') as typeof import('./x509');
}

function parsed({ certificate, key }: Parts): { leaf: X509Certificate } | undefined {
  try {
    if (!new NodeCertificate(certificate).checkPrivateKey(createPrivateKey(key))) return undefined;
    return { leaf: new (x509().X509Certificate)(certificate) };
  } catch {
    return undefined;
  }
}

function isSignedBy(certificate: string, authority: string): boolean {
  try {
    const issuer = new NodeCertificate(authority);
    const leaf = new NodeCertificate(certificate);
    return leaf.checkIssued(issuer) && leaf.verify(createPublicKey(authority));
  } catch {
    return false;
  }
}

/** Why a certificate is due by its age, in words; undefined when it is not. */
export function expiry({ notBefore, notAfter }: X509Certificate, now: Date): string | undefined {
  const left = notAfter.getTime() - now.getTime();
  if (left <= 0) return `it expired on ${day(notAfter)}`;
  const third = (notAfter.getTime() - notBefore.getTime()) / 3;
  return left < third ? `it expires on ${day(notAfter)}, less than a third of its lifetime from now` : undefined;
}

export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function namesOf(certificate: X509Certificate, type: 'dns' | 'ip'): string[] {
  const names = certificate.getExtension(x509().SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  return names.filter((name) => name.type === type).map((name) => name.value);
}

function usageNames(identifiers: readonly string[]): string[] {
  return identifiers.map((id) => Object.entries(USAGES).find(([, known]) => known === id)?.[0] ?? id);
}

/** One spelling of an IPv6 address for two that mean the same. */
function canonical(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

function sorted(values: readonly string[]): string {
  return JSON.stringify([...new Set(values)].sort());
}

function words(values: readonly string[]): string {
  return values.length ? [...values].sort().join(', ') : 'none';
}
