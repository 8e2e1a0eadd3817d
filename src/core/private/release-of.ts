import { KarmadaVersion } from '../karmada-version';
import { VERSION } from './keys';

/** The release that the records of charts name; undefined when none does, or one that there are no tables for. */
export function releaseOf(parents: readonly any[]): KarmadaVersion | undefined {
  for (const parent of parents) {
    const version = parent.metadata?.annotations?.[VERSION];
    if (typeof version !== 'string') continue;
    try {
      return KarmadaVersion.of(version);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
