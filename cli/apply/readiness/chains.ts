import type { ObjectKey } from '../../../src/core/object-key';
import { bindingName } from '../../plan/readiness/binding-name';
import { type Chain, propagation, type Reach } from '../../plan/readiness/propagation';
import type { ApiServer } from '../api-server';
import type { Resource } from '../discovery';
import type { FollowOptions } from './collection';
import { allOf, Following } from './following';

/** A template on Karmada, as it was written. */
export interface Template {
  readonly key: ObjectKey;
  readonly resource: Resource;
  /** What the code names. */
  readonly manifest: any;
  /** A policy of the code selects it. */
  readonly propagates: boolean;
  /** It was written in this run. */
  readonly fresh: boolean;
}

const BINDING = { apiVersion: 'work.karmada.io/v1alpha2', kind: 'ResourceBinding' };
const CLUSTER_BINDING = { apiVersion: 'work.karmada.io/v1alpha2', kind: 'ClusterResourceBinding' };
const WORK = { apiVersion: 'work.karmada.io/v1alpha1', kind: 'Work' };
const CLUSTER = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster' };
/** A Work whose conditions are older than its present form gets new ones within this. */
const STEADY_MS = 2_000;

/** How far the templates of a Karmada are on its members: all of it from one watch for each of Karmada's kinds. */
export class Chains {
  private readonly following: Following;
  /** Versions of a template with its present content, by UID and generation. */
  private readonly versions = new Map<string, Set<string>>();
  /** Since when a Work is as it is, by its UID. */
  private readonly works = new Map<string, { readonly generation: number; readonly sinceMs: number }>();
  /** Works by what they carry. */
  private byObject = new Map<string, any[]>();
  private isIndexed = false;

  constructor(
    server: ApiServer,
    private readonly now: () => number,
    options: FollowOptions,
  ) {
    const changed = () => {
      this.isIndexed = false;
      options.changed();
    };
    this.following = new Following(server, { ...options, changed });
  }

  async follow(templates: readonly Template[]): Promise<void> {
    const namespaces = templates.filter(({ resource }) => resource.namespaced).map(({ key }) => key.namespace);
    const isWide = templates.some(({ resource }) => !resource.namespaced);
    const kind = (plural: string, namespaced: boolean): Resource => ({ plural, namespaced });
    await allOf([
      namespaces.length ? this.following.all(BINDING, kind('resourcebindings', true), { namespaces }) : undefined,
      isWide ? this.following.all(CLUSTER_BINDING, kind('clusterresourcebindings', false)) : undefined,
      // they tell which state of a template is on its way, however far it is waited for
      this.following.all(WORK, kind('works', true)),
      this.following.all(CLUSTER, kind('clusters', false)),
    ]);
  }

  /** Which of Karmada's kinds cannot be read, in the server's words. */
  get refusal(): string | undefined {
    return [BINDING, CLUSTER_BINDING, WORK].map((kind) => this.following.refusal(kind)).find(Boolean);
  }

  /** How far a template is; `live` is as it is now. */
  of(template: Template, live: any, reach: Reach, waitedMs: number): Chain {
    const clusters = new Map(
      this.following.of(CLUSTER).flatMap(({ items }) => [...items.values()].map((each) => [each.metadata.name, each])),
    );
    return propagation(
      {
        template: { apiVersion: template.key.apiVersion, kind: template.key.kind, ...live },
        manifest: template.manifest,
        binding: this.binding(template),
        works: this.worksOf(template.key),
        clusters,
        propagates: template.propagates,
        fresh: template.fresh,
        versions: this.versionsOf(live),
        steady: (work) => this.isSteady(work),
        waitedMs,
      },
      reach,
    );
  }

  stop(): Promise<void> {
    return this.following.stop();
  }

  private binding({ key, resource }: Template): any {
    const kind = resource.namespaced ? BINDING : CLUSTER_BINDING;
    const name = bindingName(key);
    return this.following.find({ key: { ...kind, namespace: key.namespace, name }, resource });
  }

  /** What members were given of an object. */
  worksOf(key: ObjectKey): readonly any[] {
    if (!this.isIndexed) {
      this.byObject = new Map();
      for (const work of this.following.of(WORK).flatMap(({ items }) => [...items.values()])) {
        const manifest = work.spec?.workload?.manifests?.[0];
        if (!manifest) continue;
        const id = idOf(manifest.apiVersion, manifest.kind, manifest.metadata?.namespace, manifest.metadata?.name);
        this.byObject.set(id, [...(this.byObject.get(id) ?? []), work]);
      }
      this.isIndexed = true;
    }
    return this.byObject.get(idOf(key.apiVersion, key.kind, key.namespace, key.name)) ?? [];
  }

  /** A change of the status gives a template a new version, and Karmada does not follow it. */
  private versionsOf({ metadata }: any): ReadonlySet<string> {
    const { uid, generation, resourceVersion } = metadata;
    const id = generation === undefined ? `${uid} ${resourceVersion}` : `${uid} ${generation}`;
    const seen = this.versions.get(id) ?? new Set();
    this.versions.set(id, seen.add(resourceVersion));
    return seen;
  }

  private isSteady({ metadata }: any): boolean {
    const { uid, generation } = metadata;
    const known = this.works.get(uid);
    if (known && known.generation === generation) return this.now() - known.sinceMs >= STEADY_MS;
    this.works.set(uid, { generation, sinceMs: this.now() });
    return false;
  }
}

function idOf(apiVersion: string, kind: string, namespace = '', name = ''): string {
  return [apiVersion, kind, namespace, name].join('|');
}
