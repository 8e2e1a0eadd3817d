import type { PageCluster, PageData, PageFinding, PageResource } from '../page-data';

/** Replicas by cluster; 0 where something is there without any. */
export type Placement = ReadonlyMap<number, number>;

/** A resource as a row. */
export interface Row {
  readonly resource: PageResource;
  /** `Kind/namespace/name`. */
  readonly text: string;
  /** What a search looks at. */
  readonly haystack: string;
  /** One for each possible outcome. */
  readonly outcomes: readonly Placement[];
  readonly findings: readonly PageFinding[];
}

/** The data of the page, with what is asked of it often worked out once. */
export class Model {
  public readonly clusters: readonly PageCluster[];
  public readonly rows: readonly Row[];
  /** Positions of clusters by region, in their order. */
  public readonly regions: ReadonlyMap<string, readonly number[]>;
  private readonly positions: ReadonlyMap<string, number>;
  private readonly findings = new Map<string, PageFinding[]>();

  constructor(public readonly data: PageData) {
    this.clusters = data.clusters;
    this.positions = new Map(data.clusters.map(({ name }, index) => [name.toLowerCase(), index]));
    for (const finding of data.findings) {
      const { about = '' } = finding;
      this.findings.set(about, [...(this.findings.get(about) ?? []), finding]);
    }
    const placements = data.placements.map(pairs);
    this.rows = data.resources.map((resource) => this.row(resource, placements));
    const regions = new Map<string, number[]>();
    for (const [index, { region }] of data.clusters.entries()) {
      regions.set(region || NO_REGION, [...(regions.get(region || NO_REGION) ?? []), index]);
    }
    this.regions = regions;
  }

  private row(resource: PageResource, placements: readonly Placement[]): Row {
    const { kind, namespace, name, policy, affinity } = resource;
    const text = [kind, namespace, name].filter(Boolean).join('/');
    const by = policy === undefined ? '' : this.data.policies[policy];
    const haystack = [text, by, affinity, ...images(resource.manifests?.template)].join('\n').toLowerCase();
    return {
      ...{ resource, text, haystack, findings: this.findings.get(text) ?? [] },
      outcomes: (resource.outcomes ?? []).map((at) => placements[at]),
    };
  }

  /** Rows that hold every word, in their text or as a cluster that they are on. */
  public search(words: string, rows: readonly Row[]): readonly Row[] {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(({ haystack, outcomes }) =>
      wanted.every((word) => {
        if (haystack.includes(word)) return true;
        const cluster = this.positions.get(word);
        return cluster !== undefined && outcomes.some((placement) => placement.has(cluster));
      }),
    );
  }

  /** Why a cluster does not get a resource; undefined when there was no room for it. */
  public reason({ reasons }: PageResource, cluster: number): string | undefined {
    if (reasons === undefined) return undefined;
    const [most, ...others] = this.data.reasons[reasons];
    for (let at = 0; at < others.length; at += 2)
      if (others[at] === cluster) return this.data.sentences[others[at + 1]];
    return this.data.sentences[most];
  }

  public sentence(at: number | undefined): string {
    return at === undefined ? '' : this.data.sentences[at];
  }
}

export const NO_REGION = '(no region)';

function pairs(flat: readonly number[]): Placement {
  const placement = new Map<number, number>();
  for (let at = 0; at < flat.length; at += 2) placement.set(flat[at], flat[at + 1]);
  return placement;
}

function images(template: any): string[] {
  const pod = template?.spec?.jobTemplate?.spec?.template?.spec ?? template?.spec?.template?.spec ?? template?.spec;
  const containers = [pod?.initContainers, pod?.containers].flatMap((list) => (Array.isArray(list) ? list : []));
  return containers.map((container) => container?.image).filter((image) => typeof image === 'string');
}
