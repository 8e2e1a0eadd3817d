import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { type AuthorityPlan, type CertificatePlan, type IdentityPlan, USAGES } from './plan';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509';

/** A certificate with its private key, both PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

const crypto = webcrypto as any;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
/** Curves as OpenSSL and as Web Crypto call them. */
const CURVES: { readonly [name: string]: string } = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
const DAY_MS = 24 * 60 * 60 * 1000;
/** A certificate counts from a little before now: clocks differ. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** A new self-signed authority. It signs no other authority. */
export async function makeAuthority(plan: AuthorityPlan, now: Date): Promise<Issued> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerial(),
      name: [{ CN: [plan.commonName] }],
      ...validity(plan.lifetimeDays, now),
      signingAlgorithm: SIGNATURE,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(
          KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
          true,
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return issued(certificate, keys);
}

/** A new certificate of an authority; it ends no later than the authority does. */
export async function makeCertificate(
  plan: IdentityPlan & Partial<CertificatePlan>,
  authority: Issued,
  now: Date,
): Promise<Issued> {
  const signer = new X509Certificate(authority.certificate);
  const keys = await newKeys();
  const { notBefore, notAfter } = validity(plan.lifetimeDays, now);
  const usages = plan.usages ?? ['client'];
  const signing = await signingKey(authority.key);
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: newSerial(),
      subject: [...plan.organizations.map((name) => ({ O: [name] })), { CN: [plan.commonName] }],
      issuer: signer.subjectName,
      notBefore,
      notAfter: notAfter < signer.notAfter ? notAfter : signer.notAfter,
      signingAlgorithm: signing.algorithm as any,
      publicKey: keys.publicKey,
      signingKey: signing.key,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension(usages.map((usage) => USAGES[usage])),
        ...alternativeNames(plan.dnsNames ?? [], plan.ipAddresses ?? []),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await authorityKeyIdentifier(signer),
      ],
    },
    crypto,
  );
  return issued(certificate, keys);
}

function newKeys(): Promise<any> {
  return crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
}

/** The key of an authority, which need not be one that we made. */
async function signingKey(pem: string): Promise<{ key: any; algorithm: webcrypto.Algorithm }> {
  const key = createPrivateKey(pem);
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  const algorithm = key.asymmetricKeyType === 'rsa' ? RSA : { ...SIGNATURE, namedCurve: curve };
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return { key: await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']), algorithm };
}

/** The authority's own identifier, which it may have computed in another way than we do. */
async function authorityKeyIdentifier(signer: X509Certificate): Promise<Extension> {
  const own = signer.getExtension(SubjectKeyIdentifierExtension);
  return own
    ? new AuthorityKeyIdentifierExtension(own.keyId)
    : AuthorityKeyIdentifierExtension.create(signer.publicKey, false, crypto);
}

/** 16 random bytes that are a positive number of just that length. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function validity(lifetimeDays: number, now: Date): { notBefore: Date; notAfter: Date } {
  const second = Math.floor(now.getTime() / 1000) * 1000; // certificates know no smaller unit
  return { notBefore: new Date(second - CLOCK_SKEW_MS), notAfter: new Date(second + lifetimeDays * DAY_MS) };
}

function alternativeNames(dnsNames: readonly string[], ipAddresses: readonly string[]): Extension[] {
  const names = [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...ipAddresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  return names.length ? [new SubjectAlternativeNameExtension(names)] : [];
}

async function issued(certificate: X509Certificate, keys: any): Promise<Issued> {
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate: `${certificate.toString('pem')}\n`, key: `${key}\n` };
}
