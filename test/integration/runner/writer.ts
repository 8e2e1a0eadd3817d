import { type Answer, ask, type Identity } from './door';

/** Writes one object after the other, each over a connection of its own, until it is told to stop. */
export class Writer {
  /** What the server said that it has. */
  readonly acknowledged: string[] = [];
  /** What it did not take, and why; a retry is an attempt of its own. */
  readonly failed: { readonly name: string; readonly why: string }[] = [];
  /** The longest time between two writes that were taken, in milliseconds. */
  longestGap = 0;
  private stopped = false;
  private readonly running: Promise<void>;
  private last = Date.now();

  constructor(
    private readonly url: string,
    private readonly identity: () => Identity,
    private readonly prefix: string,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** Names that the server took and does not have. */
  async lost(): Promise<string[]> {
    const { body } = await ask(this.url, this.identity(), { path: PATH });
    const names = new Set(body.items.map(({ metadata }: any) => metadata.name));
    return this.acknowledged.filter((name) => !names.has(name));
  }

  private async run(): Promise<void> {
    for (let n = 0; !this.stopped; ) {
      const name = `${this.prefix}-${n}`;
      const answer = await ask(this.url, this.identity(), {
        path: PATH,
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
      });
      // after an answer that was lost the object may be there already
      if (answer.status === 201 || answer.status === 409) {
        this.acknowledged.push(name);
        this.longestGap = Math.max(this.longestGap, Date.now() - this.last);
        this.last = Date.now();
        n++;
      } else {
        this.failed.push({ name, why: reasonOf(answer) });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

const PATH = '/api/v1/namespaces/default/configmaps';

function reasonOf({ refused, status, body }: Answer): string {
  return refused ?? `${status} ${body?.message ?? body}`;
}
