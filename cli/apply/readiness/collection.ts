import { answerText } from '../../plan/answer';
import { type ApiResponse, type ApiServer, Unreachable } from '../api-server';
import { Interrupted, type Patience, pause } from '../attempt';
import { readPages } from '../pages';

/** A kind of object to follow, as far as it is of interest. */
export interface Followed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: string;
  readonly labelSelector?: string;
}

export interface FollowOptions {
  readonly patience: Patience;
  /** Told after each change. */
  readonly changed: () => void;
  /** A watch that says nothing for so long is taken to be dead. @default 60000 */
  readonly silenceMs?: number;
}

const SILENCE_MS = 60_000;
/** The server ends a watch after about so long; then it goes on where it was. */
const WATCH_SECONDS = '300';
/** Between lists where nothing can be watched, and after a watch that failed. */
const LOOK_MS = 2_000;

/** How a watch ended, and what comes next. */
type End = 'go on' | 'list anew' | 'only lists';

/** The objects of a kind as they are, kept so with one list and one watch. */
export class Collection {
  /** By namespace and name. */
  readonly items = new Map<string, any>();
  /** Why it cannot be read. */
  refused?: ApiResponse;
  private version?: string;
  private readonly stopped = new AbortController();
  private following?: Promise<void>;

  constructor(
    private readonly server: ApiServer,
    private readonly followed: Followed,
    private readonly options: FollowOptions,
  ) {}

  static idOf(namespace: string | undefined, name: string): string {
    return `${namespace ?? ''}/${name}`;
  }

  /** Reads all, and follows from there. */
  async start(): Promise<void> {
    await this.list();
    if (!this.refused) this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.following;
  }

  find(namespace: string | undefined, name: string): any {
    return this.items.get(Collection.idOf(namespace, name));
  }

  /** The server's words when it does not let us read. */
  get refusal(): string | undefined {
    const { apiVersion, kind } = this.followed;
    return this.refused && answerText({ apiVersion, kind, namespace: '', name: '' }, this.refused);
  }

  private async list(): Promise<void> {
    const { path, labelSelector } = this.followed;
    const pages = await readPages(this.server, { path, labelSelector }, this.options.patience);
    if ('refused' in pages) {
      this.refused = pages.refused;
      return;
    }
    this.refused = undefined;
    this.version = pages.version;
    this.items.clear();
    for (const item of pages.items) this.keep(item);
    this.options.changed();
  }

  private keep(item: any): void {
    const { apiVersion, kind } = this.followed;
    this.items.set(Collection.idOf(item.metadata.namespace, item.metadata.name), { apiVersion, kind, ...item });
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        const end = this.version && this.server.watch ? await this.watch() : 'only lists';
        if (end === 'only lists') await pause(LOOK_MS, signal);
        if (end !== 'go on' && !signal.aborted) await this.list();
      } catch (error) {
        if (error instanceof Interrupted) return;
        if (!(error instanceof Unreachable)) throw error;
        await pause(LOOK_MS, signal); // whoever waits has an end to that
      }
    }
  }

  private async watch(): Promise<End> {
    const { path, labelSelector } = this.followed;
    const ended = new AbortController();
    const stop = () => ended.abort();
    this.stopped.signal.addEventListener('abort', stop);
    let end: End = 'go on';
    const dead = () => {
      end = 'list anew';
      ended.abort();
    };
    let silence = setTimeout(dead, this.options.silenceMs ?? SILENCE_MS);
    const began = Date.now();
    try {
      const query = {
        watch: '1',
        allowWatchBookmarks: 'true',
        timeoutSeconds: WATCH_SECONDS,
        resourceVersion: this.version as string,
        ...(labelSelector ? { labelSelector } : {}),
      };
      const line = (event: any) => {
        clearTimeout(silence);
        silence = setTimeout(dead, this.options.silenceMs ?? SILENCE_MS);
        if (!this.take(event)) dead();
      };
      const answer = await this.server.watch?.({ method: 'GET', path, query }, line, ended.signal);
      if (answer && answer.status !== 200) return afterRefusal(answer);
      // a server that ends every watch at once is not asked without a pause
      if (end === 'go on' && Date.now() - began < LOOK_MS) await pause(LOOK_MS, this.stopped.signal);
      return end;
    } finally {
      clearTimeout(silence);
      this.stopped.signal.removeEventListener('abort', stop);
    }
  }

  /** Is it something to go on from? */
  private take({ type, object }: any): boolean {
    if (type === 'ERROR' || !object?.metadata) return false;
    this.version = object.metadata.resourceVersion ?? this.version;
    if (type === 'BOOKMARK') return true;
    if (type === 'DELETED') this.items.delete(Collection.idOf(object.metadata.namespace, object.metadata.name));
    else this.keep(object);
    this.options.changed();
    return true;
  }
}

function afterRefusal({ status }: ApiResponse): End {
  if (status === 403 || status === 404 || status === 405 || status === 501) return 'only lists';
  return status === 410 || status === 401 || status === 400 ? 'list anew' : 'only lists';
}
