import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import type { ChartInput } from './chart-input';

/** What an instance needs to come back as it was, or what can be issued anew. */
export type Belonging = 'data' | 'credential';

/** One member of an ApplySet, as its record names it. */
export interface Member extends ObjectKey {
  /** Known once it was applied. */
  readonly uid?: string;
  /** Construct path. */
  readonly path: string;
  readonly wave: number;
  /** Of a Cluster: the taints that the code names, as `key:effect`. */
  readonly taints?: readonly string[];
  /** Its raw annotation of dependencies: what it depends on is deleted after it. */
  readonly dependsOn?: string;
  /** A part of a Cluster that others joined. */
  readonly joined?: true;
  /** Of a Job that deletes itself: a digest of what it ran. */
  readonly run?: string;
  /** No object of the chart, but made for its instance: etcd's volumes, and what was issued. */
  readonly belonging?: Belonging;
}

export const KINDS = 'applyset.kubernetes.io/contains-group-kinds';
export const NAMESPACES = 'applyset.kubernetes.io/additional-namespaces';
const TOOLING = 'applyset.kubernetes.io/tooling';

/** Which server it is the record of, by the UID of its namespace kube-system. */
const SERVER = 'cdk8s-karmada.io/server';

/** Our name in the tooling annotation; what follows the last `/` is a version and may be any. */
const TOOL = 'cdk8s-karmada';

/** The parent as it is sent: what was synthesized, and the record of the kinds and namespaces of the members. */
export function parentManifest(
  chart: ChartInput,
  members: readonly Member[],
  toolVersion: string,
  identity?: string,
): any {
  const { apiVersion, kind, metadata } = chart.parent.manifest;
  const kinds = members.map((member) => groupKind(member));
  const namespaces = members
    .map((member) => member.namespace)
    .filter((each) => each !== '' && each !== metadata.namespace);
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels,
      annotations: {
        ...metadata.annotations,
        [TOOLING]: `${TOOL}/${toolVersion}`,
        ...(identity === undefined ? {} : { [SERVER]: identity }),
        [KINDS]: list(kinds),
        [NAMESPACES]: list(namespaces), // there even when empty: kubectl reads it so
      },
    },
  };
}

/** The parent that lists what either of the two lists: what is there before, during and after a run. */
export function parentUnion(wanted: any, live: any): any {
  const annotations = { ...wanted.metadata.annotations };
  for (const name of [KINDS, NAMESPACES]) {
    const before: string = live?.metadata?.annotations?.[name] ?? '';
    annotations[name] = list([...annotations[name].split(','), ...before.split(',')]);
  }
  return { ...wanted, metadata: { ...wanted.metadata, annotations } };
}

/** Why a live parent is not ours to write; undefined when it is. */
export function foreignParent(chart: ChartInput, live: any): string | undefined {
  const tooling: string | undefined = live.metadata.annotations?.[TOOLING];
  const at = keyText(chart.parent.key);
  if (tooling !== undefined && tooling.slice(0, tooling.lastIndexOf('/')) !== TOOL) {
    return `${at} is the record of "${tooling}", not of ${TOOL}`;
  }
  const id = live.metadata.labels?.['applyset.kubernetes.io/id'];
  if (id !== undefined && id !== chart.parent.id)
    return `${at} has the ApplySet ID ${id}, which its name does not give`;
  return undefined;
}

/** The server that a live parent is the record of, where that is not the one it is on: it was copied. */
export function otherServer(live: any, identity: string | undefined): string | undefined {
  const recorded: string | undefined = live.metadata.annotations?.[SERVER];
  return recorded !== undefined && identity !== undefined && recorded !== identity ? recorded : undefined;
}

/** What the record names and the code does not. */
export function leaving(recorded: readonly Member[], wanted: readonly ObjectKey[]): Member[] {
  const kept = new Set(wanted.map(memberId));
  return recorded.filter((member) => !kept.has(memberId(member)));
}

/** What makes two members the same: the version of their API does not. */
export function memberId(key: ObjectKey): string {
  return [groupOf(key.apiVersion), key.kind, key.namespace, key.name].join('|');
}

/** Members in an order of their own, so that one state has one record. */
export function sortedMembers(members: readonly Member[]): Member[] {
  return [...members].sort((a, b) => (memberId(a) < memberId(b) ? -1 : 1));
}

export function groupKind(key: Pick<ObjectKey, 'apiVersion' | 'kind'>): string {
  const group = groupOf(key.apiVersion);
  return group ? `${key.kind}.${group}` : key.kind;
}

function list(values: readonly string[]): string {
  return [...new Set(values)]
    .filter((value) => value !== '')
    .sort()
    .join(',');
}
