import type { ControlPlane } from './control-plane';
import type { Flags } from './deployment';

/** The feature gates of the instance, as a flag: every component that reads them gets all of them, so that none disagree. */
export function featureGates({ featureGates: gates }: ControlPlane): Flags {
  const pairs = Object.entries(gates).map(([gate, on]) => `${gate}=${on}`);
  return pairs.length > 0 ? { 'feature-gates': pairs.sort().join(',') } : {};
}
