import { CORE_SCHEMA, load } from 'js-yaml';
import { writeYaml } from '../../../src/core/private/kubernetes-yaml';
import { CommandError, ExitCode } from '../command-error';

/** One way to a Karmada: what a context, its cluster and its user say. The values of the user are secret. */
export interface KubeconfigEntry {
  /** Name of the context, of the cluster and of the user. */
  readonly name: string;
  readonly cluster: {
    readonly server: string;
    readonly 'certificate-authority-data'?: string;
    readonly 'tls-server-name'?: string;
  };
  readonly user:
    | { readonly 'client-certificate-data': string; readonly 'client-key-data': string }
    | { readonly token: string };
}

/** A kubeconfig with one context. */
export function kubeconfigOf({ name, cluster, user }: KubeconfigEntry): string {
  return writeYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

const LISTS = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

/**
 * A kubeconfig with a context more, or in place of the one that an earlier run put there. All else in it stays, the current
 * context too.
 *
 * @param file as errors name it
 * @throws without a word of its content when it is no kubeconfig, or has something of somebody else under the name
 */
export function withEntry(text: string, entry: KubeconfigEntry, file: string): string {
  const config = parsed(text, file);
  const { name, cluster, user } = entry;
  const old = Object.fromEntries(
    Object.entries(LISTS).map(([list, item]) => [list, find(config[list], name)?.[item]]),
  ) as { readonly [list in keyof typeof LISTS]?: any };
  if (isForeign(old, entry)) throw taken(name, file);
  const { namespace, extensions } = old.contexts ?? {};
  const context = {
    cluster: name,
    user: name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(extensions === undefined ? {} : { extensions }),
  };
  return writeYaml({
    apiVersion: 'v1',
    kind: 'Config',
    ...config,
    clusters: put(config.clusters, { name, cluster }),
    users: put(config.users, { name, user }),
    contexts: put(config.contexts, { name, context }),
    'current-context': config['current-context'] || name,
  });
}

/** Whether a file holds nothing but this context, so that it can be written anew. */
export function holdsOnly(text: string, name: string): boolean {
  try {
    const config: any = load(text, { schema: CORE_SCHEMA });
    return Object.keys(LISTS).every((list) => config[list].every((each: any) => each.name === name));
  } catch {
    return false;
  }
}

function parsed(text: string, file: string): any {
  let config: any;
  try {
    config = load(text.replace(/^\uFEFF/, ''), { schema: CORE_SCHEMA }) ?? {};
  } catch {
    throw notAKubeconfig(file); // the parser's words may quote a credential
  }
  const lists = Object.keys(LISTS);
  const fits =
    typeof config === 'object' &&
    !Array.isArray(config) &&
    (config.kind ?? 'Config') === 'Config' &&
    lists.every((list) => Array.isArray(config[list] ?? []) && (config[list] ?? []).every((each: any) => each?.name));
  if (!fits) throw notAKubeconfig(file);
  return config;
}

/** Ours is what trusts the authority of the instance. */
function isForeign(
  old: { readonly clusters?: any; readonly users?: any; readonly contexts?: any },
  entry: KubeconfigEntry,
) {
  if (!old.clusters && !old.users && !old.contexts) return false;
  return old.clusters?.['certificate-authority-data'] !== entry.cluster['certificate-authority-data'];
}

function find(list: readonly any[] | undefined, name: string): any {
  return (list ?? []).find((each) => each.name === name);
}

function put(list: readonly any[] | undefined, item: any): any[] {
  const all = list ?? [];
  return all.some(({ name }) => name === item.name)
    ? all.map((each) => (each.name === item.name ? item : each))
    : [...all, item];
}

function notAKubeconfig(file: string): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `"${file}" is no kubeconfig; nothing was written`,
      at: '--merge',
      fix: 'name another file, or write one of its own with -o',
    },
  ]);
}

function taken(name: string, file: string): CommandError {
  return new CommandError(ExitCode.CONFLICT, [
    {
      what: `"${file}" has "${name}" already, which trusts another authority than this instance has; nothing was written`,
      at: '--merge',
      fix: `rename it there (\`kubectl config rename-context ${name} …\`) or take it out, or write a file of its own with -o`,
    },
  ]);
}
