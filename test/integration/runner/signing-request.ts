import { webcrypto } from 'node:crypto';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '../../../cli/apply/pki/x509';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' };

/** A new key, and the request for a certificate of it with this common name; both PEM. */
export async function signingRequest(commonName: string): Promise<{ readonly key: string; readonly request: string }> {
  const crypto = webcrypto as any;
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const subject = [{ CN: [commonName] }];
  const request = await Pkcs10CertificateRequestGenerator.create({ name: subject, keys, signingAlgorithm }, crypto);
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { key, request: request.toString('pem') };
}
