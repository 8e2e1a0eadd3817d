import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { basename, join } from 'node:path';
import type { Table } from './table';
import { filesOf, writeVolume } from './volume';

/**
 * A shell between: when its standard input ends, which it does however this process ends, the container is killed. A line
 * on it asks the container to end by itself.
 */
const GUARD = [
  'exec 3<&0',
  '"$0" "$@" </dev/null 3<&- & child=$!',
  '{ read _ && kill -TERM $child && read _; kill -9 $child; } <&3 2>/dev/null & guard=$!',
  'exec 3<&-; wait $child; code=$?; kill $guard; exit $code',
].join('\n');

export interface LocalPodOptions {
  /** The workload that the pod is one of. */
  readonly workload: any;
  readonly name: string;
  /** Folder with the binaries that stand for the images. */
  readonly binaries: string;
  readonly table: Table;
}

/** A pod of one container as a process of this machine. */
export class LocalPod {
  /** Times that it ended by itself. */
  restarts = 0;
  ready = false;
  private child?: ChildProcess;
  private tail = '';

  constructor(private readonly options: LocalPodOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** What it printed so far, the end of it. */
  get output(): string {
    return this.tail;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The arguments as they were synthesized, with the variables that kubelet fills in. */
  get synthesized(): readonly string[] {
    const { command, args } = this.container;
    const variables = this.environment;
    return [...command.slice(1), ...args].map((text: string) => expanded(text, variables));
  }

  /** The arguments as they are here. */
  get here(): readonly string[] {
    const { name, table } = this.options;
    return this.synthesized.map((text) => table.inPod(name, text));
  }

  /** Writes the files of its volumes; says whether any is new. Throws `SourceMissing`. */
  mount(objects: readonly any[]): boolean {
    const { name, table } = this.options;
    const written = this.container.volumeMounts.map(({ name: volumeName, mountPath, subPath }: any) => {
      if (subPath) throw new Error(`${name} mounts ${mountPath} by subPath, which never changes`);
      const volume = this.spec.volumes?.find((one: any) => one.name === volumeName);
      const files = filesOf(volume, this.spec, objects);
      const folder = join(table.root(name), mountPath);
      if (!files) return mkdirSync(folder, { recursive: true }) !== undefined;
      const here = [...files].map(([path, file]) => {
        const isText = volume.configMap !== undefined;
        const content = isText ? Buffer.from(table.inPod(name, file.content.toString())) : file.content;
        return [path, { ...file, content }] as const;
      });
      return writeVolume(folder, new Map(here));
    });
    return written.includes(true);
  }

  start(): void {
    const env = Object.fromEntries(this.environment);
    const binary = join(this.options.binaries, basename(this.container.command[0]));
    const child = spawn('/bin/sh', ['-c', GUARD, binary, ...this.here], { stdio: ['pipe', 'pipe', 'pipe'], env });
    child.stdin?.on('error', () => undefined); // it has ended already
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        this.tail = (this.tail + chunk).slice(-4000);
      });
    }
    this.child = child;
  }

  /** Kills it: it has no chance to say goodbye. */
  kill(): Promise<void> {
    return this.ended((child) => child.stdin?.end());
  }

  /** Asks it to end, as kubelet does first. */
  end(): Promise<void> {
    return this.ended((child) => child.stdin?.write('\n'));
  }

  /** Looks whether it is ready, the way its probe says. */
  async probe(): Promise<boolean> {
    const { httpGet } = this.container.readinessProbe;
    this.ready = this.isRunning && (await answers(httpGet.scheme, this.port(httpGet.port), httpGet.path));
    return this.ready;
  }

  /** The port of this machine that stands for a port of the container. */
  port(name: string): number {
    const { containerPort } = this.container.ports.find((one: any) => one.name === name);
    return this.options.table.portOf(this.name, containerPort);
  }

  private get spec(): any {
    return this.options.workload.spec.template.spec;
  }

  private get container(): any {
    const { containers, initContainers = [] } = this.spec;
    if (containers.length + initContainers.length !== 1) throw new Error(`${this.name} has more than one container`);
    return containers[0];
  }

  private get environment(): ReadonlyMap<string, string> {
    const { name, workload } = this.options;
    const fields: { readonly [path: string]: string } = {
      'metadata.name': name,
      'metadata.namespace': workload.metadata.namespace,
    };
    const variables = (this.container.env ?? []).map(({ name: variable, value, valueFrom }: any) => {
      const found = value ?? fields[valueFrom?.fieldRef?.fieldPath];
      if (found === undefined) throw new Error(`nothing here tells ${variable} of ${name}`);
      return [variable, found];
    });
    return new Map(variables);
  }

  private ended(how: (child: ChildProcess) => void): Promise<void> {
    const { child } = this;
    this.ready = false;
    if (!child || !this.isRunning) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => {
        child.stdin?.destroy();
        resolve();
      });
      how(child);
    });
  }
}

/** `$(NAME)` as kubelet expands it; `$$` is a dollar. */
function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name) => (whole === '$$' ? '$' : (variables.get(name) ?? whole)));
}

function answers(scheme: 'HTTP' | 'HTTPS', port: number, path: string): Promise<boolean> {
  const options = { host: '127.0.0.1', port, path, timeout: 2000, agent: false as const };
  return new Promise((resolve) => {
    // kubelet does not verify who answers
    const probe = scheme === 'HTTPS' ? secureRequest({ ...options, rejectUnauthorized: false }) : request(options);
    probe.on('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 400);
    });
    probe.on('error', () => resolve(false));
    probe.on('timeout', () => probe.destroy());
    probe.end();
  });
}
