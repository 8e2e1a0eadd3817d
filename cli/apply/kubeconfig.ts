import { dirname, resolve } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';

/** A cluster, a user or a context, and the file that holds it. */
interface Named {
  readonly name: string;
  readonly value: any;
  readonly file: string;
}

/** What one or several kubeconfig files say together. */
export interface Kubeconfig {
  readonly files: readonly string[];
  readonly currentContext?: string;
  readonly clusters: readonly Named[];
  readonly users: readonly Named[];
  readonly contexts: readonly Named[];
}

/** One context with its cluster and user, in a kubeconfig's own words; every path is absolute. */
export interface Access {
  readonly context: string;
  readonly files: readonly string[];
  readonly cluster: any;
  readonly user: any;
}

/** Who asked for a context, for the words of an error. */
export interface Asked {
  /** Such as `--host-context`. */
  readonly by: string;
  /** The flag that would choose another context. */
  readonly flag: string;
}

/** One kubeconfig file. Throws without a word of its content when it is none. */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
  let config: any;
  try {
    config = load(text.replace(/^\uFEFF/, ''), { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // the parser's reason and excerpt may quote a credential: only the place is told
    const { line, column } = error.mark ?? {};
    throw notAKubeconfig(line === undefined ? file : `${file}:${line + 1}:${column + 1}`, 'it is not YAML');
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw notAKubeconfig(file, 'it holds no clusters, users and contexts');
  }
  const named = (list: string, item: string): Named[] => {
    const entries = config[list] ?? [];
    if (!Array.isArray(entries)) throw notAKubeconfig(file, `${list} is not a list`);
    return entries.map((entry: any, index) => {
      if (typeof entry?.name !== 'string') throw notAKubeconfig(file, `${list}[${index}] has no name`);
      return { name: entry.name, value: entry[item] ?? {}, file };
    });
  };
  return {
    files: [file],
    currentContext: config['current-context'] || undefined,
    clusters: named('clusters', 'cluster'),
    users: named('users', 'user'),
    contexts: named('contexts', 'context'),
  };
}

/** Several files as one, as kubectl reads a `KUBECONFIG` with several: of two entries with one name the first counts. */
export function mergeKubeconfigs(all: readonly Kubeconfig[]): Kubeconfig {
  const first = (entries: readonly Named[]) =>
    entries.filter(({ name }, index) => entries.findIndex((other) => other.name === name) === index);
  return {
    files: all.flatMap(({ files }) => files),
    currentContext: all.find(({ currentContext }) => currentContext)?.currentContext,
    clusters: first(all.flatMap(({ clusters }) => clusters)),
    users: first(all.flatMap(({ users }) => users)),
    contexts: first(all.flatMap(({ contexts }) => contexts)),
  };
}

/** The context of that name, or the current one. */
export function accessOf(kubeconfig: Kubeconfig, asked: Asked, wanted?: string): Access {
  const files = kubeconfig.files.join(', ');
  const known = kubeconfig.contexts.map(({ name }) => name).sort();
  const choose = known.length ? `choose one of its contexts with ${asked.flag}: ${known.join(', ')}` : 'add a context';
  const name = wanted ?? kubeconfig.currentContext;
  if (name === undefined) {
    throw wrong({ what: `${files} has no current context`, at: asked.by, fix: choose });
  }
  const context = kubeconfig.contexts.find((entry) => entry.name === name);
  if (!context) {
    const what = `${wanted === undefined ? 'current context' : 'context'} "${name}" is not in ${files}`;
    const file = asked.flag.replace('-context', '-kubeconfig');
    const add = `add it with \`kubectl config set-context\`, or name the kubeconfig that has it with ${file}`;
    throw wrong({ what, at: asked.by, fix: known.length ? `${choose}; or ${add}` : add });
  }
  const troubles: Trouble[] = [];
  const find = (kind: string, entries: readonly Named[]) => {
    const target = context.value[kind];
    const found = entries.find((entry) => entry.name === target);
    if (!found && !(kind === 'user' && !target)) {
      troubles.push({
        what: target
          ? `context "${name}" names ${kind} "${target}", which is not in ${files}`
          : `context "${name}" names no ${kind}`,
        at: `${context.file}, asked for by ${asked.by}`,
        fix: `add the ${kind}, or ${choose}`,
      });
    }
    return found ?? { value: {}, file: context.file };
  };
  const cluster = find('cluster', kubeconfig.clusters);
  const user = find('user', kubeconfig.users);
  if (!troubles.length && !isServerUrl(cluster.value.server)) {
    troubles.push({
      what: `cluster "${context.value.cluster}" has ${
        cluster.value.server ? `server "${cluster.value.server}", which is no http or https URL` : 'no server'
      }`,
      at: `${context.file}, context "${name}"`,
      fix: 'give the cluster a server, such as https://10.0.0.1:6443',
    });
  }
  if (troubles.length) throw new CommandError(ExitCode.USAGE, troubles);
  return {
    context: name,
    files: kubeconfig.files,
    cluster: absolute(cluster.value, cluster.file, ['certificate-authority']),
    user: absoluteUser(user.value, user.file),
  };
}

/** The access of somebody who acts as another user; a kubeconfig's own word about that does not count then. */
export function actingAs(
  access: Access,
  { as, asGroup = [] }: { readonly as?: string; readonly asGroup?: readonly string[] },
): Access {
  if (as === undefined) {
    if (!asGroup.length) return access;
    throw wrong({
      what: 'groups without a user to act as',
      at: '--as-group',
      fix: 'say with --as whose groups they are',
    });
  }
  const { 'as-uid': _uid, 'as-user-extra': _extra, ...user } = access.user;
  return { ...access, user: { ...user, as, 'as-groups': asGroup } };
}

function isServerUrl(server: unknown): boolean {
  return typeof server === 'string' && /^https?:$/.test(protocolOf(server));
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}

/** Paths in a kubeconfig are relative to the file. */
function absolute(value: any, file: string, keys: readonly string[]): any {
  const changed = keys.filter((key) => value[key]).map((key) => [key, resolve(dirname(file), value[key])]);
  return { ...value, ...Object.fromEntries(changed) };
}

function absoluteUser(value: any, file: string): any {
  const user = absolute(value, file, ['client-certificate', 'client-key', 'tokenFile']);
  // a plugin without a slash is looked up in PATH
  return /[/\\]/.test(user.exec?.command ?? '') ? { ...user, exec: absolute(user.exec, file, ['command']) } : user;
}

function wrong(trouble: Trouble): CommandError {
  return new CommandError(ExitCode.USAGE, [trouble]);
}

function notAKubeconfig(at: string, why: string): CommandError {
  return wrong({ what: `this is not a kubeconfig: ${why}`, at, fix: 'give a file as `kubectl config view` prints it' });
}
