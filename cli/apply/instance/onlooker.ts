import type { ObjectKey } from '../../../src/core/object-key';
import { answerText, classify } from '../../plan/answer';
import type { Seen } from '../../plan/instance/doctor/check';
import { type Clock, clockOf } from '../../plan/instance/doctor/clock';
import type { ApiRequest, ApiResponse, ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import { readPages } from '../pages';

/** A doctor does not wait: what does not answer by then is a finding. */
const LONGEST_MS = 10_000;
const PATIENCE: Patience = {
  attempts: 2,
  longestMs: { busy: 3000, webhook: 0, 'webhook-certificate': 0, fault: 1000, network: 3000 },
};

const NO_KEY: ObjectKey = { apiVersion: '', kind: '', namespace: '', name: '' };

/** A server that is asked for what it shows; that it does not answer is something to tell, not the end. */
export class Onlooker {
  readonly patience: Patience;

  constructor(
    readonly server: ApiServer,
    private readonly now: () => number,
    signal?: AbortSignal,
  ) {
    this.patience = { ...PATIENCE, signal };
  }

  /** Any question, with the end that all questions of a doctor have. */
  ask(request: ApiRequest): Promise<ApiResponse> {
    return attempt(this.bounded(), request, this.patience);
  }

  /** The server, whose every answer comes in time or not at all. */
  bounded(): ApiServer {
    const { server } = this;
    return {
      plane: server.plane,
      url: server.url,
      name: server.name,
      request: (request) => server.request({ timeoutMs: LONGEST_MS, ...request }),
      close: () => server.close(),
    };
  }

  /** The objects of a collection; none where the server does not serve the kind. */
  async list(path: string): Promise<Seen<readonly any[]>> {
    return this.told(`list ${path}`, async () => {
      const pages = await readPages(this.bounded(), { path }, this.patience);
      if ('items' in pages) return { seen: pages.items };
      return pages.refused.status === 404 ? { seen: [] } : this.refused(`list ${path}`, pages.refused);
    });
  }

  /** One object; undefined while it is not there. */
  async get(path: string): Promise<Seen<any>> {
    return this.told(`read ${path}`, async () => {
      const answer = await this.ask({ method: 'GET', path });
      if (answer.status === 200) return { seen: answer.body };
      return answer.status === 404 ? { seen: undefined } : this.refused(`read ${path}`, answer);
    });
  }

  /** How far its clock is from this machine's. */
  async clock(): Promise<Seen<Clock>> {
    return this.told<Clock>('ask for the time', async () => {
      const sent = this.now();
      const { date } = await this.server.request({ method: 'GET', path: '/version', timeoutMs: LONGEST_MS });
      if (date === undefined) return { unseen: `${this.server.plane} does not tell the time: its answer has no Date` };
      return { seen: clockOf(sent, this.now(), date) };
    });
  }

  /** What somebody else finds out by the server, or why that failed. */
  async told<T>(what: string, look: () => Promise<Seen<T>>): Promise<Seen<T>> {
    try {
      return await look();
    } catch (error) {
      if (this.patience.signal?.aborted) throw error;
      const { plane } = this.server;
      const fix = `see whether ${plane} is up and reached: ${this.server.url}`;
      return { unseen: `${plane} could not be asked to ${what}: ${(error as Error).message}`, fix };
    }
  }

  private refused(what: string, answer: ApiResponse): { unseen: string; fix: string } {
    const { plane } = this.server;
    const denied = classify(answer) === 'forbidden' || answer.status === 403;
    const unseen = denied
      ? `these credentials may not ${what} on ${plane}`
      : `${plane} does not ${what}: ${answerText(NO_KEY, answer)}`;
    return { unseen, fix: denied ? `use credentials that may ${what}` : 'look again when it answers' };
  }
}
