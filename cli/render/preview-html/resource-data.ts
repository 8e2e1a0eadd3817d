import { keyText } from '../../../src/core/object-key';
import type { Outcome, PreviewedResource } from '../preview-report';
import { changes, shares } from '../preview-view';
import { Dictionary } from './dictionary';
import type { HtmlView } from './html-view';
import { LIMITS, Room } from './limits';
import { manifestsData } from './manifest-data';
import type { PageCluster, PageData, PageResource, PageState } from './page-data';

/** The part of the page's data that is about resources, with what there was no room for. */
export interface ResourceData {
  readonly data: Pick<PageData, 'policies' | 'sentences' | 'placements' | 'reasons' | 'resources'>;
  readonly room: { readonly resources: Room; readonly reasons: Room; readonly manifests: Room };
}

/** Says what becomes of each resource in few characters. */
export class ResourceWriter {
  private readonly policies = new Dictionary<string>();
  private readonly sentences = new Dictionary<string>();
  private readonly placements = new Dictionary<number[]>();
  private readonly reasons = new Dictionary<number[]>();
  private readonly positions: ReadonlyMap<string, number>;
  private readonly undecided: ReadonlyMap<unknown, string>;
  private readonly room = {
    resources: new Room(LIMITS.resources),
    reasons: new Room(LIMITS.reasons),
    manifests: new Room(LIMITS.manifests),
  };

  constructor(
    private readonly view: HtmlView,
    private readonly clusters: readonly PageCluster[],
  ) {
    this.positions = new Map(clusters.map(({ name }, index) => [name, index]));
    this.undecided = new Map(view.report.unsupported.map(({ resource, what }) => [keyOf(resource), what]));
  }

  /** Those that need a look come first: they are the last to be left out. */
  public write(): ResourceData {
    const all = this.view.report.resources;
    const isUrgent = (resource: PreviewedResource) => resource.scheduled === false;
    const ordered = [...all.filter(isUrgent), ...all.filter((each) => !isUrgent(each))];
    const resources = ordered.flatMap((resource) => this.resource(resource) ?? []);
    const { policies, sentences, placements, reasons } = this;
    return {
      data: {
        ...{ policies: policies.items, sentences: sentences.items },
        ...{ placements: placements.items, reasons: reasons.items, resources },
      },
      room: this.room,
    };
  }

  private resource(resource: PreviewedResource): PageResource | undefined {
    const before = this.placements.size + this.policies.size + this.sentences.size;
    const short = this.short(resource);
    const after = this.placements.size + this.policies.size + this.sentences.size;
    if (!this.room.resources.take(JSON.stringify(short).length + after - before)) return undefined;
    const reasons = this.reasonsOf(resource);
    const manifests = this.view.unrendered
      ? undefined
      : manifestsData(resource, this.view.template(resource), this.positions, this.room.manifests);
    return { ...short, ...(reasons !== undefined && { reasons }), ...(manifests && { manifests }) };
  }

  private short(resource: PreviewedResource): PageResource {
    const { resource: key, replicas, policy, outcomes, affinity, reason, message } = resource;
    const { apiVersion, kind, namespace = '', name } = key;
    const state = this.state(resource);
    const said =
      state === 'undecided'
        ? this.undecided.get(keyOf(key))
        : state === 'unscheduled'
          ? [reason, message].filter(Boolean).join(': ')
          : undefined;
    const follows = (outcomes[0]?.requiredBy ?? []).map((parent) => `${parent.namespace}/${parent.name}`);
    const suspended = (outcomes[0]?.suspended ?? []).flatMap((cluster) => this.positions.get(cluster) ?? []);
    const overridden = this.overridden(resource);
    return {
      ...{ apiVersion, kind, namespace, name, state },
      ...(replicas && { replicas }),
      ...(policy && { policy: this.policies.place(keyText({ apiVersion: '', ...policy })) }),
      ...(said && { message: this.sentence(said) }),
      ...(affinity && { affinity }),
      ...(follows.length && { follows }),
      ...(outcomes.length && { outcomes: outcomes.map((outcome) => this.placement(outcome)) }),
      ...(suspended.length && { suspended }),
      ...(overridden.length && { overridden }),
    };
  }

  private state({ resource, scheduled, outcomes }: PreviewedResource): PageState {
    if (this.undecided.has(keyOf(resource))) return 'undecided';
    if (scheduled === false) return 'unscheduled';
    if (scheduled) return 'scheduled';
    return outcomes.length ? 'follows' : 'unclaimed';
  }

  private placement(outcome: Outcome): number {
    const pairs = [...shares(outcome)].flatMap(([cluster, replicas]) => {
      const position = this.positions.get(cluster);
      return position === undefined ? [] : [[position, replicas]];
    });
    return this.placements.place(pairs.sort(([a], [b]) => a - b).flat());
  }

  private overridden(resource: PreviewedResource): number[] {
    const found = new Set<number>();
    for (const [at, { rendered }] of resource.outcomes.entries()) {
      for (const cluster of Object.keys(rendered)) {
        const position = this.positions.get(cluster);
        if (position !== undefined && changes(resource, cluster, at, this.view).length) found.add(position);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The most frequent reason for all others, the rest one by one. */
  private reasonsOf(resource: PreviewedResource): number | undefined {
    const placed = new Set(resource.outcomes.flatMap((outcome) => [...shares(outcome).keys()]));
    const counts = new Map<string, number[]>();
    for (const [position, { name }] of this.clusters.entries()) {
      if (placed.has(name)) continue;
      const why = this.view.whyNot(resource, name) ?? '';
      const at = counts.get(why);
      if (at) at.push(position);
      else counts.set(why, [position]);
    }
    if (!counts.size) return undefined;
    const [[most], ...others] = [...counts].sort(([, a], [, b]) => b.length - a.length);
    const exceptions = others.flatMap(([why, at]) => at.map((position) => [position, this.sentence(why)]));
    const code = [this.sentence(most), ...exceptions.sort(([a], [b]) => a - b).flat()];
    return this.room.reasons.take(code.length * 4) ? this.reasons.place(code) : undefined;
  }

  private sentence(text: string): number {
    const { sentence: most } = LIMITS;
    return this.sentences.place(text.length > most ? `${text.slice(0, most - 1)}…` : text);
  }
}

function keyOf(key: PreviewedResource['resource']): string {
  return `${key.apiVersion} ${keyText(key)}`;
}
