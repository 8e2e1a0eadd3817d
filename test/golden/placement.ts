import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** One decision that a real Karmada made. */
export interface RecordedOutcome {
  readonly uids: { readonly [resource: string]: string }[];
  readonly bindings: any[];
  readonly works: { readonly [cluster: string]: { readonly manifest: any; readonly suspend: boolean }[] };
}

/** Objects, the fleet that they ran on, and what Karmada decided. */
export interface PlacementCase {
  readonly name: string;
  readonly fleet: string;
  readonly objects: any[];
  readonly stored: any[];
  readonly outcomes: RecordedOutcome[];
  readonly rescaleTo?: number;
  readonly afterRescale?: RecordedOutcome[];
}

/** Everything in the file. */
export interface PlacementVectors {
  readonly karmada: string;
  readonly fleets: { readonly name: string; readonly clusters: any[] }[];
  readonly cases: PlacementCase[];
}

/**
 * What a real Karmada v1.18.2 decided in 300 cases, 57 of them scaled afterwards. Recorded with the scheduler's flag
 * `--enable-empty-workload-propagation=true`, feature gates at their defaults and no estimator.
 */
export function placementVectors(): PlacementVectors {
  const file = join(__dirname, 'placement-v1.18.2.json.br');
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8'));
}
