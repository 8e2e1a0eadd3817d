import { answerText, classify } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';

const PAGE = '500';
/** Times that a list is begun anew when the server has forgotten where it was. */
const RESTARTS = 3;

/** A kind of a group, and of which namespace its objects are; of all when it is left out. */
export interface ListedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespace?: string;
}

/**
 * All objects of a kind, read in pages that show one moment. Undefined when the server does not serve the kind; any other
 * refusal is thrown, since a list that is not whole is worse than none.
 */
export async function listAll(
  server: ApiServer,
  kind: ListedKind,
  patience: Patience,
  restarts = RESTARTS,
): Promise<any[] | undefined> {
  const inside = kind.namespace === undefined ? '' : `namespaces/${encodeURIComponent(kind.namespace)}/`;
  const root = kind.apiVersion.includes('/') ? 'apis' : 'api';
  const path = `/${root}/${kind.apiVersion}/${inside}${kind.plural}`;
  const items: any[] = [];
  let next: string | undefined;
  do {
    const query = { limit: PAGE, ...(next ? { continue: next } : {}) };
    const response = await attempt(server, { method: 'GET', path, query }, patience);
    if (response.status === 404 && next === undefined) return undefined;
    const forgotten = next !== undefined && (response.status === 410 || response.status === 400);
    if (forgotten && restarts > 0) return listAll(server, kind, patience, restarts - 1);
    if (response.status !== 200 || !Array.isArray(response.body?.items ?? []))
      throw refused(server, kind, path, response);
    items.push(...(response.body?.items ?? []));
    next = response.body?.metadata?.continue;
  } while (next);
  return items;
}

function refused(server: ApiServer, { kind, apiVersion, plural }: ListedKind, path: string, answer: any): CommandError {
  const denied = classify(answer) === 'forbidden';
  const words = answerText({ apiVersion, kind, namespace: '', name: '' }, answer);
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.USAGE, [
    {
      what: denied
        ? `Karmada does not let these credentials list ${plural}: ${words}`
        : `Karmada does not list ${plural}: ${words}`,
      at: `${server.url}${path}`,
      fix: denied ? `use credentials that may list ${plural}` : 'check that this is the API server of a Karmada',
    },
  ]);
}
