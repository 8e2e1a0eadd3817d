import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiRequest } from '../../cli/apply/api-server';

/** What the transport said to one request. */
export type Said = {
  readonly status: number;
  readonly body: any;
  readonly warnings: readonly string[];
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly exitCode: number;
    readonly passing: boolean;
  };
};

/** Bundles a driver as the command is bundled; returns the file. */
export function bundleDriver(source = 'transport-driver.ts'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'transport-')), 'driver.cjs');
  const root = join(__dirname, '..', '..');
  const options = ['--bundle', '--platform=node', '--target=node20', '--format=cjs', '--log-level=warning'];
  const esbuild = join(root, 'node_modules', 'esbuild', 'bin', 'esbuild');
  execFileSync(esbuild, [join(__dirname, source), ...options, `--outfile=${file}`], { cwd: root });
  return file;
}

/** Sends the requests through the bundled transport. */
export async function send(
  driver: string,
  kubeconfig: string,
  requests: readonly ApiRequest[],
  inFlight = 1,
): Promise<{ readonly said: Said[]; readonly output: string }> {
  const child = spawn(process.execPath, [driver], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(JSON.stringify({ kubeconfig, requests, inFlight }));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the driver ended with ${code}: ${stderr}`);
  const said = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { said, output: stdout + stderr };
}
