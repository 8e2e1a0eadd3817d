import { gatesOf } from '../../../../src/admission/control-plane-flags';
import { KarmadaVersion } from '../../../../src/core/karmada-version';
import { NEWER } from '../../../../src/schema/releases';
import type { Component, ComponentPair } from './running';
import { type Version, versionOf, versionText } from './version';

/** A flag of a start-up command that comes, goes or gets another value. */
export interface FlagChange {
  readonly flag: string;
  /** Left out: it comes. */
  readonly from?: string;
  /** Left out: it goes. */
  readonly to?: string;
}

/** What changes about a component. */
export interface ComponentChange {
  readonly name: string;
  readonly change: 'comes' | 'goes' | 'changes';
  /** Left out where it stays. */
  readonly image?: { readonly from?: string; readonly to?: string };
  readonly flags: readonly FlagChange[];
}

/** A feature gate that is another one afterwards. */
export interface GateChange {
  readonly gate: string;
  /** Left out: the release that runs does not know it. */
  readonly from?: boolean;
  /** Left out: the new release does not know it. */
  readonly to?: boolean;
  /** Who says so: the code, or the release. */
  readonly by: 'code' | 'release';
}

/** A field that objects of Karmada can have afterwards. */
export interface NewField {
  readonly since: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: string;
}

const GATES = 'feature-gates';

/** What changes about the components; those that stay as they are do not stand here. */
export function componentChanges(pairs: readonly ComponentPair[]): ComponentChange[] {
  return pairs.flatMap(({ live, desired }): ComponentChange[] => {
    const { name } = (desired ?? live) as Component;
    if (!live) return [{ name, change: 'comes', image: { to: desired?.image }, flags: [] }];
    if (!desired) return [{ name, change: 'goes', image: { from: live.image }, flags: [] }];
    const image = live.image === desired.image ? {} : { image: { from: live.image, to: desired.image } };
    const flags = flagChanges(live.flags, desired.flags);
    return flags.length || 'image' in image ? [{ name, change: 'changes', ...image, flags }] : [];
  });
}

/** Feature gates are told apart from flags: they have values of their own. */
function flagChanges(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): FlagChange[] {
  const flags = [...new Set([...from.keys(), ...to.keys()])].filter((flag) => flag !== GATES).sort();
  return flags
    .filter((flag) => from.get(flag) !== to.get(flag))
    .map((flag) => {
      const [before, after] = [from.get(flag), to.get(flag)];
      return { flag, ...(before === undefined ? {} : { from: before }), ...(after === undefined ? {} : { to: after }) };
    });
}

/** The gates that are other ones afterwards: what the code sets, else what the release does. */
export function gateChanges(pairs: readonly ComponentPair[], from: Version, to: Version): GateChange[] {
  const [before, after] = [known(from), known(to)];
  const set = (side: 'live' | 'desired') => {
    const text = pairs.map((pair) => pair[side]?.flags.get(GATES)).find(Boolean) ?? '';
    return new Map(
      text.split(',').flatMap((each) => (each.includes('=') ? [each.split('=') as [string, string]] : [])),
    );
  };
  const [live, desired] = [set('live'), set('desired')];
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...live.keys(), ...desired.keys()]);
  return [...names].sort().flatMap((gate): GateChange[] => {
    const was = live.has(gate) ? live.get(gate) === 'true' : before[gate]?.on;
    const is = desired.has(gate) ? desired.get(gate) === 'true' : after[gate]?.on;
    if (was === is) return [];
    const by = live.has(gate) || desired.has(gate) ? 'code' : 'release';
    return [{ gate, ...(was === undefined ? {} : { from: was }), ...(is === undefined ? {} : { to: is }), by }];
  });
}

function known(version: Version): { readonly [gate: string]: { readonly on: boolean } } {
  const oldest: Version = { major: 1, minor: 16, patch: 0 };
  const own = version.minor < oldest.minor ? oldest : version;
  return gatesOf(KarmadaVersion.of(`v${versionText(own)}`));
}

/** The fields that come with the releases after one, up to another. */
export function newFields(from: Version, to: Version): NewField[] {
  return NEWER.flatMap(({ since, apiVersion, kind, path }) =>
    isCrossed(since, from, to) ? [{ since, apiVersion, kind, path: path ?? '' }] : [],
  );
}

/** Is a minor release, such as `v1.18`, newer than what runs, and no newer than what comes? */
export function isCrossed(since: string, from: Version, to: Version): boolean {
  const { major, minor } = versionOf(`${since}.0`) as Version;
  const order = (version: { readonly major: number; readonly minor: number }) => version.major * 1000 + version.minor;
  return order({ major, minor }) > order(from) && order({ major, minor }) <= order(to);
}
