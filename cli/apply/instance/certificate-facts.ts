import { X509Certificate } from 'node:crypto';
import { load } from 'js-yaml';
import type { CertificateFacts } from '../../plan/instance/doctor/instance-snapshot';
import { decide, type Existing, secretValue } from '../pki/decision';
import type { PkiPlan } from '../pki/plan';

/** What the Secrets of an instance say about its certificates. Nothing secret is in it. */
export function certificateFacts(plan: PkiPlan, existing: Existing, now: Date): CertificateFacts[] {
  const due = new Map(decide(plan, existing, now).map(({ secret, why }) => [secret, why || undefined]));
  const facts = (secret: string, commonName: string, pem: string, isAuthority = false): CertificateFacts => {
    const certificate = parsed(pem);
    const why =
      due.get(secret) ?? (certificate || isKeyPair(plan, secret) ? undefined : 'its certificate cannot be read');
    return {
      secret,
      commonName,
      isAuthority,
      ...(certificate ? { notBefore: rfc3339(certificate.validFrom), notAfter: rfc3339(certificate.validTo) } : {}),
      ...(why ? { due: why } : {}),
    };
  };
  const value = (secret: string, key: string) => secretValue(existing.get(secret), key);
  return [
    ...plan.authorities.map(({ secret, commonName }) => facts(secret, commonName, value(secret, 'tls.crt'), true)),
    ...plan.keyPairs.map(({ secret }) => facts(secret, secret, '')),
    ...plan.certificates.map(({ secret, commonName }) => facts(secret, commonName, value(secret, 'tls.crt'))),
    ...plan.kubeconfigs.map(({ secret, commonName, key }) => facts(secret, commonName, clientOf(value(secret, key)))),
  ];
}

function isKeyPair({ keyPairs }: PkiPlan, secret: string): boolean {
  return keyPairs.some((each) => each.secret === secret);
}

function clientOf(kubeconfig: string): string {
  try {
    const { users } = load(kubeconfig) as any;
    return Buffer.from(users[0].user['client-certificate-data'], 'base64').toString('utf8');
  } catch {
    return '';
  }
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function rfc3339(date: string): string {
  return new Date(date).toISOString().replace('.000', '');
}
