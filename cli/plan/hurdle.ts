import type { Answer } from './answer';

/** What keeps a server from answering as it should, and may go away by itself: the same request is sent again. */
export type Hurdle =
  /** It has too much to do, or its store has. */
  | 'busy'
  /** A webhook that it has to ask does not answer. */
  | 'webhook'
  /** A webhook shows a certificate that the server does not trust: that seldom mends itself. */
  | 'webhook-certificate'
  /** It failed in a way of which nothing is known. */
  | 'fault'
  /** No answer came at all, or half of one. */
  | 'network';

const BUSY = new Set([408, 429, 502, 503, 504]);

/** Mistakes of the user that server-side apply reports as status 500, without a reason. */
const DISGUISED =
  /^failed to (create typed (patch|live) object|convert new object)|etcdserver: request is too large|convert CR (to|from) an invalid group\/version/;
const WEBHOOK = /failed calling webhook|failed to call webhook|conversion webhook for .* failed/;
const STORE = /etcdserver: |leader changed|timed out|context deadline exceeded/;

/** The hurdle that an answer tells of; undefined when the same request would be answered the same again. */
export function hurdleOf({ status, body }: Answer): Hurdle | undefined {
  if (BUSY.has(status)) return 'busy';
  if (status !== 500) return undefined;
  // a proxy or a full server answers in plain text
  const message = String(body?.message ?? (typeof body === 'string' ? body : ''));
  if (DISGUISED.test(message)) return undefined;
  if (WEBHOOK.test(message)) return /x509|certificate/.test(message) ? 'webhook-certificate' : 'webhook';
  return body?.reason === 'ServerTimeout' || STORE.test(message) ? 'busy' : 'fault';
}
