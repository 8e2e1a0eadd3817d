import { RELEASE_NOTES } from '../../../cli/plan/instance/upgrade/release-notes';
import { type ComponentPair, componentOf, isComponent } from '../../../cli/plan/instance/upgrade/running';
import { stepTroubles } from '../../../cli/plan/instance/upgrade/steps';
import { isUpgrade, upgradePlan } from '../../../cli/plan/instance/upgrade/upgrade-plan';
import { imageVersion, versionOf } from '../../../cli/plan/instance/upgrade/version';
import type { Plan, PlannedObject } from '../../../cli/plan/plan';
import { totalsOf } from '../../../cli/plan/plan';
import { paint } from '../../../cli/render/paint';
import { upgradeText } from '../../../cli/render/upgrade-text';
import { KarmadaVersion } from '../../../src/core/karmada-version';
import { keyOf } from '../../../src/core/object-key';
import { troubleText } from '../../../src/core/private/trouble';
import type { MulticloudInstanceProps } from '../../../src/instance/multicloud-instance-props';
import { anInstance, type Rendered } from '../../instance/an-instance';

type Props = Partial<MulticloudInstanceProps>;
const { V1_16, V1_17, V1_18 } = KarmadaVersion;

const rendered = new Map<string, Rendered>();

/** An instance with these props, which are synthesized once. */
function synthesized(props: Props): Rendered {
  const id = JSON.stringify({ ...props, version: props.version?.version });
  const found = rendered.get(id) ?? anInstance(props);
  rendered.set(id, found);
  return found;
}

/** The components of two syntheses beside each other. */
function pairs(from: Props, to: Props): ComponentPair[] {
  const [live, desired] = [from, to].map((props) => synthesized(props).host.filter(isComponent).map(componentOf));
  const names = [...new Set([...live, ...desired].map(({ name }) => name))];
  return names.map((name) => ({
    live: live.find((each) => each.name === name),
    desired: desired.find((each) => each.name === name),
  }));
}

/** A plan that updates everything that differs, as apply would. */
function planOf(from: Props, to: Props): Plan {
  const [before, after] = [from, to].map((props) => {
    const { host, karmada } = synthesized(props);
    return [...host.map((each) => ['host', each] as const), ...karmada.map((each) => ['karmada', each] as const)];
  });
  const objects = after.map(([plane, manifest]): PlannedObject => {
    const old = before.find(
      ([other, each]) =>
        other === plane && each.kind === manifest.kind && each.metadata.name === manifest.metadata.name,
    )?.[1];
    const same = JSON.stringify(old) === JSON.stringify(manifest);
    return {
      plane,
      chart: 'east',
      key: keyOf(manifest),
      action: !old ? 'create' : same ? 'unchanged' : 'update',
      wave: Number(manifest.metadata.annotations['cdk8s-karmada.io/wave'] ?? 0),
      path: '',
      source: { file: '', document: 1 },
      changes: same ? [] : [{ path: 'spec', kind: 'change' }],
      conflicts: [],
      notes: [],
    };
  });
  return { planes: [], sets: [], objects, prunes: [], issues: [], totals: totalsOf(objects, [], [], []), notes: [] };
}

const upgradeOf = (from: Props, to: Props & { version: KarmadaVersion }, more = {}) =>
  upgradePlan({
    instance: 'east',
    namespace: 'karmada-system',
    to: to.version.version,
    pairs: pairs(from, to),
    plan: planOf(from, to),
    hasBackup: false,
    ...more,
  });

const refusals = (from: Props, to: Props) => stepTroubles(pairs(from, to), 'host: prod').map(troubleText);
/** With another image of a component. */
const withImages = (all: ComponentPair[], side: 'live' | 'desired', images: { [name: string]: string }) =>
  all.map((pair) => {
    const component = pair[side];
    const image = component && images[component.name];
    return image ? { ...pair, [side]: { ...component, image } } : pair;
  });

describe('versions', () => {
  test.each([
    ['v1.18.2', { major: 1, minor: 18, patch: 2 }],
    ['3.6.6-0', { major: 3, minor: 6, patch: 6 }],
    ['latest', undefined],
    ['v1.18', undefined],
    [undefined, undefined],
  ])('of %s', (text, version) => expect(versionOf(text)).toEqual(version));

  test.each([
    ['registry.k8s.io/etcd:3.6.6-0', { major: 3, minor: 6, patch: 6 }],
    ['registry.example.com:5000/k/kube-apiserver:v1.35.2@sha256:abc', { major: 1, minor: 35, patch: 2 }],
    ['registry.example.com:5000/kube-apiserver', undefined],
    ['docker.io/karmada/karmada-webhook@sha256:abc', undefined],
  ])('of the image %s', (image, version) => expect(imageVersion(image)).toEqual(version));
});

describe('steps', () => {
  test.each([
    ['a minor release', V1_16, V1_17],
    ['the next one', V1_17, V1_18],
    ['none', V1_18, V1_18],
    ['a patch release', KarmadaVersion.of('v1.18.0'), V1_18],
    ['a patch release back', V1_18, KarmadaVersion.of('v1.18.1')],
  ])('%s may be taken', (_, from, to) => expect(refusals({ version: from }, { version: to })).toEqual([]));

  const components = 'karmada-aggregated-apiserver, karmada-controller-manager, karmada-scheduler, karmada-webhook';

  test('a minor release of Karmada cannot be skipped', () => {
    expect(refusals({ version: V1_16 }, { version: V1_18 })).toEqual([
      `Karmada would go from 1.16.8 to 1.18.2 at once (${components}): only one minor release at a time is supported
  at host: prod
  fix: set version: KarmadaVersion.V1_17 and apply that first, then go on from there
  see: https://karmada.io/docs/administrator/upgrading/`,
    ]);
  });

  test('nor is there a way back to one', () => {
    expect(refusals({ version: V1_18 }, { version: V1_17 })).toEqual([
      `Karmada would go back from 1.18.2 to 1.17.5 (${components}): what a newer minor release has written, an older one may not read
  at host: prod
  fix: keep the release that runs; to go back all the same, restore the data from before: see "Going back" in docs/upgrade.md
  see: https://karmada.io/docs/administrator/upgrading/`,
    ]);
  });

  test('a run that stopped in the middle goes on, and not from an older one over it', () => {
    const mixed = withImages(pairs({ version: V1_17 }, { version: V1_18 }), 'live', {
      'karmada-aggregated-apiserver': 'docker.io/karmada/karmada-aggregated-apiserver:v1.18.2',
    });
    expect(stepTroubles(mixed)).toEqual([]);
    const old = withImages(pairs({ version: V1_17 }, { version: V1_18 }), 'live', {
      'karmada-webhook': 'docker.io/karmada/karmada-webhook:v1.16.8',
    });
    expect(stepTroubles(old).map(({ what }) => what)).toEqual([
      'Karmada would go from 1.16.8 to 1.18.2 at once (karmada-webhook): only one minor release at a time is supported',
    ]);
  });

  test('all that is wrong is told at once: Kubernetes and etcd have rules of their own', () => {
    const all = withImages(pairs({ version: V1_17 }, { version: V1_18 }), 'live', {
      etcd: 'registry.k8s.io/etcd:3.4.18-0',
      'karmada-apiserver': 'registry.k8s.io/kube-apiserver:v1.33.0',
      'karmada-kube-controller-manager': 'registry.k8s.io/kube-controller-manager:v1.36.0',
    });
    expect(stepTroubles(all).map(({ what, fix }) => [what, fix])).toEqual([
      [
        'etcd would go from 3.4.18 to 3.6.6 at once (etcd): only one minor release at a time is supported',
        'apply an image of etcd 3.5 first, then go on from there',
      ],
      [
        'the Kubernetes API server would go back from 1.36.0 to 1.35.2 (karmada-kube-controller-manager): what a newer minor release has written, an older one may not read',
        'keep the release that runs; to go back all the same, restore the data from before: see "Going back" in docs/upgrade.md',
      ],
      [
        'the Kubernetes API server would go from 1.33.0 to 1.35.2 at once (karmada-apiserver): only one minor release at a time is supported',
        'apply images of Kubernetes 1.34 first, then go on from there',
      ],
    ]);
  });

  test.each([
    ['3.5.24-0', ['etcd would go from 3.5.24 to 3.6.6: members that were removed long ago may come back']],
    ['3.5.26-0', []],
    ['3.6.0-0', []],
    ['3.7.0-0', [expect.stringContaining('etcd would go back from 3.7.0 to 3.6.6')]],
  ])('etcd %s to 3.6.6', (tag, told) => {
    const all = withImages(pairs({ version: V1_17 }, { version: V1_18 }), 'live', {
      etcd: `registry.k8s.io/etcd:${tag}`,
    });
    expect(stepTroubles(all).map(({ what }) => what)).toEqual(told);
  });

  test('an image by digest alone is not judged', () => {
    const all = withImages(pairs({ version: V1_16 }, { version: V1_18 }), 'desired', {
      'karmada-webhook': 'docker.io/karmada/karmada-webhook@sha256:abc',
    });
    expect(stepTroubles(all)[0].what).not.toContain('karmada-webhook');
  });
});

describe('what an upgrade changes', () => {
  test('v1.16 to v1.17: images of Kubernetes and etcd, a gate that is on now, fields, notes', () => {
    const plan = upgradeOf({ version: V1_16 }, { version: V1_17 });
    expect(plan).toMatchObject({ from: 'v1.16.8', to: 'v1.17.5' });
    expect(plan.components.find(({ name }) => name === 'etcd')?.image).toEqual({
      from: 'registry.k8s.io/etcd:3.6.0-0',
      to: 'registry.k8s.io/etcd:3.6.6-0',
    });
    expect(plan.gates).toEqual([
      { gate: 'ControllerPriorityQueue', from: false, to: true, by: 'release' },
      { gate: 'WorkloadAffinity', to: false, by: 'release' },
    ]);
    expect(plan.fields.map(({ since, path }) => `${since} ${path}`)).toContain('v1.17 spec.placement.workloadAffinity');
    expect(plan.fields.every(({ since }) => since === 'v1.17')).toBe(true);
    expect(plan.notes).toEqual(RELEASE_NOTES.filter(({ since }) => since === 'v1.17'));
    expect(plan.definitions.map(({ name, change }) => `${change} ${name}`)).toContain(
      'changes propagationpolicies.policy.karmada.io',
    );
  });

  test('flags and gates of the code are told with what they were', () => {
    const plan = upgradeOf(
      {
        version: V1_17,
        featureGates: { MultiClusterService: true },
        components: { karmadaScheduler: { extraArgs: { 'kube-api-qps': '40' } } },
      },
      {
        version: V1_18,
        featureGates: { MultiClusterService: true, WorkloadAffinity: true },
        components: { karmadaScheduler: { extraArgs: { 'kube-api-burst': '90' } }, karmadaSearch: {} },
      },
    );
    const scheduler = plan.components.find(({ name }) => name === 'karmada-scheduler');
    expect(scheduler?.flags).toContainEqual({ flag: 'kube-api-burst', to: '90' });
    expect(scheduler?.flags).toContainEqual({ flag: 'kube-api-qps', from: '40' });
    expect(plan.gates).toEqual([
      { gate: 'SchedulingOvercommitProtection', to: false, by: 'release' },
      { gate: 'WorkloadAffinity', from: false, to: true, by: 'code' },
    ]);
    expect(plan.components.find(({ change }) => change === 'comes')).toEqual({
      name: 'karmada-search',
      change: 'comes',
      image: { to: 'docker.io/karmada/karmada-search:v1.18.2' },
      flags: [],
    });
  });

  test('as a person reads it', () => {
    const text = upgradeText(upgradeOf({ version: V1_17 }, { version: V1_18 }), paint(false));
    const [head, ...sections] = text.split('\n\n').flatMap((part) => part.split('\n'));
    expect(head).toBe('Upgrade of east: Karmada v1.17.5 -> v1.18.2');
    expect(sections.filter((line) => /^\S/.test(line))).toEqual([
      'Before',
      'Images',
      'Feature gates',
      'Fields',
      'CRDs',
      'Waves',
      'Going back',
    ]);
    expect(text).toContain(`Images
  ~ karmada-aggregated-apiserver: docker.io/karmada/karmada-aggregated-apiserver:v1.17.5 -> docker.io/karmada/karmada-aggregated-apiserver:v1.18.2
`);
    expect(text).toMatch(
      /\n {2}6 {2}controllers, scheduler and webhook: \d+ writes; starts anew: karmada-controller-manager, karmada-scheduler, karmada-webhook\n/,
    );
    expect(text).toContain(`Going back
  take a snapshot of etcd first: the code makes none (etcdBackup), and docs/etcd.md says how to take one by hand
  Karmada 1.18 may write fields that 1.17 does not know: an apply of an older minor release is refused
  to go back, delete the workloads of the instance (not its volumes), restore the snapshot with the release of before, and apply its code: docs/upgrade.md
  what changed on Karmada after the snapshot is lost then; workloads on members go on running
`);
  });

  test('a snapshot is one command where the code makes them; a patch release can be gone back on', () => {
    const { goingBack } = upgradeOf({ version: KarmadaVersion.of('v1.18.0') }, { version: V1_18 }, { hasBackup: true });
    expect(goingBack).toEqual([
      'take a snapshot of etcd first: kubectl --namespace karmada-system create job --from=cronjob/etcd-backup before-1-18-2',
      'a patch release can be gone back on: set the version that runs now, and apply',
    ]);
  });

  test('a record that is ahead tells of a run that did not end', () => {
    expect(upgradeOf({ version: V1_17 }, { version: V1_18 }, { recorded: 'v1.18.2' }).begun).toBe('v1.18.2');
    expect(upgradeOf({ version: V1_17 }, { version: V1_18 }, { recorded: 'v1.17.5' }).begun).toBeUndefined();
  });

  test('the same release is no upgrade, and nothing there is none either', () => {
    expect(isUpgrade(upgradeOf({ version: V1_18 }, { version: V1_18 }))).toBe(false);
    expect(isUpgrade(upgradeOf({ version: V1_17 }, { version: V1_18 }))).toBe(true);
    const none = pairs({ version: V1_18 }, { version: V1_18 }).map(({ desired }) => ({ desired }));
    expect(() => upgradeOf({ version: V1_18 }, { version: V1_18 }, { pairs: none })).toThrow(
      'there is nothing to upgrade: no component of "east" is on the host\n  fix: install it with `cdk8s-karmada apply`, or give the right host with --host-context',
    );
  });
});
