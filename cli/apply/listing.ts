import { answerText, classify } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiServer } from './api-server';
import type { Patience } from './attempt';
import { readPages } from './pages';

/** A kind of a group, and of which namespace its objects are; of all when it is left out. */
export interface ListedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespace?: string;
  /** `Accept` header, such as one for metadata alone. @default - the whole objects */
  readonly accept?: string;
}

/**
 * All objects of a kind, read in pages that show one moment. Undefined when the server does not serve the kind; any other
 * refusal is thrown, since a list that is not whole is worse than none.
 */
export async function listAll(server: ApiServer, kind: ListedKind, patience: Patience): Promise<any[] | undefined> {
  const inside = kind.namespace === undefined ? '' : `namespaces/${encodeURIComponent(kind.namespace)}/`;
  const root = kind.apiVersion.includes('/') ? 'apis' : 'api';
  const path = `/${root}/${kind.apiVersion}/${inside}${kind.plural}`;
  const pages = await readPages(server, { path, accept: kind.accept }, patience);
  if ('items' in pages) return pages.items;
  if (pages.refused.status === 404 && pages.first) return undefined;
  throw refused(server, kind, path, pages.refused);
}

function refused(server: ApiServer, { kind, apiVersion, plural }: ListedKind, path: string, answer: any): CommandError {
  const denied = classify(answer) === 'forbidden';
  const words = answerText({ apiVersion, kind, namespace: '', name: '' }, answer);
  const who = server.plane === 'host' ? 'the host' : 'Karmada';
  const check = `check that this is the API server of a ${server.plane === 'host' ? 'Kubernetes cluster' : 'Karmada'}`;
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.USAGE, [
    {
      what: denied
        ? `${who} does not let these credentials list ${plural}: ${words}`
        : `${who} does not list ${plural}: ${words}`,
      at: `${server.url}${path}`,
      fix: denied ? `use credentials that may list ${plural}` : check,
    },
  ]);
}
