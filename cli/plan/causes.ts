import { keyOf, keyText } from '../../src/core/object-key';
import type { Decision } from '../../src/preview/private/decide';
import type { Decided } from '../../src/preview/private/decided';
import { fieldChanges } from './field-diff';
import { sameValue } from './field-path';
import type { FleetEdit } from './member-edits';
import type { ClusterShift } from './shift';

/** A resource on one side. */
export interface Placed {
  readonly decision: Decision;
  readonly side: Decided;
}

/** What of the input has changed about one resource. */
export interface Causes {
  /** The object is another one. */
  readonly template: boolean;
  /** The object and the policy that claims it, in words. */
  readonly words: readonly string[];
  /** Override policies, in words: they change what a cluster receives, and move nothing. */
  readonly overrides: readonly string[];
}

/** Compares the same policies again and again: thousands of resources may share one. */
export class CauseFinder {
  private readonly known = new Map<any, Map<any, boolean>>();

  constructor(private readonly edits: readonly FleetEdit[]) {}

  /** What has changed about a resource that both sides have. */
  of(before: Placed, after: Placed): Causes {
    const template = !sameValue(versionless(before.decision.template), versionless(after.decision.template));
    const words = [
      ...(template ? [fieldsOf(before.decision.template, after.decision.template)] : []),
      ...this.policy(before.decision.selectedBy, after.decision.selectedBy),
    ];
    return { template, words, overrides: this.overrides(before, after) };
  }

  /** Why something is placed otherwise: what is known already, a workload that it follows, or clusters that changed. */
  ofMove({ decision }: Placed, clusters: readonly ClusterShift[], known: readonly string[]): readonly string[] {
    const parents = decision.parents.map(({ key }) => `follows ${keyText(key)}`);
    if (parents.length > 0 && !decision.policy) return parents;
    const touched = this.edits.filter(({ cluster }) => clusters.some(({ name }) => name === cluster));
    const named = touched.length > 0 || known.length > 0 ? touched : this.edits;
    const words = named.map(({ cluster, change }) => `Cluster/${cluster} ${VERBS[change]}`);
    const all = [...known, ...parents, ...words];
    return all.length > 0 ? all : ['the flags of the control plane'];
  }

  private policy(before: any, after: any): string[] {
    const [was, is] = [before, after].map((policy) => policy && keyText(keyOf(policy)));
    if (was !== is) return [`claimed by ${is ?? 'no policy'} instead of ${was ?? 'no policy'}`];
    return after && !this.same(before, after) ? [`${is} changed`] : [];
  }

  private overrides(before: Placed, after: Placed): string[] {
    const [was, is] = [before, after].map(
      ({ decision, side }) => new Map(side.overriding(decision).map((policy) => [keyText(keyOf(policy)), policy])),
    );
    return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
      const [from, to] = [was.get(name), is.get(name)];
      if (!from) return [`${name} is new for it`];
      if (!to) return [`${name} does not select it any more`];
      return this.same(from, to) ? [] : [`${name} changed`];
    });
  }

  private same(a: any, b: any): boolean {
    const of = this.known.get(a) ?? new Map<any, boolean>();
    this.known.set(a, of);
    const told = of.get(b) ?? sameValue(a.spec, b.spec);
    of.set(b, told);
    return told;
  }
}

/** What is there already carries the version that a server gave it, on one side or on both. */
function versionless(template: any): any {
  if (template.metadata.resourceVersion === undefined) return template;
  const { resourceVersion: _, ...metadata } = template.metadata;
  return { ...template, metadata };
}

/** Fields of an object that are named. */
const MOST = 3;

function fieldsOf(before: any, after: any): string {
  const paths = fieldChanges(before, after).map(({ path }) => path);
  const more = paths.length - MOST;
  return `the object itself (${[...paths.slice(0, MOST), ...(more > 0 ? [`${more} more`] : [])].join(', ')})`;
}

const VERBS = { new: 'joins', gone: 'leaves the code', changed: 'changed' };
