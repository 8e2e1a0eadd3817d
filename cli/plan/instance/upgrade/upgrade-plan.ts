import type { Trouble } from '../../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../command-error';
import type { Plan } from '../../plan';
import {
  type ComponentChange,
  componentChanges,
  type GateChange,
  gateChanges,
  isCrossed,
  type NewField,
  newFields,
} from './changes';
import { goingBack } from './going-back';
import { RELEASE_NOTES, type ReleaseNote } from './release-notes';
import type { ComponentPair } from './running';
import { compareVersions, imageVersion, type Version, versionOf, versionText } from './version';

/** A CustomResourceDefinition on Karmada that comes or changes. */
export interface DefinitionChange {
  readonly name: string;
  readonly change: 'comes' | 'changes';
  /** How many fields of it change. */
  readonly fields: number;
}

/** What is written together, when all before it is ready. */
export interface UpgradeWave {
  readonly wave: number;
  /** What it is about, in words. */
  readonly what: string;
  /** How many objects are written. */
  readonly writes: number;
  /** The components that are started anew. */
  readonly restarts: readonly string[];
}

/** What an upgrade changes, and what to know before. */
export interface UpgradePlan {
  readonly instance: string;
  /** Karmada's version that runs, such as `v1.17.5`: the oldest, where components differ. */
  readonly from: string;
  /** Karmada's version of the code. */
  readonly to: string;
  /** The version that an earlier apply was about and did not get to. */
  readonly begun?: string;
  readonly components: readonly ComponentChange[];
  readonly gates: readonly GateChange[];
  readonly fields: readonly NewField[];
  readonly definitions: readonly DefinitionChange[];
  readonly waves: readonly UpgradeWave[];
  readonly notes: readonly ReleaseNote[];
  readonly goingBack: readonly string[];
}

export interface UpgradeRequest {
  readonly instance: string;
  readonly namespace: string;
  /** Karmada's version of the code. */
  readonly to: string;
  /** What the record on the host says was applied last. */
  readonly recorded?: string;
  readonly pairs: readonly ComponentPair[];
  /** What apply would do. */
  readonly plan: Plan;
  readonly hasBackup: boolean;
}

const WHAT: { readonly [wave: number]: string } = {
  0: 'what needs nothing: namespace, configuration, Services',
  1: 'what needs the keys',
  2: 'etcd',
  3: "Karmada's API server",
  4: 'what needs the API server only',
  5: 'on Karmada: its kinds, access rules and the aggregated API',
  6: 'controllers, scheduler and webhook',
  7: 'on Karmada: what needs the webhook',
  8: 'what needs a member',
};

/** The programs whose image has Karmada's own version. */
const OTHERS = ['etcd', 'karmada-apiserver', 'karmada-kube-controller-manager'];

/**
 * What an upgrade changes.
 *
 * @throws when nothing of the instance runs, or the versions cannot be told
 */
export function upgradePlan(request: UpgradeRequest): UpgradePlan {
  const { instance, namespace, pairs, plan, hasBackup, recorded } = request;
  const to = versionOf(request.to);
  const from = oldest(pairs) ?? versionOf(recorded);
  if (!pairs.some(({ live }) => live)) throw refused(NOT_THERE(instance));
  if (!from || !to) throw refused(UNTOLD(instance));
  const changes = componentChanges(pairs);
  const begun = versionOf(recorded);
  return {
    instance,
    from: `v${versionText(from)}`,
    to: `v${versionText(to)}`,
    ...(begun && compareVersions(begun, from) !== 0 ? { begun: `v${versionText(begun)}` } : {}),
    components: changes,
    gates: gateChanges(pairs, from, to),
    fields: newFields(from, to),
    definitions: definitionChanges(plan),
    waves: wavesOf(plan, changes),
    notes: RELEASE_NOTES.filter(({ since }) => isCrossed(since, from, to)),
    goingBack: goingBack({ namespace, pairs, from, to, hasBackup }),
  };
}

/** Does another program run afterwards? */
export function isUpgrade({ from, to, components }: UpgradePlan): boolean {
  return from !== to || components.some(({ image, change }) => change === 'changes' && image);
}

function oldest(pairs: readonly ComponentPair[]): Version | undefined {
  const versions = pairs.flatMap(({ live }) => {
    const version = live && !OTHERS.includes(live.name) ? imageVersion(live.image) : undefined;
    return version ? [version] : [];
  });
  return versions.sort(compareVersions)[0];
}

function definitionChanges({ objects }: Plan): DefinitionChange[] {
  return objects
    .filter(
      ({ key, action }) => key.kind === 'CustomResourceDefinition' && (action === 'create' || action === 'update'),
    )
    .map(({ key, action, changes }) => ({
      name: key.name,
      change: action === 'create' ? 'comes' : 'changes',
      fields: changes.length,
    }));
}

function wavesOf({ objects, issues }: Plan, changes: readonly ComponentChange[]): UpgradeWave[] {
  const written = objects.filter(({ action }) => action !== 'unchanged');
  const waves = [...new Set(written.map(({ wave }) => wave))].sort();
  const changing = new Map(changes.map((each) => [each.name, each]));
  const made = waves.map((wave) => {
    const own = written.filter((object) => object.wave === wave);
    const restarts = own
      .filter(({ key }) => ['Deployment', 'StatefulSet'].includes(key.kind) && changing.has(key.name))
      .map(({ key }) => key.name);
    return { wave, what: WHAT[wave] ?? '', writes: own.length, restarts };
  });
  const issued = issues.filter(({ action }) => action !== 'keep').length;
  if (!issued) return made;
  const keys = { wave: 1, what: 'certificates and keys are issued', writes: issued, restarts: [] };
  return [...made, keys].sort((a, b) => a.wave - b.wave);
}

function refused(trouble: Trouble): CommandError {
  return new CommandError(ExitCode.USAGE, [trouble]);
}

const NOT_THERE = (instance: string): Trouble => ({
  what: `there is nothing to upgrade: no component of "${instance}" is on the host`,
  fix: 'install it with `cdk8s-karmada apply`, or give the right host with --host-context',
});

const UNTOLD = (instance: string): Trouble => ({
  what: `which Karmada "${instance}" runs cannot be told: neither its images nor its record name a version`,
  fix: 'compare the images by hand, and use `cdk8s-karmada apply`',
});
