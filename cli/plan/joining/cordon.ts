import { taintId } from '../cluster-taints';

/** What `karmadactl cordon` puts on a cluster: no value, no time (pkg/karmadactl/cordon, v1.18.2). */
export const CORDON = { key: 'cluster.karmada.io/unschedulable', effect: 'NoSchedule' };

export function isCordoned(taints: readonly any[]): boolean {
  return taints.some((taint) => taintId(taint) === taintId(CORDON));
}

/** As `kubectl taint` writes it. */
export function taintText({ key, value, effect }: any): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

/** The list to write; undefined when it is so already. The taints of others stay as they are. */
export function cordonedTaints(taints: readonly any[], wanted: boolean): any[] | undefined {
  if (isCordoned(taints) === wanted) return undefined;
  return wanted ? [...taints, CORDON] : taints.filter((taint) => taintId(taint) !== taintId(CORDON));
}

/** What the code says of the scheduling of a member: it is unknown where a chart owns the member and is not at hand. */
export type CodeSays = 'absent' | 'open' | 'paused' | 'unknown';

/** @param manifest of the code; undefined when it has none */
export function codeSays(manifest: any, hasCode: boolean, isOwned: boolean): CodeSays {
  if (manifest) return isCordoned(manifest.spec?.taints ?? []) ? 'paused' : 'open';
  return isOwned && !hasCode ? 'unknown' : 'absent';
}

/** What a person should know when the code does not say what was just done; undefined when it does. */
export function codeAdvice(name: string, cordoned: boolean, code: CodeSays): string | undefined {
  if (cordoned && (code === 'open' || code === 'unknown'))
    return `${name} stands in code that does not say so: give it \`schedulingPaused: true\`, or nobody who reads the code knows`;
  if (!cordoned && code === 'paused')
    return `the code of ${name} says \`schedulingPaused: true\`, and the next apply cordons it again: take it out`;
  if (!cordoned && code === 'unknown')
    return `${name} stands in code: where that says \`schedulingPaused: true\`, the next apply cordons it again`;
  return undefined;
}
