import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { EtcdBackup } from '../src/instance/etcd-backup';
import { EtcdStorage } from '../src/instance/etcd-storage';
import { flaws, manifestsIn } from './flaws';
import { anInstance, oneMember } from './instance/an-instance';

const examples = join(__dirname, '..', 'examples');
const names = readdirSync(examples).filter((name) => /^\d/.test(name));
/** What the example synthesizes, which a test of its own compares with what is written there. */
const outputOf = (name: string) => {
  const folder = join(examples, name, 'expected', 'manifests');
  return manifestsIn(readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')));
};

test('there are examples to look at', () => {
  expect(names.length).toBeGreaterThanOrEqual(4);
  expect(outputOf(names[0]).length).toBeGreaterThan(70);
});

test.each(names)('example %s holds nothing that no output may hold', (name) => {
  expect(flaws(outputOf(name))).toEqual([]);
});

const components = {
  karmadaDescheduler: {},
  karmadaSearch: {},
  karmadaMetricsAdapter: {},
  karmadaSchedulerEstimator: { clusters: ['berlin', 'paris'] },
};

test.each([
  ['with one member of etcd', { etcd: oneMember }],
  ['with everything', { components, etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20) }) }],
])('an instance %s does neither', (_, props) => {
  const { host, karmada } = anInstance(props);
  expect(flaws([...host, ...karmada])).toEqual([]);
});

test('a folder of a node is there only where somebody chose it', () => {
  const etcd = EtcdStorage.hostPath({ nodeSelector: { disk: 'ssd' } });
  expect(flaws(anInstance({ etcd }).host)).toEqual([
    'StatefulSet/etcd: volume etcd-data is the folder /var/lib/east-karmada-etcd of a node',
  ]);
});

describe('each is found where it is', () => {
  const probe = { httpGet: { path: '/', port: 80 } };
  const sound = {
    name: 'web',
    image: 'registry.example/web:1.2.3',
    resources: { requests: { cpu: '1', memory: '1Gi' } },
    livenessProbe: probe,
    readinessProbe: probe,
  };
  const workload = (container: any, pod: any = {}) => ({
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-karmada' } },
    spec: { template: { spec: { containers: [{ ...sound, ...container }], ...pod } } },
  });
  const pem = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----';
  const configMap = (value: string) => ({ kind: 'ConfigMap', metadata: { name: 'c' }, data: { value } });

  test.each<[string, any, string]>([
    ['a key', configMap(pem), 'ConfigMap/c: a private key at data.value'],
    ['a key in base64', configMap(Buffer.from(pem).toString('base64')), 'ConfigMap/c: a private key at data.value'],
    ['a JWT', configMap('token: eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln'), 'ConfigMap/c: a token at data.value'],
    [
      'a bootstrap token',
      configMap('join --token abcdef.0123456789abcdef'),
      'ConfigMap/c: a bootstrap token at data.value',
    ],
    ['a password', configMap('https://me:hunter2@example.com'), 'ConfigMap/c: a password in a URL at data.value'],
    [
      'a Secret',
      { kind: 'Secret', metadata: { name: 's' }, stringData: { key: 'x' } },
      'Secret/s: values of a Secret: key',
    ],
    [
      'latest',
      workload({ image: 'web:latest' }),
      'Deployment/web: container web has an image that may change: web:latest',
    ],
    [
      'no tag',
      workload({ image: 'a:5000/web' }),
      'Deployment/web: container web has an image that may change: a:5000/web',
    ],
    [
      'a floating tag',
      workload({ image: 'web:1.2' }),
      'Deployment/web: container web has an image that may change: web:1.2',
    ],
    [
      'no request',
      workload({ resources: { requests: { cpu: '1' } } }),
      'Deployment/web: container web requests no memory',
    ],
    ['no probe', workload({ readinessProbe: undefined }), 'Deployment/web: container web has no readinessProbe'],
    [
      'a host path',
      workload({}, { volumes: [{ name: 'v', hostPath: { path: '/var' } }] }),
      'Deployment/web: volume v is the folder /var of a node',
    ],
    [
      'a Secret that is not there',
      workload({}, { volumes: [{ name: 'v', secret: { secretName: 's' } }] }),
      'Deployment/web: it needs Secret/shop/s, which nobody makes',
    ],
    [
      'a pull secret',
      workload({}, { imagePullSecrets: [{ name: 's' }] }),
      'Deployment/web: it needs Secret/shop/s, which nobody makes',
    ],
    [
      'a ConfigMap that is not there',
      workload({ envFrom: [{ configMapRef: { name: 'c' } }] }),
      'Deployment/web: it needs ConfigMap/shop/c, which nobody makes',
    ],
    [
      'a key of one',
      workload({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }),
      'Deployment/web: it needs Secret/shop/s, which nobody makes',
    ],
    [
      'a projected one',
      workload({}, { volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'c' } }] } }] }),
      'Deployment/web: it needs ConfigMap/shop/c, which nobody makes',
    ],
  ])('%s', (_, manifest, flaw) => {
    expect(flaws([manifest])).toEqual([flaw]);
  });

  test('of a workload of the user nobody asks for requests and probes', () => {
    const { metadata, ...rest } = workload({ resources: {}, livenessProbe: undefined });
    expect(flaws([{ ...rest, metadata: { ...metadata, labels: {} } }])).toEqual([]);
  });

  test('what is applied beside it, or optional, is there', () => {
    const volumes = [
      { name: 'v', secret: { secretName: 's' } },
      { name: 'w', configMap: { name: 'c', optional: true } },
    ];
    const secret = { kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    expect(flaws([workload({ image: `web@sha256:${'a'.repeat(64)}` }, { volumes }), secret])).toEqual([]);
  });
});
