import { X509Certificate } from 'node:crypto';
import { App, Chart, JsonPatch, Size, Yaml } from 'cdk8s';
import { seenOfHost } from '../../cli/apply/instance/host-contexts';
import { hostSnapshot } from '../../cli/apply/instance/host-snapshot';
import { hostedInstanceNamed, hostedInstances, pkiPlanOf } from '../../cli/apply/instance/hosted-instances';
import { accessOf, parseKubeconfig } from '../../cli/apply/kubeconfig';
import { clientCertificate } from '../../cli/apply/pki/client-certificate';
import type { PkiPlan } from '../../cli/apply/pki/plan';
import { type ContextChoice, choosePlane } from '../../cli/apply/plane-choice';
import { readCharts } from '../../cli/plan/chart-input';
import { readDocuments } from '../../cli/plan/document';
import { type DoctorReport, examine, exitCodeOf } from '../../cli/plan/instance/doctor/check';
import { HOST_CHECKS } from '../../cli/plan/instance/doctor/host-checks';
import { hostCandidate } from '../../cli/plan/instance/host-candidate';
import { type InstanceOrder, listed } from '../../cli/plan/instance/instance-row';
import { kubeconfigOf } from '../../cli/plan/instance/kubeconfig-entry';
import { orphansOf } from '../../cli/plan/instance/orphan';
import { Findings } from '../../src/core/findings';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { InstanceDeletion } from '../../src/instance/instance-deletion';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import type { MulticloudInstanceProps } from '../../src/instance/multicloud-instance-props';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { ending, standing } from '../cli/apply/instance/destroyed';
import { MemoryServer } from '../cli/apply/instance/memory-server';
import { aNode, hostDouble, standard } from '../cli/instance/host-double';
import { installed } from '../cli/instance/installed';
import { look } from '../cli/instance/looked-at';
import { messageOf } from '../core/fake-instance';
import { anInstance, find, flagsOf, podOf, threeMembers } from '../instance/an-instance';

const record = (props: Partial<MulticloudInstanceProps> = {}) =>
  find(anInstance(props).host, 'ConfigMap', 'east-east-host').metadata;
const codes = (props: Partial<MulticloudInstanceProps>) =>
  Findings.of(anInstance(props).instance).all.map(({ code }) => code);

const warning = (kind: string, name: string, reason: string, message: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  type: 'Warning',
  metadata: { name: `${name}.1`, namespace: 'karmada-system' },
  involvedObject: { kind, name },
  reason,
  message,
});
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
};
/** A host with these instances, and the Karmada of the first. */
const hostOf = (...names: string[]) => {
  const all = names.map((name) => standing(name));
  return {
    host: new MemoryServer(
      'host',
      all.flatMap(({ host }) => host),
    ),
    karmada: new MemoryServer('karmada', all[0].karmada),
  };
};
const fails = ({ findings }: DoctorReport) =>
  findings.filter(({ state }) => state === 'fails').map(({ state: _, see, ...finding }) => finding);

describe('add an instance', () => {
  test('row 1: several instances in one app, that share no object', () => {
    const app = new App();
    const [east, west] = ['east', 'west'].map((instanceName) => {
      return new MulticloudInstance(app, instanceName, { instanceName, namespace: instanceName, etcd: threeMembers });
    });
    const keys = (instance: MulticloudInstance) =>
      instance.toJson().map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
    expect(keys(east).filter((key) => keys(west).includes(key))).toEqual([]);
    expect(app.charts.map(({ node }) => node.path)).toEqual(['east', 'east/karmada', 'west', 'west/karmada']);
  });

  test('row 2: the first thing to make is an instance: a chart asks for one', () => {
    expect(() => new MulticloudChart(new App(), 'shop', {} as any)).toThrow();
    expect(new MulticloudChart(new App(), 'shop', { instance: anInstance().instance }).instance.instanceName).toBe(
      'east',
    );
  });

  test('row 3: a way to add one', () => {
    const instance = new MulticloudInstance(new App(), 'east', { instanceName: 'east', etcd: threeMembers });
    expect(Chart.isChart(instance)).toBe(true);
    expect(instance.toJson().length).toBeGreaterThan(20);
  });

  test('row 4: a name that is checked', () => {
    expect(messageOf(() => anInstance({ instanceName: 'East Coast' }))).toBe(
      [
        'instanceName must be lower case letters, digits and -, beginning and ending with a letter or a digit, got "East Coast"',
        '  at east',
        '  fix: use a name such as east or eu-1',
      ].join('\n'),
    );
  });

  test('row 5: an alias in any words, whose change touches nothing else', () => {
    expect(record({ alias: 'Ost: Küste' }).annotations['cdk8s-karmada.io/alias']).toBe('Ost: Küste');
    const others = (alias: string) =>
      anInstance({ alias }).host.map(({ metadata: { annotations, ...metadata }, ...rest }) => {
        const { 'cdk8s-karmada.io/alias': _, ...kept } = annotations;
        return { ...rest, metadata: { ...metadata, annotations: kept } };
      });
    expect(others('east')).toEqual(others('west'));
  });

  test('row 6: the host is one of the clusters that are known: an option says which, or a file for each instance', () => {
    const given = {
      instance: 'east',
      instances: ['east', 'west'],
      flags: {},
      environment: {},
      homeFolder: '/home/ada',
      workingFolder: '/srv/fleet',
    };
    const planes = { east: { host: { context: 'prod' } }, west: { host: { context: 'test' } } };
    const file = { path: '/srv/fleet/cdk8s-karmada.yaml', planes };
    const contextOf = (more: any) => (choosePlane('host', { ...given, ...more }) as ContextChoice).context;
    expect(contextOf({ file })).toBe('prod');
    expect(contextOf({ file, instance: 'west' })).toBe('test');
    expect(contextOf({ file, flags: { hostContext: 'third' } })).toBe('third');
    expect(messageOf(() => contextOf({}))).toContain('nothing says where the host of "east" is');
  });

  test('row 7: labels and annotations of the instance', () => {
    const given = { instanceLabels: { team: 'platform' }, instanceAnnotations: { 'example.com/owner': 'a@b.example' } };
    for (const { labels, annotations } of [
      record(given),
      find(anInstance(given).host, 'Namespace', 'karmada-system').metadata,
    ]) {
      expect(labels).toMatchObject(given.instanceLabels);
      expect(annotations).toMatchObject(given.instanceAnnotations);
    }
    expect(
      messageOf(() => anInstance({ instanceLabels: { app: 'x', 'a b': 'c' }, instanceAnnotations: { 'd e': 'f' } })),
    ).toBe(
      [
        '"app" is a key that the instance sets itself',
        '  at east',
        '  fix: use a domain of your own',
        '"a b" cannot be the key of a label',
        '  at east',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        '"d e" cannot be the key of an annotation',
        '  at east',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
      ].join('\n'),
    );
  });

  test('row 9: a host is looked at before: without a StorageClass it is said that the installation would fail', async () => {
    const { host: manifests, karmada } = anInstance();
    const text = Yaml.stringify(...manifests, ...karmada);
    const input = readCharts(readDocuments([{ file: 'app.yaml', text }]));
    const nodes = ['a', 'b', 'c'].map((name) => aNode(name));
    const examined = async (...objects: any[]) =>
      examine(HOST_CHECKS, await hostSnapshot({ host: hostDouble(objects), now: Date.now, input }));
    const report = await examined(...nodes);
    expect(report.findings.filter(({ state }) => state === 'fails')).toEqual([
      {
        check: 'storage-class',
        state: 'fails',
        about: 'etcd-data of StatefulSet/etcd',
        cause: 'it names no StorageClass, and none is the default (the host has none)',
        fix: 'install a StorageClass with a provisioner, and mark one as the default with the annotation storageclass.kubernetes.io/is-default-class: "true"',
        see: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',
      },
    ]);
    expect(exitCodeOf(report)).toBe(4);
    expect(exitCodeOf(await examined(...nodes, standard))).toBe(0);
    const noNode = await examined(aNode('a', { status: {} }), standard);
    expect(noNode.findings.filter(({ state }) => state === 'fails').map(({ check }) => check)).toEqual([
      'nodes-ready',
      'capacity',
      'etcd-spread',
    ]);
  });

  test('row 8: any cluster can host; of each it is told whether it could, and why not', async () => {
    const found = async (server: MemoryServer) => {
      const { fits, why, mind } = hostCandidate({ context: 'prod', current: true }, await seenOfHost(server, 200));
      return [fits, why ?? mind];
    };
    expect(await found(new MemoryServer('host', [storageClass]))).toEqual([true, undefined]);
    expect(await found(new MemoryServer('host'))).toEqual([
      true,
      'it has no StorageClass: etcd needs one, or a folder of a node',
    ]);
    const gone = new MemoryServer('host');
    gone.down = () => new Promise(() => undefined);
    expect(await found(gone)).toEqual([false, 'no answer came in 0.2 s']);
  });

  test('row 11: the newest comes first in the list, unless it is sorted by name', async () => {
    const host = new MemoryServer('host', [
      ...standing('a', {}, '2026-01-01T00:00:00Z').host,
      ...standing('b', {}, '2026-03-01T00:00:00Z').host,
      ...standing('c', {}, '2026-02-01T00:00:00Z').host,
    ]);
    const names = async (order: InstanceOrder) =>
      listed(await hostedInstances(host, {}), order).map(({ instanceName }) => instanceName);
    expect([await names('created'), await names('name')]).toEqual([
      ['b', 'c', 'a'],
      ['a', 'b', 'c'],
    ]);
  });

  test('row 12: it goes to the host that the command is given: its objects name no other cluster', () => {
    expect(record().annotations['cdk8s-karmada.io/target']).toBe('host');
    expect(JSON.stringify(anInstance().host)).not.toMatch(/apiEndpoint|secretRef/);
  });

  test('row 13: it is a virtual cluster, by itself', () => {
    expect(anInstance().instance.virtualClusterName).toBe('k-east');
  });

  test('row 14: a prefix keeps its name apart, within what Karmada takes for a cluster', () => {
    expect(anInstance({ instanceName: 'e'.repeat(46) }).instance.virtualClusterName).toHaveLength(48);
    expect(messageOf(() => anInstance({ instanceName: 'e'.repeat(47) }))).toContain(
      'instanceName must be 46 characters or less, got 47',
    );
  });

  test('row 15: Karmada goes with the instance: its record says so', () => {
    expect(record({ deletion: InstanceDeletion.RELEASE_KARMADA }).annotations['cdk8s-karmada.io/deletion']).toBe(
      'release',
    );
  });

  test('row 16: which is the default', () => {
    expect(record()).toEqual(record({ deletion: InstanceDeletion.RELEASE_KARMADA }));
  });

  test('row 17: or Karmada stays, which its record says too', () => {
    expect(record({ deletion: InstanceDeletion.RETAIN_KARMADA }).annotations['cdk8s-karmada.io/deletion']).toBe(
      'retain',
    );
  });

  test('row 18: what goes is shown first, in its order, and is what is then deleted', async () => {
    const { host, karmada } = hostOf('east');
    const end = await ending(host, karmada, 'east', { deleteData: true });
    expect(host.writes).toEqual([]);
    expect(end.going.slice(-1)).toEqual(['host: Namespace/east-system']);
    await end.run();
    const deleted = host.writes.filter((each) => each.startsWith('DELETE ') && !each.includes('/east-east-host'));
    expect(deleted.map((each) => each.replace('DELETE', 'host:')).sort()).toEqual([...end.going].sort());
  });

  test('row 19: an instance that was deleted is in no list; one that was retained only among the orphans', async () => {
    const { host, karmada } = hostOf('east', 'west');
    await (await ending(host, karmada, 'east', { deleteData: true })).run();
    const hosted = (await hostedInstances(host, {})).map((each) => ({ ...each, retained: '2026-03-01T00:00:00Z' }));
    expect(listed(hosted, 'created')).toEqual([]);
    expect(orphansOf(hosted, [], undefined, '').map(({ name, recycle }) => [name, recycle])).toEqual([
      ['west', 'cdk8s-karmada instance destroy west --release'],
    ]);
  });

  test('row 20: what needs attention is said, and fails nothing', () => {
    const etcd = EtcdStorage.hostPath({ nodeSelector: { disk: 'ssd' } });
    expect(codes({ etcd, deletion: InstanceDeletion.RETAIN_KARMADA, version: KarmadaVersion.of('v1.99.0') })).toEqual([
      'MC104',
      'MC105',
      'MC101',
    ]);
  });
});

describe('create a multicloud instance', () => {
  test('row 21: nothing multicloud without an instance', () => {
    const chart = new Chart(new App(), 'plain');
    expect(messageOf(() => new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1' }] }))).toContain(
      'MulticloudDeployment stands in no MulticloudChart',
    );
  });

  test('row 22: Karmada comes by itself, from direct manifests', () => {
    const { host, karmada } = anInstance();
    expect(host.filter(({ spec }) => spec?.template).map(({ metadata }) => metadata.name)).toEqual([
      'etcd',
      'karmada-apiserver',
      'karmada-aggregated-apiserver',
      'karmada-kube-controller-manager',
      'karmada-controller-manager',
      'karmada-scheduler',
      'karmada-webhook',
    ]);
    expect(karmada.filter(({ kind }) => kind === 'CustomResourceDefinition')).toHaveLength(19);
    expect([...host, ...karmada].filter(({ kind }) => kind === 'Karmada')).toEqual([]);
  });

  test('row 23: as in row 12', () => {
    expect(record().annotations['cdk8s-karmada.io/target']).toBe('host');
  });

  test('row 24: the prefix is k-', () => {
    expect(anInstance({ instanceName: 'eu-1' }).instance.virtualClusterName).toBe('k-eu-1');
  });

  test('row 25: a way to create one: a name and its storage are enough', () => {
    const etcd = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) });
    expect(new MulticloudInstance(new App(), 'east', { instanceName: 'east', etcd }).toJson()).not.toEqual([]);
  });

  test('row 27: which clusters there are to choose from, and how one is added', () => {
    const kubeconfig = parseKubeconfig(JSON.stringify({ contexts: [{ name: 'prod' }, { name: 'test' }] }), 'config');
    const asked = { by: '--host-context', flag: '--host-context' };
    expect(messageOf(() => accessOf(kubeconfig, asked, 'stage'))).toBe(
      [
        'context "stage" is not in config',
        '  at --host-context',
        '  fix: choose one of its contexts with --host-context: prod, test; or add it with `kubectl config set-context`, or name the kubeconfig that has it with --host-kubeconfig',
      ].join('\n'),
    );
  });

  test('row 28: Karmada is deleted with the instance, and nothing else on its host', async () => {
    const { host, karmada } = hostOf('east', 'west');
    const others = host.names.filter((name) => !name.includes('east-system'));
    expect(await (await ending(host, karmada, 'east', { deleteData: true })).run()).toMatchObject({ exitCode: 0 });
    expect(host.names).toEqual(others);
  });

  test('row 29: a Karmada that stays without its instance is reached by name, with what its host still has', async () => {
    const { host: left } = await installed({ deletion: InstanceDeletion.RETAIN_KARMADA });
    const host = hostDouble(left);
    const hosted = await hostedInstanceNamed(host, 'east', {});
    expect(hosted.deletion).toBe('retain');
    const plan = pkiPlanOf(hosted) as PkiPlan;
    const until = host.asked.length;
    const made = await clientCertificate(host, plan, { validityMs: 60 * 60 * 1000 }, new Date());
    expect(host.asked.slice(until)).toEqual(['GET /api/v1/namespaces/karmada-system/secrets/karmada-ca']);
    const certificate = new X509Certificate(made.certificate);
    expect(certificate.subject).toBe('O=system:masters\nCN=system:admin');
    expect(certificate.verify(new X509Certificate(made.authority).publicKey)).toBe(true);
    const user = { 'client-certificate-data': made.certificate, 'client-key-data': made.key };
    const cluster = { server: 'https://localhost:5443', 'certificate-authority-data': made.authority };
    expect(kubeconfigOf({ name: hosted.virtualClusterName, cluster, user })).toContain('current-context: k-east\n');
  });

  test('row 30: keeping Karmada is warned about, until there is a reason', () => {
    expect(codes({ deletion: InstanceDeletion.RETAIN_KARMADA })).toEqual(['MC104']);
    const { instance } = anInstance({ deletion: InstanceDeletion.RETAIN_KARMADA });
    Findings.of(instance).acknowledge('MC104', 'the platform team looks after it');
    expect(Findings.of(instance).all.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
  });

  test('row 31: storage from a StorageClass, with a size and members', () => {
    const etcd = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(20), storageClass: 'fast', replicas: 5 });
    const { spec } = find(anInstance({ etcd }).host, 'StatefulSet', 'etcd');
    expect([spec.replicas, spec.volumeClaimTemplates[0].spec]).toEqual([
      5,
      {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        resources: { requests: { storage: '20Gi' } },
        volumeMode: 'Filesystem',
      },
    ]);
  });

  test('row 32: there is no storage by default', () => {
    // @ts-expect-error: etcd is asked for
    const withoutStorage: MulticloudInstanceProps = { instanceName: 'east' };
    expect(() => new MulticloudInstance(new App(), 'east', withoutStorage)).toThrow();
  });

  test('row 33: etcd that does not run is told with its last events, and what to do', async () => {
    const there = await installed();
    const host = there.host.map((each) =>
      each.kind === 'StatefulSet' ? { ...each, status: { replicas: 3, readyReplicas: 0 } } : each,
    );
    const event = warning('StatefulSet', 'etcd', 'FailedCreate', 'exceeded quota: team');
    expect(fails((await look({ ...there, host: [...host, event] })).report)).toEqual([
      {
        check: 'etcd-ready',
        about: 'StatefulSet/karmada-system/etcd',
        cause:
          '0 of 3 members are ready: 2 are needed, so nothing can be written; last events: etcd FailedCreate: exceeded quota: team',
        fix: 'see why its pods do not run (check pods) and whether their volumes are bound (check etcd-pvc-bound)',
      },
    ]);
    expect(fails((await look(there)).report)).toEqual([]);
  });

  test('row 34: a claim that is Pending is told with its StorageClass, provisioner and events', async () => {
    const there = await installed();
    const host = there.host.map((each) =>
      each.metadata.name === 'etcd-data-etcd-0' ? { ...each, status: { phase: 'Pending' } } : each,
    );
    const event = warning('PersistentVolumeClaim', 'etcd-data-etcd-0', 'ProvisioningFailed', 'no space left');
    expect(fails((await look({ ...there, host: [...host, event] })).report)).toEqual([
      {
        check: 'etcd-pvc-bound',
        about: 'PersistentVolumeClaim/karmada-system/etcd-data-etcd-0',
        cause:
          'it is Pending: its StorageClass is standard, provisioner disk.csi.example.com, which waits for the pod to have a node; last events: etcd-data-etcd-0 ProvisioningFailed: no space left',
        fix: 'see that the StorageClass is there, that its provisioner runs and has room; `instance doctor --host` looks at all of it',
      },
    ]);
  });

  test('row 35: every component is looked at, the API server among them', async () => {
    const there = await installed();
    const names = there.host.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    const status = { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 0 };
    const host = there.host.map((each) => (each.kind === 'Deployment' ? { ...each, status } : each));
    expect(names).toContain('karmada-apiserver');
    expect(fails((await look({ ...there, host })).report).map(({ about, cause }) => [about, cause])).toEqual(
      names.map((name) => [`Deployment/karmada-system/${name}`, '0 of 2 replicas are ready']),
    );
    const [{ fix }] = fails((await look({ ...there, host })).report);
    expect(fix).toContain('change its start-up command with `components.<name>.extraArgs`');
  });

  test('row 36: start-up commands can be changed, and wrong flags do not get to the host', () => {
    const { host } = anInstance({ components: { karmadaApiServer: { extraArgs: { 'goaway-chance': '0.001' } } } });
    expect(flagsOf(podOf(find(host, 'Deployment', 'karmada-apiserver')).container)['goaway-chance']).toBe('0.001');
    expect(
      messageOf(() => anInstance({ components: { karmadaApiServer: { extraArgs: { 'goaway-change': '0.001' } } } })),
    ).toBe(
      [
        'extraArgs of karmadaApiServer has goaway-change, a flag that karmada-apiserver of Karmada v1.18.2 does not have: it would not start',
        '  at east',
        '  fix: did you mean goaway-chance?',
      ].join('\n'),
    );
  });

  test('row 37: a folder of a node instead of volumes: it works, and is not highly available', () => {
    const etcd = EtcdStorage.hostPath({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } });
    expect(codes({ etcd })).toEqual(['MC101']);
    const { spec } = find(anInstance({ etcd }).host, 'StatefulSet', 'etcd');
    expect(spec.replicas).toBe(1);
    expect(spec.template.spec.volumes).toContainEqual({
      name: 'etcd-data',
      hostPath: { path: '/var/lib/east-karmada-etcd', type: 'DirectoryOrCreate' },
    });
  });
});

describe('settings of the control plane', () => {
  const started = (flag: string, value: string) => {
    const { host } = anInstance({ components: { karmadaControllerManager: { extraArgs: { [flag]: value } } } });
    return flagsOf(podOf(find(host, 'Deployment', 'karmada-controller-manager')).container)[flag];
  };

  test('row 185: how often clusters are looked at', () => {
    expect(started('cluster-monitor-period', '60s')).toBe('60s');
  });

  test('row 186: how long a silent cluster is trusted', () => {
    expect(started('cluster-monitor-grace-period', '40s')).toBe('40s');
  });

  test('row 187: how long a new one is', () => {
    expect(started('cluster-startup-grace-period', '600s')).toBe('600s');
  });

  test('row 190: how long a change of health has to last', () => {
    expect([started('cluster-success-threshold', '60s'), started('cluster-failure-threshold', '90s')]).toEqual([
      '60s',
      '90s',
    ]);
  });

  test('row 192: pods that find no room are placed anew: the descheduler asks the estimators', () => {
    const { host } = anInstance({
      components: {
        karmadaDescheduler: { extraArgs: { 'descheduling-interval': '5m', 'unschedulable-threshold': '10m' } },
        karmadaSchedulerEstimator: { clusters: ['berlin'] },
      },
    });
    expect(flagsOf(podOf(find(host, 'Deployment', 'karmada-descheduler')).container)).toMatchObject({
      'descheduling-interval': '5m',
      'unschedulable-threshold': '10m',
      'scheduler-estimator-service-namespace': 'karmada-system',
    });
  });

  test('row 225: priority classes by name, sidecars by a patch', () => {
    const { instance } = anInstance({ priorityClassName: 'fleet' });
    const sidecar = { name: 'audit', image: 'registry.example/audit:1' };
    instance.workloadOf('karmada-apiserver').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/-', sidecar));
    const { spec } = podOf(find(instance.toJson(), 'Deployment', 'karmada-apiserver'));
    expect([spec.priorityClassName, spec.containers[1]]).toEqual(['fleet', sidecar]);
  });
});
