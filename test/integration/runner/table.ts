import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** What is different here than in a cluster. */
export interface Row {
  readonly what: 'mount path' | 'name' | 'port' | 'user id';
  readonly synthesized: string;
  readonly here: string;
}

/** Where a name of the cluster leads: an address of this machine, and the ports behind it. */
interface Place {
  readonly address: string;
  readonly ports: ReadonlyMap<number, number>;
}

/**
 * Everything that is different here than in a cluster, in one place: mount paths, names, ports and user ids. What is not in
 * it reaches a process as it was synthesized.
 */
export class Table {
  readonly rows: Row[] = [];
  private readonly mounts = new Map<string, string[]>();
  private readonly ports = new Map<string, ReadonlyMap<number, number>>();
  private readonly places = new Map<string, Place>();

  /** The table for the pods of these workloads, whose Services are among the objects. */
  static async of(workloads: readonly any[], objects: readonly any[], folder: string): Promise<Table> {
    const table = new Table(folder);
    for (const workload of workloads) await table.add(workload, objects);
    return table;
  }

  private constructor(private readonly folder: string) {}

  /** The folder that stands for the file system of a pod. */
  root(pod: string): string {
    return join(this.folder, pod);
  }

  /** The port of this machine that stands for a port of a pod. */
  portOf(pod: string, port: number): number {
    const found = this.ports.get(pod)?.get(port);
    if (found === undefined) throw new Error(`pod ${pod} has no port ${port}`);
    return found;
  }

  /** A text of a pod - an argument, or a file of a ConfigMap - as it is here. */
  inPod(pod: string, text: string): string {
    const ports = this.ports.get(pod);
    const own = (port: string) => ports?.get(Number(port)) ?? port;
    const moved = this.named(text)
      .replace(/(\b0\.0\.0\.0:)(\d+)/g, (_, before, port) => `${before}${own(port)}`)
      .replace(/^(--[a-z-]*port=)(\d+)$/, (_, flag, port) => `${flag}${own(port)}`);
    const mounts = this.mounts.get(pod) ?? [];
    if (!mounts.length) return moved;
    const paths = new RegExp(`(^|[=,\\s"'])(${alternatives(mounts)})(?=$|[/,\\s"'])`, 'gm');
    return moved.replace(paths, (_, before, path) => `${before}${this.root(pod)}${path}`);
  }

  /** A text with the names of the cluster, and the ports behind them, as they are here. */
  named(text: string): string {
    if (!this.places.size) return text;
    const names = new RegExp(`(?<![\\w.-])(${alternatives([...this.places.keys()])})(?::(\\d+))?(?![\\w.-])`, 'g');
    return text.replace(names, (_, name, port) => {
      const { address, ports } = this.places.get(name) as Place;
      return port === undefined ? address : `${address}:${ports.get(Number(port)) ?? port}`;
    });
  }

  /** One line for each row. */
  toString(): string {
    const sorted = [...this.rows].sort((a, b) => (a.what < b.what ? -1 : 1));
    return sorted.map(({ what, synthesized, here }) => `${what.padEnd(10)}  ${synthesized} -> ${here}`).join('\n');
  }

  /** One port of this machine for each Service in front of a workload that something else stands for. */
  async addStandIn(workload: any, objects: readonly any[]): Promise<void> {
    const services = servicesOf(workload, objects);
    const [free] = await freePorts(1);
    for (const service of services) {
      const ports = new Map<number, number>(service.spec.ports.map(({ port }: any) => [port, free]));
      this.place(service.metadata, { address: '127.0.0.1', ports });
      this.rowOfPorts(service.metadata.name, ports);
    }
  }

  private async add(workload: any, objects: readonly any[]): Promise<void> {
    const { containers, securityContext } = workload.spec.template.spec;
    const [container] = containers;
    const { namespace } = workload.metadata;
    for (const [index, pod] of podNames(workload).entries()) {
      const address = `127.0.0.${(index % 3) + 1}`;
      const wanted: number[] = container.ports.map(({ containerPort }: any) => containerPort);
      const free = await freePorts(wanted.length);
      const ports = new Map(wanted.map((port, i) => [port, free[i]]));
      const mounts: string[] = container.volumeMounts.map(({ mountPath }: any) => mountPath);
      this.ports.set(pod, ports);
      this.mounts.set(pod, mounts);
      this.rowOfPorts(pod, ports);
      this.row('mount path', `${pod}: ${mounts.join(' ')}`, `below ${this.root(pod)}`);
      this.row('user id', `${pod}: ${securityContext.runAsUser}`, `${userInfo().uid}`);
      const { serviceName } = workload.spec;
      if (serviceName) this.place({ name: `${pod}.${serviceName}`, namespace }, { address, ports });
      // a Service leads to the first pod
      for (const service of index === 0 ? servicesOf(workload, objects) : []) {
        const targets = service.spec.ports.map(({ port, targetPort }: any) => {
          const { containerPort } = container.ports.find((one: any) => one.name === targetPort);
          return [port, ports.get(containerPort)];
        });
        this.place(service.metadata, { address, ports: new Map(targets) });
      }
    }
  }

  /** Under its whole name, and under the one that does for webhooks. */
  private place({ name, namespace }: any, place: Place): void {
    const short = `${name}.${namespace}.svc`;
    for (const one of [short, `${short}.cluster.local`]) this.places.set(one, place);
    this.row('name', `${short}.cluster.local`, place.address);
  }

  private rowOfPorts(of: string, ports: ReadonlyMap<number, number>): void {
    this.row('port', `${of}: ${[...ports.keys()].join(' ')}`, [...ports.values()].join(' '));
  }

  private row(what: Row['what'], synthesized: string, here: string): void {
    this.rows.push({ what, synthesized, here });
  }
}

/** Names of the pods of a workload. */
export function podNames({ kind, metadata, spec }: any): string[] {
  const infix = kind === 'Deployment' ? '-pod' : '';
  return Array.from({ length: spec.replicas }, (_, index) => `${metadata.name}${infix}-${index}`);
}

function servicesOf(workload: any, objects: readonly any[]): any[] {
  const { labels } = workload.spec.template.metadata;
  return objects.filter(
    ({ kind, spec }) =>
      kind === 'Service' &&
      spec.selector &&
      Object.entries(spec.selector).every(([key, value]) => labels[key] === value),
  );
}

function alternatives(texts: readonly string[]): string {
  const longestFirst = [...texts].sort((a, b) => b.length - a.length);
  return longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}

/** So many ports of this machine that nobody listens on. */
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
