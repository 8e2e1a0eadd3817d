import type { ObjectKey } from '../../src/core/object-key';
import { answerText, printable } from '../plan/answer';
import { type DesiredObject, type Input, objectsOf } from '../plan/chart-input';
import { sameValue } from '../plan/field-path';
import { ordered } from '../plan/order';
import { INVENTORY_MANAGER } from '../plan/owned-fields';
import type { Plan, Plane, PlannedPlane } from '../plan/plan';
import { isTemplate, propagates } from '../plan/readiness/awaited';
import type { Chain, Reach } from '../plan/readiness/propagation';
import { readinessOf } from '../plan/readiness/readiness';
import { ruleFor, type UserRules } from '../plan/readiness/user-rule';
import type { Readiness } from '../plan/readiness/verdict';
import { type Drift, type ObjectStatus, type StatusReport, statusTotals } from '../plan/status';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';
import { Discovery, type Resource } from './discovery';
import { driftOf } from './drift';
import { planLive } from './engine';
import { membersOf } from './inventory';
import { type Found, get, readLive } from './live';
import type { RunOptions, Servers } from './preparation';
import { podCauses } from './readiness/causes';
import { Chains, type Template } from './readiness/chains';

export interface StatusOptions extends RunOptions {
  readonly rules?: UserRules;
  /** Members that have to be there. @default 'all' */
  readonly clusters?: Reach['clusters'];
  /** Also looks for what differs from the code. @default false */
  readonly drift?: boolean;
}

const CONFIG_MAP: Resource = { plural: 'configmaps', namespaced: true };
const WINDOW = 8;

/** How what the code names is doing. Writes nothing. */
export async function statusOf(input: Input, servers: Servers, options: StatusOptions): Promise<StatusReport> {
  const looks = (['host', 'karmada'] as const).flatMap((plane) => {
    if (!input.charts.some((chart) => chart.plane === plane)) return [];
    return [new Look(plane, servers[plane], input, options)];
  });
  await Promise.all(looks.map((look) => look.read()));
  const found = looks.flatMap((look) => look.objects());
  const objects = options.drift ? await withDrift(found, looks, input, servers, options) : found;
  await Promise.all(looks.map((look) => look.stop()));
  return {
    planes: looks.map((look) => look.planned),
    charts: input.charts.map((chart) => {
      const look = looks.find(({ plane }) => plane === chart.plane);
      const appliedAt = look?.appliedAt(chart.path);
      return { chart: chart.path, plane: chart.plane, ...(appliedAt ? { appliedAt } : {}) };
    }),
    objects,
    totals: statusTotals(objects),
    notes: looks.flatMap(({ notes }) => notes),
  };
}

async function withDrift(
  objects: readonly ObjectStatus[],
  looks: readonly Look[],
  input: Input,
  servers: Servers,
  options: StatusOptions,
): Promise<ObjectStatus[]> {
  const plan = await planLive(input, servers, options);
  const drifted: ObjectStatus[] = [];
  await inWindow(
    WINDOW,
    objects.map((object, i) => [object, i] as const),
    async ([object, i]) => {
      const look = looks.find(({ plane }) => plane === object.plane);
      drifted[i] = { ...object, drift: look ? await look.drift(object, plan) : [] };
    },
  );
  return drifted;
}

/** One server, looked at once. */
class Look {
  readonly notes: string[] = [];
  readonly planned: PlannedPlane;
  private readonly wanted: readonly DesiredObject[];
  private readonly needs = new Map<DesiredObject, readonly DesiredObject[]>();
  private readonly found = new Map<DesiredObject, Found>();
  private readonly resources = new Map<DesiredObject, Resource>();
  private readonly parents = new Map<string, any>();
  private readonly pods = new Map<DesiredObject, readonly string[]>();
  private readonly patience: Patience;
  private storageClasses?: readonly any[];
  private chains?: Chains;

  constructor(
    readonly plane: Plane,
    private readonly server: ApiServer | undefined,
    private readonly input: Input,
    private readonly options: StatusOptions,
  ) {
    const { signal, retrying } = options;
    this.patience = { signal, retrying };
    for (const { object, needs } of ordered(objectsOf(input.charts))) this.needs.set(object, needs);
    this.wanted = [...this.needs.keys()].filter((object) => object.plane === plane);
    const { name, url } = server ?? {};
    this.planned = server ? { plane, ...(name ? { name } : {}), url } : { plane, unopened: 'it is not there yet' };
  }

  async read(): Promise<void> {
    if (!this.server) return;
    const server = this.server;
    const discovery = await Discovery.read(server, this.patience);
    for (const object of this.wanted) {
      const resource = discovery.find(object.key.apiVersion, object.key.kind);
      if (resource) this.resources.set(object, resource);
    }
    const served = this.wanted.filter((object) => this.resources.has(object));
    const found = await readLive(
      server,
      served.map((object) => this.address(object)),
      WINDOW,
      this.patience,
    );
    for (const [i, object] of served.entries()) this.found.set(object, found[i]);
    await Promise.all([this.records(server), this.storage(server), this.follow(server)]);
    await inWindow(
      WINDOW,
      served.filter((object) => this.isStuck(object)),
      async (object) => {
        this.pods.set(object, await podCauses(server, this.address(object), this.live(object), this.patience));
      },
    );
  }

  objects(): ObjectStatus[] {
    return this.wanted.map((object) => {
      const { plane, chart, path, source } = object;
      const readiness = this.judge(object);
      const live = this.live(object);
      const [cause] = this.pods.get(object) ?? [];
      const words = readiness.state === 'current' ? readiness.note : readiness.message;
      const message = [words, cause].filter(Boolean).join(': ');
      const clusters = 'clusters' in readiness ? (readiness as Chain).clusters : [];
      return {
        plane,
        chart,
        key: this.address(object).key,
        path,
        source,
        state: readiness.state,
        ...(message ? { message: printable(message) } : {}),
        ...(live ? { created: live.metadata.creationTimestamp } : {}),
        ...(clusters.length ? { clusters: clusters.map((each) => ({ ...each, detail: printable(each.detail) })) } : {}),
      };
    });
  }

  drift(status: ObjectStatus, plan: Plan): Promise<Drift[]> {
    const object = this.wanted.find((each) => sameValue(this.address(each).key, status.key)) as DesiredObject;
    const { key } = this.address(object);
    const [live, works] = [this.live(object), this.chains?.worksOf(key) ?? []];
    const seen = { key, resource: this.resources.get(object), manifest: object.manifest, live, works };
    return driftOf(status, plan, seen, this.server, this.patience);
  }

  appliedAt(chart: string): string | undefined {
    const entries: any[] = this.parents.get(chart)?.metadata?.managedFields ?? [];
    return entries.find(({ manager }) => manager === INVENTORY_MANAGER)?.time;
  }

  async stop(): Promise<void> {
    await this.chains?.stop();
  }

  private address(object: DesiredObject): { readonly key: ObjectKey; readonly resource: Resource } {
    const resource = this.resources.get(object) ?? { plural: '', namespaced: true };
    return { key: resource.namespaced ? object.key : { ...object.key, namespace: '' }, resource };
  }

  private live(object: DesiredObject): any {
    const found = this.found.get(object);
    return found && 'live' in found ? found.live : undefined;
  }

  private async records(server: ApiServer): Promise<void> {
    const charts = this.input.charts.filter(({ plane }) => plane === this.plane);
    await inWindow(WINDOW, charts, async ({ parent, path }) => {
      const found = await get(server, { key: parent.key, resource: CONFIG_MAP }, this.patience);
      if ('live' in found) this.parents.set(path, found.live);
    });
  }

  private async storage(server: ApiServer): Promise<void> {
    if (!this.wanted.some(({ key }) => key.kind === 'PersistentVolumeClaim')) return;
    const path = '/apis/storage.k8s.io/v1/storageclasses';
    const response = await attempt(server, { method: 'GET', path }, this.patience);
    if (response.status === 200) this.storageClasses = response.body.items ?? [];
  }

  /** Karmada's side of the templates, listed once. */
  private async follow(server: ApiServer): Promise<void> {
    const templates = this.wanted.filter((object) => this.isTemplate(object) && this.live(object));
    if (!templates.length) return;
    const { plane, url } = server;
    const once: ApiServer = { plane, url, request: (request) => server.request(request), close: async () => undefined };
    this.chains = new Chains(once, this.options.now, { patience: this.patience, changed: () => undefined });
    await this.chains.follow(templates.map((object) => this.template(object)));
    const { refusal } = this.chains;
    if (refusal) this.notes.push(`how far templates are on the members is not known: ${refusal}`);
  }

  private isTemplate(object: DesiredObject): boolean {
    return isTemplate('healthy', object, object.key);
  }

  private isStuck(object: DesiredObject): boolean {
    return this.plane === 'host' && ['in-progress', 'failed'].includes(this.judge(object).state);
  }

  private get reach(): Reach {
    return { until: 'healthy', clusters: this.options.clusters ?? 'all' };
  }

  private template(object: DesiredObject): Template {
    const { key, resource } = this.address(object);
    const sent = propagates(key, this.needs.get(object) ?? []);
    return { key, resource, manifest: object.manifest, propagates: sent, fresh: false };
  }

  private judge(object: DesiredObject): Readiness | Chain | { readonly state: 'unknown'; readonly message: string } {
    const { key, resource } = this.address(object);
    if (!this.server) return { state: 'absent', message: `${this.plane} is not there yet` };
    if (!this.resources.has(object))
      return { state: 'absent', message: `${this.plane} does not serve ${key.kind} of ${key.apiVersion}` };
    const found = this.found.get(object);
    if (found && 'refused' in found) return { state: 'unknown', message: answerText(key, found.refused) };
    const live = this.live(object);
    const user = ruleFor(key, object.ready, this.options.rules);
    if (live && this.chains && !this.chains.refusal && user === undefined && this.isTemplate(object))
      return this.chains.of(this.template(object), live, this.reach, Number.POSITIVE_INFINITY);
    if (live && this.isTemplate(object) && user === undefined)
      return { state: 'unknown', message: 'how far it is on the members is not known' };
    const surroundings = { nowMs: this.options.now(), sinceMs: 0, storageClasses: this.storageClasses };
    const publishesStatus = resource.hasStatus;
    const subject = { plane: this.plane, key, live, seen: this.removed(object), user };
    const readiness = readinessOf(subject, { ...surroundings, publishesStatus });
    return readiness.state === 'absent' ? { state: 'absent', message: 'it is not there' } : readiness;
  }

  /** A Job that the record lists and that removes itself was done. */
  private removed({ manifest, key, chart }: DesiredObject): any {
    const members = membersOf(this.parents.get(chart)) ?? [];
    const isRecorded = members.some((member) => member.uid && member.kind === key.kind && member.name === key.name);
    return isRecorded ? { ...manifest, metadata: { creationTimestamp: '1970-01-01T00:00:00Z' } } : undefined;
  }
}
