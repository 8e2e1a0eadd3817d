import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** A pod as a process of this machine: its files lie in a folder, its addresses are ports of 127.0.0.1. */
export interface LocalPod {
  /** What it printed so far, the end of it. */
  output(): string;
  stop(): Promise<void>;
}

export interface LocalPodOptions {
  /** The workload that the pod is one of. */
  readonly workload: any;
  /** Name of the pod. */
  readonly name: string;
  /** Folder with the binary. */
  readonly binaries: string;
  /** Folder for the files of the pod. */
  readonly folder: string;
  /** Secrets and ConfigMaps of the namespace. */
  readonly objects: readonly any[];
  /** What is different here than in a cluster: addresses. It is done to each argument and each ConfigMap. */
  readonly rewrite: (text: string) => string;
  /** Arguments that a cluster would not need. */
  readonly more?: readonly string[];
}

/**
 * Starts the container of a workload with exactly its arguments, but for paths and addresses. It ends when this process
 * does, however that happens: a shell waits for the pipe that is its standard input. It ends at once: what it holds is thrown
 * away.
 */
export function startLocalPod(options: LocalPodOptions): LocalPod {
  const { workload, name, binaries, folder, rewrite } = options;
  const [container] = workload.spec.template.spec.containers;
  const root = join(folder, name);
  const moved = (text: string) =>
    rewrite(text.replaceAll('$(POD_NAME)', name)).replace(/(^|=|")(\/(etc|var)\/)/g, `$1${root}$2`);
  writeFiles(options, root, (text) => rewrite(text).replaceAll('/etc/karmada/', `${root}/etc/karmada/`));
  const binary = join(binaries, container.command[0].split('/').pop());
  const child = spawn(
    'sh',
    [
      '-c',
      '"$0" "$@" </dev/null & child=$!; cat >/dev/null; kill -9 $child; wait $child',
      binary,
      ...container.args.map(moved),
      ...(options.more ?? []),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      tail = (tail + chunk).slice(-2000);
    });
  }
  return { output: () => tail, stop: () => ended(child) };
}

function writeFiles({ workload, objects }: LocalPodOptions, root: string, rewrite: (text: string) => string): void {
  const { spec } = workload.spec.template;
  for (const { name, mountPath } of spec.containers[0].volumeMounts) {
    const folder = join(root, mountPath);
    mkdirSync(folder, { recursive: true });
    const volume = spec.volumes.find((one: any) => one.name === name);
    for (const [file, content] of Object.entries(contents(volume, objects))) {
      writeFileSync(join(folder, file), rewrite(content), { mode: 0o600 });
    }
  }
}

function contents(volume: any, objects: readonly any[]): { [file: string]: string } {
  const named = (kind: string, name: string) => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind}/${name}`);
    return found;
  };
  if (volume?.configMap) return named('ConfigMap', volume.configMap.name).data;
  if (!volume?.secret) return {};
  const { data } = named('Secret', volume.secret.secretName);
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value as string, 'base64').toString()]),
  );
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.end();
  });
}

/** So many ports of 127.0.0.1 that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Tries until it does not throw; the last error, with the pods' output, when that takes too long. */
export async function eventually<T>(what: string, pods: readonly LocalPod[], attempt: () => T): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`${what}: ${(error as Error).message}\n${pods.map((pod) => pod.output()).join('\n---\n')}`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Writes a file and the folders around it. */
export function writeInto(file: string, content: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}
