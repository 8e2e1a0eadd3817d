import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { BOUNDS } from './archive';

/** SHA-256 of something, in hexadecimal. */
export function sha256Of(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The folder that a user's programs keep copies in, as the XDG Base Directory Specification says; none without a home. */
export function cacheFolder(env: { readonly [name: string]: string | undefined }): string | undefined {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = env;
  if (isAbsolute(cache)) return join(cache, 'cdk8s-karmada');
  return isAbsolute(home) ? join(home, '.cache', 'cdk8s-karmada') : undefined;
}

/** Archives that were fetched before, by their hash. Whoever reads one gets what the hash is of, or nothing. */
export class CrdCache {
  constructor(private readonly folder: string | undefined) {}

  /** What was kept; `changed` when it is no longer what it was. */
  read(sha256: string): Buffer | 'changed' | undefined {
    const path = this.path(sha256);
    if (path === undefined) return undefined;
    try {
      if (statSync(path).size > BOUNDS.packed) return 'changed';
      const data = readFileSync(path);
      return sha256Of(data) === sha256 ? data : 'changed';
    } catch {
      return undefined;
    }
  }

  /** Keeps it for the next time; says whether that was possible. Two runs may do so at once. */
  keep(sha256: string, data: Buffer): boolean {
    const path = this.path(sha256);
    if (path === undefined) return false;
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
      writeFileSync(draft, data, { mode: 0o600, flag: 'wx' });
    } catch {
      return false;
    }
    try {
      renameSync(draft, path);
      return true;
    } catch {
      rmSync(draft);
      return false;
    }
  }

  private path(sha256: string): string | undefined {
    return this.folder === undefined ? undefined : join(this.folder, 'crds', `${sha256}.tar.gz`);
  }
}
