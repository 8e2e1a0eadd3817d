import type { IConstruct } from 'constructs';

/** Code of a finding to the reason why it is fine. */
type Reasons = { readonly [code: string]: string };

const BY_CONSTRUCT = new WeakMap<IConstruct, Map<string, string>>();
/** Apps in which anything was acknowledged: in others no object has to be asked. */
const APPS = new WeakSet<IConstruct>();

/** Says that a finding is fine for all objects below a construct. */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  const reasons = BY_CONSTRUCT.get(scope) ?? new Map<string, string>();
  BY_CONSTRUCT.set(scope, reasons.set(code, reason));
  APPS.add(scope.node.root);
}

/** Whether anything was acknowledged in the app of a construct. */
export function hasAcknowledged(construct: IConstruct): boolean {
  return APPS.has(construct.node.root);
}

/** What was acknowledged for a construct, with the reasons given closest to it. Undefined when nothing was. */
export function acknowledgedFor(construct: IConstruct): Reasons | undefined {
  const all = construct.node.scopes.flatMap((scope) => [...(BY_CONSTRUCT.get(scope) ?? [])]);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

/** What an annotation says, whoever wrote it: only texts count as reasons. */
export function acknowledgedBy(annotation: string | undefined): Reasons {
  if (annotation === undefined) return {};
  try {
    const given = Object.entries(JSON.parse(annotation) ?? {});
    return Object.fromEntries(given.filter((each): each is [string, string] => typeof each[1] === 'string'));
  } catch {
    return {};
  }
}
