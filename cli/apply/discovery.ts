import type { ObjectKey } from '../../src/core/object-key';
import { answerText } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';

/** How a kind is addressed on a server. */
export interface Resource {
  /** Plural in lower case, as in paths. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Its objects have a status of their own. */
  readonly hasStatus?: boolean;
}

const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

/** A kind that a server serves, in the version that it prefers. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: Resource;
}

/** What a server serves, read with two requests whatever the number of its groups. */
export class Discovery {
  private constructor(
    private readonly resources: ReadonlyMap<string, Resource>,
    /** Kinds whose objects can be listed. */
    readonly listable: readonly ServedKind[],
    private readonly stale: ReadonlySet<string>,
  ) {}

  static async read(server: ApiServer, patience: Patience): Promise<Discovery> {
    const lists = await Promise.all(['/api', '/apis'].map((path) => readList(server, path, patience)));
    const resources = new Map<string, Resource>();
    const listable = new Map<string, ServedKind>();
    const stale = new Set<string>();
    for (const group of lists.flat()) {
      const name: string = group.metadata?.name ?? '';
      for (const version of group.versions ?? []) {
        // what an aggregated API server said before it went away
        if (version.freshness === 'Stale') {
          stale.add(name);
          continue;
        }
        const apiVersion = name ? `${name}/${version.version}` : version.version;
        for (const { resource: plural, responseKind, scope, verbs, subresources = [] } of version.resources ?? []) {
          const kind: string = responseKind?.kind;
          const hasStatus = subresources.some((each: any) => each.subresource === 'status');
          const resource = { plural, namespaced: scope === 'Namespaced', ...(hasStatus ? { hasStatus } : {}) };
          resources.set(`${apiVersion} ${kind}`, resource);
          const id = `${name} ${plural}`;
          if (verbs?.includes('list') && !listable.has(id)) listable.set(id, { apiVersion, kind, resource });
        }
      }
    }
    return new Discovery(resources, [...listable.values()], stale);
  }

  /** Does the server have this group, and cannot say now what is in it? */
  isStale(group: string): boolean {
    return this.stale.has(group);
  }

  /** Undefined when the server does not serve the kind, or not in this version. */
  find(apiVersion: string, kind: string): Resource | undefined {
    return this.resources.get(`${apiVersion} ${kind}`);
  }

  /** Versions in which the server serves a kind of a group. */
  versionsOf(group: string, kind: string): string[] {
    return [...this.resources.keys()]
      .map((entry) => entry.split(' '))
      .filter(([apiVersion, each]) => each === kind && apiVersion.startsWith(`${group}/`))
      .map(([apiVersion]) => apiVersion);
  }
}

async function readList(server: ApiServer, path: string, patience: Patience): Promise<any[]> {
  const response = await attempt(server, { method: 'GET', path, accept: AGGREGATED }, patience);
  if (response.status === 200 && response.body?.kind === 'APIGroupDiscoveryList') return response.body.items ?? [];
  const denied = response.status === 401 || response.status === 403;
  throw new CommandError(denied ? ExitCode.DENIED : ExitCode.USAGE, [
    {
      what: denied
        ? `${server.plane} does not let these credentials ask which kinds it serves: ${answerText(NO_KEY, response)}`
        : `${server.plane} does not list its kinds in the aggregated form that Kubernetes has since 1.27`,
      at: `${server.url}${path}`,
      fix: denied ? 'use credentials that may' : 'check that this is a Kubernetes API server, 1.27 or newer',
    },
  ]);
}

const NO_KEY: ObjectKey = { apiVersion: '', kind: '', namespace: '', name: '' };

/** Path of the objects of a kind, in a namespace or, where that is empty, of all the cluster. */
export function collectionPath(apiVersion: string, resource: Resource, namespace: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = resource.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${inside}/${resource.plural}`;
}

/** Path of one object. Names may hold what means something in a path, such as the colons of RBAC. */
export function objectPath(key: ObjectKey, resource: Resource): string {
  return `${collectionPath(key.apiVersion, resource, key.namespace)}/${encodeURIComponent(key.name)}`;
}
