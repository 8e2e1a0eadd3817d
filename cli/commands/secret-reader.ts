import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadSecret } from '../apply/secret-values';
import type { Context } from './context';

/** Reads values of Secrets from the environment and from files of the machine. */
export function secretReader({ env, cwd }: Context): ReadSecret {
  return ({ environment, file }) => {
    if (file === undefined) {
      const value = environment === undefined ? undefined : env[environment];
      return value === undefined ? undefined : Buffer.from(value);
    }
    try {
      return readFileSync(resolve(cwd, file));
    } catch {
      // why it cannot be read is for the message to ask, which names the file
      return undefined;
    }
  };
}
