import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An API server of the testbed, for as long as a test needs it. */
export interface TestServer {
  readonly url: string;
  /** A kubeconfig file whose only context, `testbed`, may do everything. */
  readonly kubeconfig: string;
  readonly context: string;
  /** Deleted when the server stops; a place for the test's own files. */
  readonly folder: string;
  /** Where an audited server writes down every write, as one JSON event a line. */
  readonly audit: string;
  /** Folder with etcd, kube-apiserver, kubectl. */
  readonly binaries: string;
  /** Runs kubectl against the server and returns what it printed; throws when it fails. */
  kubectl(args: readonly string[], input?: string): string;
  stop(): Promise<void>;
}

/**
 * Starts an API server with its own etcd. It stops by itself when this process ends, however that happens: it watches
 * the pipe that is its standard input.
 *
 * @param options.clientAuthority file with the authority whose client certificates it takes
 */
export async function startApiServer({ audit = false, clientAuthority = '' } = {}): Promise<TestServer> {
  const serve = join(__dirname, '..', '..', 'tools', 'testbed', 'serve.mjs');
  const options = [
    ...(audit ? ['--audit'] : []),
    ...(clientAuthority ? [`--client-authority=${clientAuthority}`] : []),
  ];
  const child = spawn(process.execPath, [serve, ...options], { stdio: ['pipe', 'pipe', 'pipe'] });
  const facts = JSON.parse(await firstLine(child));
  return {
    ...facts,
    kubectl: (args, input) =>
      execFileSync(join(facts.binaries, 'kubectl'), [`--kubeconfig=${facts.kubeconfig}`, ...args], {
        input: input ?? '',
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      }),
    stop: () => stop(child),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the testbed ended with ${code}: ${complaint}`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.end();
  });
}
