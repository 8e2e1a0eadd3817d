import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { IngressBackend } from '../../src/workload/ingress-backend';
import { MulticloudConfigMap } from '../../src/workload/multicloud-config-map';
import { MulticloudIngress } from '../../src/workload/multicloud-ingress';
import { MulticloudNamespace } from '../../src/workload/multicloud-namespace';
import { MulticloudPersistentVolumeClaim } from '../../src/workload/multicloud-persistent-volume-claim';
import { MulticloudService } from '../../src/workload/multicloud-service';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

const BERLIN = ClusterSelector.names('berlin');

describe('MulticloudConfigMap', () => {
  test('data, binary data, immutable', () => {
    const chart = aChart();
    new MulticloudConfigMap(chart, 'Settings', { data: { a: '1' }, binaryData: { b: 'aGk=' }, immutable: true });
    expect(bare(chart, 'ConfigMap')).toStrictEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'default' },
        data: { a: '1' },
        binaryData: { b: 'aGk=' },
        immutable: true,
      },
    ]);
    expect(bare(chart, 'PropagationPolicy')[0].metadata.name).toBe('settings-configmap');
  });

  test('all that is wrong is said', () => {
    const props = { data: { 'a b': '1', c: 'x'.repeat(1024 * 1024) }, binaryData: { c: 'hi!' } };
    expect(messageOf(() => new MulticloudConfigMap(aChart(), 'My Settings', props))).toBe(
      `"my settings" cannot be the name of a ConfigMap
  at shop/My Settings
  fix: give a \`name\` of at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit, in parts with . between them
"a b" cannot be a key of a ConfigMap
  at shop/My Settings
  fix: use at most 253 letters, digits, -, _ and ., and do not begin with ..
the key "c" is given twice
  at shop/My Settings
  fix: leave one of them out
the data has 1048579 bytes, and 1048576 are the most
  at shop/My Settings
  fix: split it, or put it into a volume
the value of "c" in \`binaryData\` is not Base64
  at shop/My Settings
  fix: encode it, or give it in \`data\` if it is text`,
    );
  });

  test('of one of cdk8s-plus, from text, and taken over', () => {
    const chart = aChart();
    MulticloudConfigMap.of(new kplus.ConfigMap(chart, 'A', { metadata: { name: 'a' }, data: { k: 'v' } }));
    const text = '{apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {mode: "0644"}}';
    MulticloudConfigMap.fromYaml(chart, 'B', { yaml: text });
    MulticloudConfigMap.adopt(chart, 'C', { manifest: text.replace('name: b', 'name: c'), fromCluster: 'berlin' });
    expect(bare(chart, 'ConfigMap').map(({ metadata: { name }, data }) => [name, data])).toStrictEqual([
      ['a', { k: 'v' }],
      ['b', { mode: '0644' }],
      ['c', { mode: '0644' }],
    ]);
    expect(bare(chart, 'PropagationPolicy').map(({ spec }) => spec.conflictResolution)).toStrictEqual([
      undefined,
      undefined,
      'Overwrite',
    ]);
    expect(messageOf(() => MulticloudConfigMap.fromYaml(chart, 'D', { yaml: text.replace('ConfigMap', 'Pod') }))).toBe(
      `v1 ConfigMap is needed, got v1 Pod
  at shop/D
  fix: give v1 ConfigMap, or use MulticloudObject, which takes every kind`,
    );
    const pod = new kplus.Pod(chart, 'E', { metadata: { name: 'e' }, containers: [{ image: 'x' }] });
    expect(messageOf(() => MulticloudConfigMap.of(pod))).toBe(
      `v1 ConfigMap is needed, got v1 Pod
  at shop/E
  fix: give v1 ConfigMap, or use MulticloudObject, which takes every kind`,
    );
  });
});

describe('MulticloudPersistentVolumeClaim', () => {
  test('size, class, modes', () => {
    const chart = aChart();
    new MulticloudPersistentVolumeClaim(chart, 'uploads', {
      size: Size.gibibytes(10),
      storageClass: 'ssd',
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
      volumeMode: kplus.PersistentVolumeMode.BLOCK,
    });
    new MulticloudPersistentVolumeClaim(chart, 'cache', { size: Size.mebibytes(1) });
    expect(bare(chart, 'PersistentVolumeClaim').map(({ spec }) => spec)).toStrictEqual([
      {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '10Gi' } },
        storageClassName: 'ssd',
        volumeMode: 'Block',
      },
      { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    ]);
  });

  test('all that is wrong is said', () => {
    const { READ_WRITE_ONCE_POD: ONE, READ_WRITE_MANY: MANY } = kplus.PersistentVolumeAccessMode;
    const wrong = { size: Size.gibibytes(1), storageClass: 'SSD', accessModes: [ONE, MANY, MANY] };
    expect(messageOf(() => new MulticloudPersistentVolumeClaim(aChart(), 'uploads', wrong))).toBe(
      `"SSD" cannot be the name of a storage class
  at shop/uploads
  fix: give a name of at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
\`accessModes\` has ReadWriteMany twice
  at shop/uploads
  fix: give it once
\`accessModes\` has ReadWriteOncePod and others
  at shop/uploads
  fix: give ReadWriteOncePod alone, or leave it out`,
    );
  });
});

describe('MulticloudService', () => {
  const spec = (props: Partial<ConstructorParameters<typeof MulticloudService>[2]>) => {
    const chart = aChart();
    new MulticloudService(chart, 'web', { ports: [{ port: 80 }], ...props });
    return bare(chart, 'Service')[0].spec;
  };

  test.each([
    ['a cluster address', {}, { type: 'ClusterIP', ports: [{ port: 80 }] }],
    [
      'named ports, selected pods, affinity',
      {
        ports: [
          { name: 'http', port: 80, targetPort: 8080, protocol: kplus.Protocol.TCP },
          { name: 'dns', port: 53, protocol: kplus.Protocol.UDP },
        ],
        selector: { app: 'web' },
        sessionAffinity: Duration.hours(1),
      },
      {
        type: 'ClusterIP',
        ports: [
          { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
          { name: 'dns', port: 53, protocol: 'UDP' },
        ],
        selector: { app: 'web' },
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
      },
    ],
    [
      'no address of its own',
      { headless: true, publishNotReadyAddresses: true, ports: [] },
      { type: 'ClusterIP', clusterIP: 'None', publishNotReadyAddresses: true },
    ],
    [
      'a port of every node',
      { type: kplus.ServiceType.NODE_PORT, ports: [{ port: 80, nodePort: 30080 }] },
      { type: 'NodePort', ports: [{ nodePort: 30080, port: 80 }] },
    ],
    [
      'a load balancer',
      {
        type: kplus.ServiceType.LOAD_BALANCER,
        loadBalancerClass: 'x.example/lb',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
      {
        type: 'LoadBalancer',
        loadBalancerClass: 'x.example/lb',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        ports: [{ port: 80 }],
      },
    ],
    [
      'another name',
      { type: kplus.ServiceType.EXTERNAL_NAME, externalName: 'shop.example', ports: [] },
      { type: 'ExternalName', externalName: 'shop.example' },
    ],
  ])('%s', (_what, props, expected) => {
    expect(spec(props)).toStrictEqual(expected);
  });

  test('all that is wrong is said', () => {
    const act = () =>
      new MulticloudService(aChart(), '1web', {
        ports: [
          { port: 80, nodePort: 30080 },
          { port: 80, name: 'HTTP' },
          { port: 70000, name: 'x' },
        ],
        headless: true,
        loadBalancerClass: 'x',
        type: kplus.ServiceType.EXTERNAL_NAME,
        selector: { 'a b': 'c d' },
        sessionAffinity: Duration.days(2),
      });
    expect(messageOf(act)).toBe(`"1web" cannot be the name of a service
  at shop/1web
  fix: give a \`name\` of at most 63 characters: lower case letters, digits and -, beginning with a letter and ending with a letter or a digit
a service of type ExternalName stands for "", which is no DNS name
  at shop/1web
  fix: give the DNS name in \`externalName\`
a service of type ExternalName leads to a DNS name, and it has a \`selector\`
  at shop/1web
  fix: leave \`selector\` out
a headless service has no address, and the type ExternalName needs one
  at shop/1web
  fix: leave out \`headless\` or \`type\`
\`loadBalancerClass\` is given, and the type is ExternalName
  at shop/1web
  fix: give \`type: ServiceType.LOAD_BALANCER\`, or leave \`loadBalancerClass\` out
70000 is no port
  at shop/1web
  fix: give a whole number from 1 to 65535
port 80 has no name, and there are 3 ports
  at shop/1web
  fix: give each a \`name\`
"HTTP" cannot be the name of a port
  at shop/1web
  fix: use at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
the port 80/TCP is given twice
  at shop/1web
  fix: leave one of them out
port 80 has a \`nodePort\`, and the type is ExternalName
  at shop/1web
  fix: give \`type: ServiceType.NODE_PORT\`, or leave \`nodePort\` out
"a b" in \`selector\` cannot be the key of a label
  at shop/1web
  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front
"c d" in \`selector\` cannot be the value of a label
  at shop/1web
  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit
\`sessionAffinity\` is 172800 s
  at shop/1web
  fix: give a whole number of seconds from 1 to 86400`);
    expect(messageOf(() => new MulticloudService(aChart(), 'web', { externalName: 'x' }))).toBe(
      `a service needs a port, got none
  at shop/web
  fix: give one in \`ports\`
\`externalName\` is "x", and the type is ClusterIP
  at shop/web
  fix: give \`type: ServiceType.EXTERNAL_NAME\`, or leave \`externalName\` out`,
    );
  });
});

describe('MulticloudIngress', () => {
  test('routes by host, a class, certificates', () => {
    const chart = aChart();
    const web = new MulticloudService(chart, 'web', { ports: [{ port: 80 }] });
    const ingress = new MulticloudIngress(chart, 'front', {
      className: 'nginx',
      annotations: { 'nginx.ingress.kubernetes.io/affinity': 'cookie' },
      routes: [
        { host: 'shop.example', backend: IngressBackend.service(web, 80) },
        {
          host: 'shop.example',
          path: '/old',
          pathType: kplus.HttpIngressPathType.EXACT,
          backend: IngressBackend.named('legacy', 8080),
        },
        { backend: IngressBackend.service(web, 80) },
      ],
      tls: [{ secretName: 'certificate' }, { secretName: 'other', hosts: ['*.example'] }],
    });
    ingress.overrideOn(BERLIN, Overrider.annotation('a', 'b'));
    const backend = { service: { name: 'web', port: { number: 80 } } };
    expect(bare(chart, 'Ingress')[0].spec).toStrictEqual({
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example',
          http: {
            paths: [
              { backend, path: '/', pathType: 'Prefix' },
              { backend: { service: { name: 'legacy', port: { number: 8080 } } }, path: '/old', pathType: 'Exact' },
            ],
          },
        },
        { http: { paths: [{ backend, path: '/', pathType: 'Prefix' }] } },
      ],
      tls: [
        { hosts: ['shop.example'], secretName: 'certificate' },
        { hosts: ['*.example'], secretName: 'other' },
      ],
    });
    expect(bare(chart, 'PropagationPolicy')[1].spec.dependentOverrides).toStrictEqual(['front-ingress']);
  });

  test('all that is wrong is said', () => {
    const chart = aChart();
    const web = new MulticloudService(chart, 'web', { namespace: 'other', ports: [{ port: 80 }] });
    expect(messageOf(() => IngressBackend.service(web, 8080))).toBe(
      'service web has no port 8080\n  at shop/web\n  fix: give one of its ports: 80',
    );
    const act = () =>
      new MulticloudIngress(chart, 'front', {
        className: 'A',
        routes: [
          { host: 'Shop', path: 'x', backend: IngressBackend.service(web, 80) },
          { host: 'Shop', path: 'x', backend: IngressBackend.named('', 0) },
        ],
        tls: [{ secretName: '' }],
      });
    expect(messageOf(act)).toBe(`"Shop" cannot be a host
  at shop/front
  fix: give a DNS name in lower case; * may stand for its first part
the path "x" does not begin with /
  at shop/front
  fix: begin it with /
service web is in namespace "other", and an ingress reaches those of its own only, "default"
  at shop/front
  fix: put both into one namespace
"Shop" cannot be a host
  at shop/front
  fix: give a DNS name in lower case; * may stand for its first part
the path "x" does not begin with /
  at shop/front
  fix: begin it with /
0 is no port
  at shop/front
  fix: give a whole number from 1 to 65535
the name of a service is empty
  at shop/front
  fix: give its name
two routes are for Shopx (Prefix)
  at shop/front
  fix: leave one of them out
"A" cannot be the name of an ingress class
  at shop/front
  fix: give a name of at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
"" cannot be the name of a Secret, and without one Karmada sends along nothing that the ingress needs
  at shop/front
  fix: give the name of the Secret with the certificate`);
    expect(messageOf(() => new MulticloudIngress(chart, 'none', { routes: [] }))).toBe(
      '`routes` is empty\n  at shop/none\n  fix: give one route or more',
    );
  });
});

describe('MulticloudNamespace', () => {
  test('Karmada sends it everywhere; with a placement, a policy sends it there', () => {
    const chart = aChart();
    new MulticloudNamespace(chart, 'Everywhere', { labels: { team: 'shop' } });
    const billing = new MulticloudNamespace(chart, 'billing', {
      deletionProtection: true,
      description: 'invoices',
      placement: Placement.duplicated({ clusters: BERLIN }),
    });
    billing.overrideOn(BERLIN, Overrider.label('zone', 'a'));

    expect(bare(chart, 'Namespace')).toStrictEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { labels: { team: 'shop' }, name: 'everywhere' } },
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          annotations: { 'kairship.io/describe': 'invoices' },
          labels: {
            'namespace.karmada.io/skip-auto-propagation': 'true',
            'resourcetemplate.karmada.io/deletion-protected': 'Always',
          },
          name: 'billing',
        },
      },
    ]);
    expect(objects(chart).map(({ kind, metadata: { name } }) => [kind, name])).toStrictEqual([
      ['Namespace', 'everywhere'],
      ['Namespace', 'billing'],
      ['ClusterPropagationPolicy', 'billing-namespace'],
      ['ClusterOverridePolicy', 'billing-namespace'],
    ]);
    expect(bare(chart, 'ClusterPropagationPolicy')[0].spec).toMatchObject({
      dependentOverrides: ['billing-namespace'],
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
      resourceSelectors: [{ apiVersion: 'v1', kind: 'Namespace', name: 'billing' }],
    });
  });

  test('all that is wrong is said', () => {
    expect(messageOf(() => new MulticloudNamespace(aChart(), 'a.b', { description: 'x'.repeat(600) }))).toBe(
      `"a.b" cannot be the name of a namespace
  at shop/a.b
  fix: give a \`name\` of at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
\`description\` has 600 characters, and 512 is the most
  at shop/a.b
  fix: make it shorter`,
    );
    expect(messageOf(() => new MulticloudNamespace(aChart(), 'kube-public'))).toBe(
      'the namespace "kube-public" belongs to the cluster\n  at shop/kube-public\n  fix: give another `name`',
    );
  });
});
