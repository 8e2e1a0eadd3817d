import { some } from './prune';

/** Why nothing can be made in a namespace, from what the server answers about it; undefined where nothing says so. */
export function namespaceTrouble(name: string, status: number, live: any): string | undefined {
  if (status === 404) return `namespace ${name} is not there: have a Namespace in the code, or make it first`;
  const since = status === 200 && live?.metadata?.deletionTimestamp;
  if (!since) return undefined;
  const held: string[] = [...(live.metadata.finalizers ?? []), ...(live.spec?.finalizers ?? [])];
  const messages: string[] = (live.status?.conditions ?? [])
    .filter(({ type, status }: any) => /Remaining$|Failure$/.test(type) && status === 'True')
    .map(({ message }: any) => message);
  const why = [...(held.length ? [`finalizers: ${some(held, 5)}`] : []), ...messages];
  return `namespace ${name} is being deleted since ${since}${why.length ? ` (${why.join('; ')})` : ''}: wait until it is gone`;
}
