import type { DesiredObject } from '../plan/chart-input';
import type { Plane } from '../plan/plan';
import { pause } from './attempt';
import { Discovery, type Resource } from './discovery';
import type { Preparation } from './preparation';

/** How long a kind may take from being defined to being served. */
export const SERVED_MS = 30_000;
const LOOK_MS = 500;

/** Kinds that come into being during a run: a server serves them a moment after it has accepted their definition. */
export class ServedKinds {
  private readonly discoveries = new Map<Plane, Discovery>();

  constructor(private readonly preparation: Preparation) {}

  /** Waits until all versions that the definitions serve are discovered; in vain at most for `SERVED_MS`. */
  async waitFor(definitions: readonly DesiredObject[]): Promise<void> {
    await this.until(async () => {
      for (const { plane, manifest } of definitions) {
        const { group, names, versions } = manifest.spec;
        const served = versions.filter((version: any) => version.served).map(({ name }: any) => `${group}/${name}`);
        const known = (discovery?: Discovery) =>
          discovery && served.every((apiVersion: string) => discovery.find(apiVersion, names.kind));
        if (!known(this.discoveries.get(plane)) && !known(await this.read(plane))) return undefined;
      }
      return true;
    }, SERVED_MS);
  }

  /** How an object of a kind that nothing served before is addressed; `once`: without waiting. */
  find({ plane, key }: DesiredObject, once: boolean): Promise<Resource | undefined> {
    const found = (discovery?: Discovery) => discovery?.find(key.apiVersion, key.kind);
    const look = async () => found(this.discoveries.get(plane)) ?? found(await this.read(plane));
    return this.until(look, once ? 0 : SERVED_MS);
  }

  private async until<T>(look: () => Promise<T | undefined>, timeoutMs: number): Promise<T | undefined> {
    const { options, patience } = this.preparation;
    const end = options.now() + timeoutMs;
    for (;;) {
      const seen = await look();
      if (seen !== undefined || options.now() >= end || patience.signal?.aborted) return seen;
      await pause(LOOK_MS, patience.signal);
    }
  }

  private async read(plane: Plane): Promise<Discovery | undefined> {
    const server = this.preparation.surveys.get(plane)?.server;
    if (!server) return undefined;
    const discovery = await Discovery.read(server, this.preparation.patience);
    this.discoveries.set(plane, discovery);
    return discovery;
  }
}
