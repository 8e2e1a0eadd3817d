// Starts a server of the testbed from a script and stops it again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What serve.mjs says about the server, and `stop()`. It also stops when this process ends. */
export async function startApiServer() {
  const serve = fileURLToPath(new URL('serve.mjs', import.meta.url));
  const child = spawn(process.execPath, [serve], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text),
    ended.then(([code]) => {
      throw new Error(`the testbed ended with ${code}`);
    }),
  ]);
  return {
    ...JSON.parse(line),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
