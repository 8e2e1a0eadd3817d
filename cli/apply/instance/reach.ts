import { CommandError } from '../../plan/command-error';
import { type ApiServer, Unreachable } from '../api-server';

/** A server that answers, or in a few words why none does. */
export type Reached = { readonly server: ApiServer } | { readonly silent: string };

/** How long it is waited for an answer of a server that may be gone. */
export const REACH_MS = 5000;

/** Opens a server and asks it whether it is ready; what is gone is told soon, and in one line. */
export async function reach(open: () => Promise<ApiServer | undefined>, timeoutMs = REACH_MS): Promise<Reached> {
  let server: ApiServer | undefined;
  try {
    server = await inTime(open(), timeoutMs);
    if (!server) return { silent: 'its admin kubeconfig is not on the host' };
    const { status } = await inTime(server.request({ method: 'GET', path: '/readyz', timeoutMs }), timeoutMs);
    // who may not ask is answered all the same
    if (status === 200 || status === 401 || status === 403) return { server };
    return { silent: `it answers ${status} at ${server.url}/readyz` };
  } catch (error) {
    if (error instanceof CommandError) return { silent: error.troubles[0].what };
    if (error instanceof Unreachable) return { silent: error.message.split('\n')[0] };
    throw error;
  }
}

/** A name that is looked up, or a plugin that asks a person, would take longer than any request. */
async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `no answer came in ${Math.round(timeoutMs / 1000)} s`;
    timer = setTimeout(() => reject(new Unreachable(message)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
