import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { dump } from 'js-yaml';
import type { ObjectKey } from '../../../src/core/object-key';
import type { PlannedIssue } from '../../plan/plan';
import type { Issued } from './certificate';
import { type Decision, decide, type Existing, secretValue } from './decision';
import type { CertificatePlan, KeyPairPlan, KubeconfigPlan, PkiPlan } from './plan';
import { checkExisting, endsSoon } from './soundness';

const RSA_BITS = 3072;

/** What `issue` would do, in words without any secret; one entry for each Secret of the plan, in the order of writing. */
export function describe(plan: PkiPlan, existing: Existing, now: Date): PlannedIssue[] {
  checkExisting(plan, existing, now);
  const what = new Map<string, string>([
    ...plan.authorities.map((one) => [one.secret, `authority "${one.commonName}", ${one.lifetimeDays} days`] as const),
    ...plan.keyPairs.map((one) => [one.secret, `RSA ${RSA_BITS} key pair`] as const),
    ...plan.certificates.map((one) => [one.secret, certificateInWords(one)] as const),
    ...plan.kubeconfigs.map((one) => [one.secret, kubeconfigInWords(one)] as const),
  ]);
  return decide(plan, existing, now).map(({ secret, action, why }) => {
    const notes = action === 'keep' ? endsSoon(plan, existing, secret, now) : why;
    return {
      key: keyOfSecret(plan, secret),
      action,
      what: `${what.get(secret)}${notes ? `; ${notes}` : ''}`,
    };
  });
}

/**
 * The Secrets to write, in the order of writing; none when everything is as planned. They are for server-side apply, are
 * in memory only, and one that replaces another carries its `resourceVersion`, so that two runs cannot both replace it.
 */
export async function issue(plan: PkiPlan, existing: Existing, now: Date): Promise<any[]> {
  checkExisting(plan, existing, now);
  const decisions = new Map<string, Decision>(decide(plan, existing, now).map((one) => [one.secret, one]));
  const wanted = <T extends { readonly secret: string }>(all: readonly T[]) =>
    all.filter(({ secret }) => decisions.get(secret)?.action !== 'keep');
  const secretOf = (name: string, type: string, values: { readonly [key: string]: string }) =>
    secretManifest(plan, existing, name, type, values);

  // most runs issue nothing, and would wait for it
  const { makeAuthority, makeCertificate } = require('./certificate') as typeof import('./certificate');
  const authorities = new Map<string, Issued>();
  for (const { secret } of plan.authorities) {
    const found = existing.get(secret);
    if (found)
      authorities.set(secret, { certificate: secretValue(found, 'tls.crt'), key: secretValue(found, 'tls.key') });
  }
  const written: any[] = [];
  for (const one of wanted(plan.authorities)) {
    const made = await makeAuthority(one, now);
    authorities.set(one.secret, made);
    written.push(secretOf(one.secret, TLS, tlsValues(made, made)));
  }
  const sign = (one: KubeconfigPlan | CertificatePlan) => {
    const authority = authorities.get(one.authority) as Issued; // every authority of a plan is in it
    return makeCertificate(one, authority, now).then((made) => ({ authority, made }));
  };
  const keyPairs = wanted(plan.keyPairs).map(async (one) => secretOf(one.secret, OPAQUE, await makeKeyPair(one)));
  const certificates = wanted(plan.certificates).map(async (one) => {
    const { authority, made } = await sign(one);
    return secretOf(one.secret, TLS, tlsValues(authority, made));
  });
  const kubeconfigs = wanted(plan.kubeconfigs).map(async (one) => {
    const { authority, made } = await sign(one);
    return secretOf(one.secret, OPAQUE, { [one.key]: kubeconfig(plan.instance, one.server, authority, made) });
  });
  return [...written, ...(await Promise.all([...keyPairs, ...certificates, ...kubeconfigs]))];
}

const TLS = 'kubernetes.io/tls';
const OPAQUE = 'Opaque';

function keyOfSecret({ namespace }: PkiPlan, name: string): ObjectKey {
  return { apiVersion: 'v1', kind: 'Secret', namespace, name };
}

function secretManifest(
  { namespace }: PkiPlan,
  existing: Existing,
  name: string,
  type: string,
  values: { readonly [key: string]: string },
): any {
  const { resourceVersion } = existing.get(name)?.metadata ?? {};
  const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, ...(resourceVersion && { resourceVersion }) },
    type,
    data: Object.fromEntries(data),
  };
}

function tlsValues(authority: Issued, { certificate, key }: Issued): { readonly [key: string]: string } {
  return { 'ca.crt': authority.certificate, 'tls.crt': certificate, 'tls.key': key };
}

async function makeKeyPair(plan: KeyPairPlan): Promise<{ readonly [key: string]: string }> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
  return {
    [plan.privateKey]: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
    [plan.publicKey]: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
}

function kubeconfig(name: string, server: string, authority: Issued, { certificate, key }: Issued): string {
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  return dump(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority.certificate) } }],
      users: [{ name, user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    },
    { lineWidth: -1 },
  );
}

function certificateInWords(one: CertificatePlan): string {
  const names = [...one.dnsNames, ...one.ipAddresses];
  return [
    `${one.usages.join(' and ')} certificate "${one.commonName}"`,
    ...(one.organizations.length ? [`organization ${one.organizations.join(', ')}`] : []),
    ...(names.length ? [`for ${names.join(', ')}`] : []),
    `${one.lifetimeDays} days`,
    `signed by ${one.authority}`,
  ].join('; ');
}

function kubeconfigInWords(one: KubeconfigPlan): string {
  const organizations = one.organizations.length ? [`organization ${one.organizations.join(', ')}`] : [];
  return [
    `kubeconfig of "${one.commonName}" for ${one.server}`,
    ...organizations,
    `${one.lifetimeDays} days`,
    `signed by ${one.authority}`,
  ].join('; ');
}
