import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import type { ObjectKey } from '../../../src/core/object-key';
import { printable } from '../../plan/answer';
import { AGENTS, agentUser, JOIN_MANAGER } from '../../plan/joining/names';
import type { ApiRequest } from '../api-server';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '../pki/x509';
import { resourceOf } from './writer';

const API = 'certificates.k8s.io/v1';
export const SIGNER = 'kubernetes.io/kube-apiserver-client';
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const YEAR_S = 365 * 24 * 60 * 60;
const crypto = webcrypto as any;

/** A private key (PEM). */
export async function newKey(): Promise<string> {
  const { privateKey } = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')}\n`;
}

/** What somebody who holds the key (PEM) has to have signed in order to be the agent of a member: PEM. */
export async function signingRequest(cluster: string, key: string): Promise<string> {
  const own = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  const open = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const keys = {
    privateKey: await crypto.subtle.importKey('pkcs8', own, KEY, true, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', open, KEY, true, ['verify']),
  };
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: [{ O: [AGENTS] }, { CN: [agentUser(cluster)] }],
      keys,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    },
    crypto,
  );
  return `${request.toString('pem')}\n`;
}

export function requestKey(name: string): ObjectKey {
  return { apiVersion: API, kind: 'CertificateSigningRequest', namespace: '', name };
}

/** Asks Karmada for it, in the form that its own approver knows. */
export function requesting(name: string, labels: { readonly [key: string]: string }, request: string): ApiRequest {
  const { apiVersion, kind } = requestKey(name);
  return {
    method: 'POST',
    path: `/apis/${API}/${resourceOf(kind).plural}`,
    query: { fieldManager: JOIN_MANAGER, fieldValidation: 'Strict' },
    body: {
      apiVersion,
      kind,
      metadata: { name, labels },
      spec: {
        request: Buffer.from(request).toString('base64'),
        signerName: SIGNER,
        expirationSeconds: YEAR_S,
        usages: ['digital signature', 'client auth'],
      },
    },
  };
}

/** What has become of it. */
export interface SigningAnswer {
  /** PEM. */
  readonly certificate?: string;
  /** Why there will be none. */
  readonly against?: string;
  readonly approved: boolean;
}

export function answerTo(live: any): SigningAnswer {
  const { certificate, conditions = [] } = live?.status ?? {};
  const against = conditions.find(({ type }: any) => type === 'Denied' || type === 'Failed');
  return {
    certificate: certificate ? Buffer.from(certificate, 'base64').toString('utf8') : undefined,
    against: against && printable(String(against.reason ?? against.type)),
    approved: conditions.some(({ type }: any) => type === 'Approved'),
  };
}
