import { CommandError, ExitCode } from '../plan/command-error';
import { hurdleOf } from '../plan/hurdle';
import type { ApiRequest, ApiResponse, ApiServer, Plane } from './api-server';
import { attempt, type Patience } from './attempt';
import { type Came, Window } from './window';

/** Requests at a time that a server is ever sent. */
export const LARGEST_WINDOW = 32;

/** The namespace that is in every cluster, and whose UID is the cluster's. */
const IDENTITY: ApiRequest = { method: 'GET', path: '/api/v1/namespaces/kube-system' };

/** A server that is sent as much at a time as it can take. Reads do not wait for writes, which take longer. */
export class PacedServer implements ApiServer {
  readonly plane: Plane;
  readonly url: string;
  readonly name?: string;
  readonly reads: Window;
  readonly writes: Window;
  /** A watch waits for nothing and takes no room. */
  readonly watch?: ApiServer['watch'];

  private known?: string;
  /** A connection was lost: who answers next may be another. */
  private doubted = false;

  private constructor(
    private readonly server: ApiServer,
    largest: number,
  ) {
    this.plane = server.plane;
    this.url = server.url;
    this.name = server.name;
    this.reads = new Window(largest);
    this.writes = new Window(largest);
    this.watch = server.watch?.bind(server);
  }

  /** `largest`: requests at a time at most. */
  static of(server: ApiServer, largest = LARGEST_WINDOW): PacedServer {
    return server instanceof PacedServer ? server : new PacedServer(server, largest);
  }

  async request(request: ApiRequest): Promise<ApiResponse> {
    if (request.method === 'GET') return this.send(this.reads, request);
    if (this.doubted) await this.recognize();
    return this.send(this.writes, request);
  }

  /** UID of the server, once it is known: it stays the same server for the whole run. */
  get identity(): string | undefined {
    return this.known;
  }

  /** Remembers which server this is, as far as these credentials may know. */
  async pin(patience: Patience): Promise<void> {
    const answer = await attempt(this, IDENTITY, patience);
    this.known = answer.status === 200 ? answer.body?.metadata?.uid : undefined;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async send(window: Window, request: ApiRequest): Promise<ApiResponse> {
    try {
      const answer = await window.run(() => this.server.request(request), came);
      if (came(answer) === 'not') window.rest((answer.retryAfter ?? 0) * 1000);
      return answer;
    } catch (error) {
      this.doubted = true;
      throw error;
    }
  }

  private async recognize(): Promise<void> {
    const { status, body } = await this.send(this.reads, IDENTITY);
    if (status !== 200) return;
    if (this.known !== undefined && body.metadata.uid !== this.known) {
      throw new CommandError(ExitCode.STALE, [
        {
          what: `another server answers at ${this.url} than when the run began`,
          at: this.name,
          fix: 'find out which of them is meant, and run apply again',
        },
      ]);
    }
    this.doubted = false;
  }
}

/** A webhook that does not answer says nothing about how busy the server is. */
function came(answer: ApiResponse | undefined): Came {
  return answer && hurdleOf(answer) !== 'busy' ? 'well' : 'not';
}
