import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file or folder of the material that lies beside the checkout (or where CDK8S_KARMADA_SHARED points) and is no part of
 * the project, such as Karmada's own CRDs. Nothing when it is not there: such a test is then skipped, and counted so.
 */
export function shared(path: string): string | undefined {
  const root = process.env.CDK8S_KARMADA_SHARED || join(__dirname, '..', '..', 'shared');
  const found = join(root, path);
  return existsSync(found) ? found : undefined;
}
