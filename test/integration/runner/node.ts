import type { PlainClient } from '../plain-client';
import { pause } from './eventually';
import { LocalPod } from './pod';
import { podNames, type Table } from './table';
import { SourceMissing } from './volume';

export interface LocalNodeOptions {
  /** The API server that the workloads are on. */
  readonly host: PlainClient;
  readonly namespace: string;
  /** Those that can run here, by name. */
  readonly names: readonly string[];
  readonly binaries: string;
  readonly table: Table;
}

/** Between two looks at the host. */
const LOOK_MS = 150;

/**
 * What a cluster does with a StatefulSet or a Deployment, as far as an instance needs it: its pods run as processes of
 * this machine, their volumes follow the Secrets and ConfigMaps, and its status says how many are ready.
 */
export class LocalNode {
  readonly pods = new Map<string, LocalPod>();
  /** When the first process was started, and when each pod was first ready; milliseconds since 1970. */
  firstStart?: number;
  readonly readyAt = new Map<string, number>();
  /** Pods that were made anew because their template changed, in order. */
  readonly rolled: string[] = [];
  private readonly held = new Set<string>();
  private readonly told = new Map<string, string>();
  /** The template that each pod is of, as JSON. */
  private readonly templates = new Map<string, string>();
  private stopped = false;
  private running?: Promise<void>;

  constructor(private readonly options: LocalNodeOptions) {}

  start(): void {
    this.running = this.run();
    this.running.catch(() => undefined); // told by whoever stops it
  }

  pod(name: string): LocalPod {
    const found = this.pods.get(name);
    if (!found) throw new Error(`there is no pod ${name}: ${[...this.pods.keys()].join(', ')}`);
    return found;
  }

  /** Kills a pod and keeps it down until it is let go. */
  async hold(name: string): Promise<void> {
    this.held.add(name);
    await this.pod(name).kill();
  }

  release(name: string): void {
    this.held.delete(name);
  }

  /** Waits until all pods that are there are ready. */
  async settled(timeoutMs = 60_000): Promise<void> {
    const lacking = () => [...this.pods.values()].filter((pod) => !pod.ready && !this.held.has(pod.name));
    for (const deadline = Date.now() + timeoutMs; lacking().length; await pause(LOOK_MS)) {
      if (Date.now() > deadline)
        throw new Error(
          lacking()
            .map((pod) => `${pod.name}: ${pod.output}`)
            .join('\n---\n'),
        );
    }
  }

  /** The end of what each pod printed. */
  get output(): string {
    return [...this.pods.values()].map(({ name, output }) => `--- ${name}\n${output}`).join('\n');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    try {
      await this.running;
    } finally {
      await Promise.all([...this.pods.values()].reverse().map((pod) => pod.kill()));
    }
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const [secrets, configMaps, statefulSets, deployments] = await Promise.all([
        this.list('/api/v1', 'secrets', 'Secret'),
        this.list('/api/v1', 'configmaps', 'ConfigMap'),
        this.list('/apis/apps/v1', 'statefulsets', 'StatefulSet'),
        this.list('/apis/apps/v1', 'deployments', 'Deployment'),
      ]);
      for (const workload of [...statefulSets, ...deployments]) {
        if (this.options.names.includes(workload.metadata.name)) {
          await this.keep(workload, [...secrets, ...configMaps]);
        }
      }
      await pause(LOOK_MS);
    }
  }

  private async keep(workload: any, objects: readonly any[]): Promise<void> {
    const names = podNames(workload);
    for (const name of names) this.keepPod(name, workload, objects);
    const pods = names.map((name) => this.pod(name));
    await Promise.all(pods.map((pod) => pod.probe()));
    for (const pod of pods) if (pod.ready && !this.readyAt.has(pod.name)) this.readyAt.set(pod.name, Date.now());
    // one at a time, and only when all others are ready
    const template = JSON.stringify(workload.spec.template);
    const isOld = ({ name }: LocalPod) => this.templates.get(name) !== template;
    const [old, ...older] = pods.filter(isOld);
    if (old && pods.every((pod) => pod === old || pod.ready)) {
      await old.end();
      this.pods.delete(old.name);
      this.rolled.push(old.name);
    }
    const outdated = old ? 1 + older.length : 0;
    await this.tell(workload, pods.filter(({ ready }) => ready).length, pods.length - outdated);
  }

  private keepPod(name: string, workload: any, objects: readonly any[]): void {
    let pod = this.pods.get(name);
    if (!pod) {
      const { binaries, table } = this.options;
      pod = new LocalPod({ workload, name, binaries, table });
      this.pods.set(name, pod);
      this.templates.set(name, JSON.stringify(workload.spec.template));
    }
    try {
      pod.mount(objects);
    } catch (error) {
      if (error instanceof SourceMissing) return; // as kubelet: the pod waits for it
      throw error;
    }
    if (pod.isRunning || this.held.has(name)) return;
    if (pod.output) pod.restarts++;
    this.firstStart ??= Date.now();
    pod.start();
  }

  /** What the controllers of a cluster say of a workload. */
  private async tell({ kind, metadata, spec }: any, ready: number, updated: number): Promise<void> {
    const { replicas } = spec;
    const status = {
      observedGeneration: metadata.generation,
      replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: updated,
    };
    const said = JSON.stringify(status);
    if (this.told.get(metadata.name) === said) return;
    const { host, namespace } = this.options;
    const { status: code, body } = await host.request({
      method: 'PATCH',
      path: `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${metadata.name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status },
    });
    if (code !== 200) throw new Error(`status of ${kind}/${metadata.name}: ${JSON.stringify(body)}`);
    this.told.set(metadata.name, said);
  }

  private async list(group: string, plural: string, kind: string): Promise<any[]> {
    const path = `${group}/namespaces/${this.options.namespace}/${plural}`;
    const { status, body } = await this.options.host.request({ method: 'GET', path });
    if (status !== 200) throw new Error(`GET ${path}: ${JSON.stringify(body)}`);
    return body.items.map((item: any) => ({ kind, ...item }));
  }
}
