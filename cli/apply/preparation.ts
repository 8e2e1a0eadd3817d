import { type DesiredObject, type Input, identity, objectsOf } from '../plan/chart-input';
import { assemble, newSet } from '../plan/empty-servers';
import { type Ordered, ordered } from '../plan/order';
import type { Permission } from '../plan/permission';
import type { Plan, Plane, PlannedObject, PlannedPlane } from '../plan/plan';
import { create, planned } from '../plan/verdict';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { inPruneOrder, type LeaveOptions, type Leaving } from './departures';
import { type Answers, DRY_RUN_LONGEST_MS } from './dry-run';
import { refuseSteps } from './instance/upgrade-facts';
import { Issuing } from './issuing';
import { Kinds } from './kinds';
import type { Locks } from './locks';
import { LARGEST_WINDOW, PacedServer } from './paced-server';
import { preflight } from './preflight';
import { stillComponents } from './readiness/leases';
import { type Survey, survey, written } from './survey';
import { needsWebhooks, unanswered, whyUnanswered } from './webhook-gate';

/** The servers of a run. One that no chart needs is left out. */
export interface Servers {
  readonly host?: ApiServer;
  readonly karmada?: ApiServer;
  /** Reaches a Karmada that this run makes, with the credentials that it has issued; throws while it cannot be. */
  readonly openKarmada?: () => Promise<ApiServer>;
  /** Why it is not open yet. @default - it is made in this run */
  readonly unopened?: string;
}

/** What both plan and apply need to know. */
export interface RunOptions extends LeaveOptions {
  /** Version of this command. */
  readonly toolVersion: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Requests at a time to one server, at most: how many it is depends on how quickly it answers. @default 32 */
  readonly window?: number;
  readonly signal?: AbortSignal;
  /** Told before a request is tried again. */
  retrying?: Patience['retrying'];
  /** Of a run that writes. */
  readonly locks?: Locks;
  /** Objects that may be deleted and made anew where a field of them cannot be changed, as `Kind/namespace/name`. */
  readonly replace?: readonly string[];
  /** How long an object that is replaced may take to go away. @default 60000 */
  readonly leavingMs?: number;
  /** How long a run that writes waits for a webhook of Karmada before it begins. @default 120000 */
  readonly webhookMs?: number;
  /** Of the same command, which has looked before. */
  readonly answers?: Answers;
  /** Told each warning of a server, once. */
  warned?: Patience['warned'];
}

const UNOPENED = 'it is made in this plan';

function paced({ host, karmada, openKarmada, unopened }: Servers, window?: number): Servers {
  return {
    unopened,
    host: host && PacedServer.of(host, window),
    karmada: karmada && PacedServer.of(karmada, window),
    openKarmada: openKarmada && (async () => PacedServer.of(await openKarmada(), window)),
  };
}

/** Everything that is known before the first write. */
export class Preparation {
  private readonly warnings = new Map<string, string>();
  private readonly versions = new Map<Plane, string>();
  private readonly lacking: Permission[] = [];
  private readonly notes: string[] = [];
  readonly objects: readonly DesiredObject[];
  readonly surveys = new Map<Plane, Survey>();
  readonly patience: Patience;
  readonly window: number;
  readonly servers: Servers;
  issuing!: Issuing;
  private inOrder?: readonly Ordered[];

  private constructor(
    readonly input: Input,
    servers: Servers,
    readonly options: RunOptions,
  ) {
    this.servers = paced(servers, options.window);
    this.objects = objectsOf(input.charts);
    this.window = options.window ?? LARGEST_WINDOW;
    this.patience = {
      signal: options.signal,
      retrying: options.retrying,
      warned: (server, text) => {
        const known = this.warnings.has(`${server.plane}: ${text}`);
        this.warnings.set(`${server.plane}: ${text}`, text);
        if (!known) options.warned?.(server, text);
      },
    };
  }

  static async make(input: Input, servers: Servers, options: RunOptions): Promise<Preparation> {
    const made = new Preparation(input, servers, options);
    const { host, karmada } = made.servers;
    made.issuing = await Issuing.read(input, host, made.patience);
    const present = [host, karmada].filter((server): server is ApiServer => server !== undefined);
    await Promise.all(present.filter((server) => made.needs(server.plane)).map((server) => made.look(server)));
    return made;
  }

  /** Found when it is needed: until then the servers have begun to answer. */
  get order(): readonly Ordered[] {
    this.inOrder ??= ordered(this.objects);
    return this.inOrder;
  }

  needs(plane: Plane): boolean {
    return this.input.charts.some((chart) => chart.plane === plane);
  }

  private get unopened(): string {
    return this.servers.unopened ?? UNOPENED;
  }

  /** How many objects may be on their way: as many as the server that takes the fewest. */
  get writesAtATime(): number {
    const servers = [...this.surveys.values()].map(({ server }) => server);
    return Math.min(this.window, ...servers.map((server) => PacedServer.of(server).writes.limit));
  }

  kinds(plane: Plane): Kinds {
    return new Kinds(this.objects, plane);
  }

  /** Reads a server and judges what is for it. */
  async look(server: ApiServer): Promise<Survey> {
    const { plane } = server;
    const charts = this.input.charts.filter((chart) => chart.plane === plane);
    if (server instanceof PacedServer) await server.pin(this.patience);
    await this.options.locks?.look(server, charts);
    const version = await attempt(server, { method: 'GET', path: '/version' }, this.patience);
    if (version.status === 200 && version.body?.gitVersion) this.versions.set(plane, version.body.gitVersion);
    const made = await survey({
      server,
      charts,
      objects: this.objects.filter((object) => object.plane === plane),
      wanted: objectsOf(this.input.all).filter((object) => object.plane === plane),
      leave: this.options,
      siblings: new Set(this.input.all.map((chart) => chart.parent.id)),
      kinds: this.kinds(plane),
      authority: (secret) => this.issuing.authority(secret),
      toolVersion: this.options.toolVersion,
      replace: this.options.replace,
      window: this.window,
      patience: this.patience,
      answers: this.options.answers,
    });
    refuseSteps(made);
    const { survey: seen, lacking } = await preflight(made, this);
    this.lacking.push(...lacking);
    // where this run also looks after the host, what Karmada consists of is waited for there
    if (plane === 'karmada' && !this.needs('host')) {
      if (needsWebhooks(seen)) await this.askWebhooks(server);
      if (written(seen.objects).length) await this.askControllers(server);
    }
    this.surveys.set(plane, seen);
    return seen;
  }

  /** Of many objects some would be written, and those that a webhook looks at would not: so it is asked before. */
  private async askWebhooks(server: ApiServer): Promise<void> {
    const { locks, webhookMs } = this.options;
    const why = await whyUnanswered(
      server,
      this.patience,
      locks ? { webhook: webhookMs, fault: 0 } : DRY_RUN_LONGEST_MS,
    );
    if (why && locks) throw unanswered(server, this.input.instance, why);
    if (why) this.notes.push(`karmada: apply waits for a webhook that policies need and that does not answer: ${why}`);
  }

  /** What they do not see is taken by the API server all the same, and goes nowhere. */
  private async askControllers(server: ApiServer): Promise<void> {
    const still = await stillComponents(server, this.options.now(), this.patience);
    this.notes.push(...still.map((why) => `karmada: ${why}; what is applied reaches no member until it does`));
  }

  plan(): Plan {
    const objects = this.order.map(({ object, wave }) => this.planned(object, wave));
    const sets = this.input.charts.map(
      (chart) => this.surveys.get(chart.plane)?.sets.get(chart.path)?.planned ?? newSet(chart),
    );
    const planes = (['host', 'karmada'] as const).map((plane) => this.plane(plane));
    const issues = this.issuing.planned(new Date(this.options.now()));
    const notes = [...this.surveys.values()].flatMap((survey) => survey.notes).concat(this.notes);
    const prunes = this.leaving().map((leaving) => leaving.planned);
    const warnings = [...this.warnings.keys()].sort();
    const said = warnings.concat(notes);
    const made = assemble(this.input, objects, issues, sets, planes, said, prunes);
    const restarts = this.issuing.restarts(new Date(this.options.now()));
    return {
      ...made,
      ...(restarts.length ? { restarts } : {}),
      ...(warnings.length ? { warnings } : {}),
      ...(this.lacking.length ? { lacking: this.lacking } : {}),
    };
  }

  /** What is no longer in the code, in the order in which it is deleted. */
  leaving(): Leaving[] {
    const surveys = [this.surveys.get('karmada'), this.surveys.get('host')];
    return surveys.flatMap((survey) => inPruneOrder([...(survey?.sets.values() ?? [])].flatMap((set) => set.leaving)));
  }

  private planned(object: DesiredObject, wave: number): PlannedObject {
    const surveyed = this.surveys.get(object.plane)?.objects.get(identity(object));
    if (surveyed) return planned(object, wave, surveyed.verdict, surveyed.key);
    return planned(
      object,
      wave,
      create(`not checked: the ${object.plane} API server was not looked at, ${this.unopened}`),
    );
  }

  private plane(plane: Plane): PlannedPlane {
    const server = this.surveys.get(plane)?.server;
    if (!server) return { plane, unopened: this.unopened };
    const { name, url } = server;
    return { plane, ...(name ? { name } : {}), url, version: this.versions.get(plane) };
  }
}
