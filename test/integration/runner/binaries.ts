import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Will the testbed have the binary? It is known before any test begins, so that what needs it can be left out and counted. */
export function hasBinary(name: string): boolean {
  const module = join(__dirname, '..', '..', '..', 'tools', 'testbed', 'binaries.mjs');
  const script = `import { availability } from ${JSON.stringify(module)}; console.log(JSON.stringify(availability()))`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const { how, folder } = JSON.parse(said);
  return how === 'go' || (folder !== undefined && existsSync(join(folder, name)));
}
