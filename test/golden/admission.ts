import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** One object that was sent to a real Karmada, and its answer. */
export interface AdmissionVector {
  readonly object: any;
  readonly admitted: boolean;
  /** HTTP status. */
  readonly code: number;
  /** When admitted. */
  readonly stored?: any;
  /** When refused. */
  readonly message?: string;
  /** The fields that the server named, when it named any. */
  readonly causes?: readonly { readonly field: string; readonly reason: string; readonly message: string }[];
}

/** What the server was run with, beyond its defaults. */
export const ASSUME = ['webhook.feature-gates=AllAlpha=true,AllBeta=true', 'allow-no-execute-taint-policy=true'];

/** What a real Karmada v1.18.2 answered to 2,040 objects; half of them are random mutations of valid ones. */
export function admissionVectors(): readonly AdmissionVector[] {
  const file = join(__dirname, 'admission-v1.18.2.json.br');
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8')).vectors;
}
