import { KarmadaVersion } from '../karmada-version';
import { keyOf, keyText } from '../object-key';
import { VERSION } from './keys';

/**
 * The release that the records of charts name; undefined when none does.
 *
 * @throws if it is no release, or one that is no longer supported
 */
export function releaseOf(parents: readonly any[]): KarmadaVersion | undefined {
  for (const parent of parents) {
    const version = parent.metadata?.annotations?.[VERSION];
    if (version === undefined) continue;
    return KarmadaVersion._of(String(version), `metadata.annotations[${VERSION}] of ${keyText(keyOf(parent))}`);
  }
  return undefined;
}
