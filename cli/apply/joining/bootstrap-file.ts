import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import { isBootstrapToken } from '../../plan/joining/bootstrap-token';
import { type Access, accessOf, parseKubeconfig } from '../kubeconfig';

const OPTION = '--bootstrap-kubeconfig';

/** What a file says that `member token` has written: where Karmada is, and the token. Throws without a word of its content. */
export function readBootstrap(file: string, cwd: string): Access {
  const kubeconfig = parseKubeconfig(read(resolve(cwd, file), file), file);
  const access = accessOf(kubeconfig, { by: OPTION, flag: OPTION });
  const { cluster, user } = access;
  const found: Trouble[] = [];
  const at = file;
  if (!isBootstrapToken(user.token)) {
    found.push({
      what: 'its user has no bootstrap token',
      at,
      fix: 'ask for a file that `cdk8s-karmada member token` wrote; who has rights on Karmada joins without one, with --mode pull and --karmada-kubeconfig',
    });
  }
  if (!/^https:\/\/[^/]/.test(cluster.server)) {
    found.push({ what: `"${cluster.server}" is no https URL`, at, fix: 'ask for a file with the URL of Karmada' });
  }
  const lax = ['insecure-skip-tls-verify', 'tls-server-name'].filter((field) => cluster[field]);
  if (lax.length) {
    found.push({
      what: `${lax.join(', ')}: an agent verifies Karmada by its authority, and by the name in the URL`,
      at,
      fix: 'ask for a file with a URL whose host is in the certificate of Karmada: `member token --karmada-endpoint`',
    });
  }
  if (found.length) throw new CommandError(ExitCode.USAGE, found);
  return access;
}

function read(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error: any) {
    const what = `"${file}" cannot be read: ${error.code === 'ENOENT' ? 'it does not exist' : error.code}`;
    throw new CommandError(ExitCode.USAGE, [
      { what, at: OPTION, fix: 'give the path of the file that `cdk8s-karmada member token` wrote' },
    ]);
  }
}
