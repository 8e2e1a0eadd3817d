import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startApiServer } from './testbed';

const serve = join(__dirname, '..', '..', 'tools', 'testbed', 'serve.mjs');

test('a server answers, stores what it is given, and leaves nothing behind when it stops', async () => {
  const server = await startApiServer();
  try {
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { k: 'v' } };
    server.kubectl(['apply', '-f', '-'], JSON.stringify(map));
    expect(server.kubectl(['get', 'configmap', 'a', '-o', 'jsonpath={.data.k}'])).toBe('v');
  } finally {
    await server.stop();
  }
  expect(existsSync(server.folder)).toBe(false);
});

test('a server whose starter is killed stops by itself', async () => {
  // a process that starts the server and is then killed without a chance to clean up
  const starter = spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, [${JSON.stringify(serve)}], { stdio: ['pipe', 'inherit', 'ignore'] })`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = await once(createInterface({ input: starter.stdout }), 'line');
  const { folder } = JSON.parse(line);
  expect(existsSync(folder)).toBe(true);
  starter.kill('SIGKILL');
  const deadline = Date.now() + 20_000;
  while (existsSync(folder) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(existsSync(folder)).toBe(false);
  expect(running(folder)).toEqual([]);
});

/** Command lines of processes that still use the folder. */
function running(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
}
