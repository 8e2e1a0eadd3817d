import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { messageOf } from '../core/fake-instance';
import { podOf, web } from './seen';

/** The first container of a deployment with these settings. */
function container(props: Partial<kplus.ContainerProps>): any {
  return podOf({ containers: [{ image: 'registry.example/web:1', ...props }] }).spec.containers[0];
}

const plain = { image: 'registry.example/web:1', name: 'main' };

describe('containers', () => {
  test('row 85: the name of a container', () => {
    expect(container({ name: 'web' }).name).toBe('web');
    expect(messageOf(() => container({ name: 'Web_1' }))).toContain('Web_1');
  });

  test('row 86: the image, as it is written', () => {
    expect(container({ image: 'nginx:1.27' }).image).toBe('nginx:1.27');
  });

  test('row 87: pulled when Kubernetes would, or always', () => {
    expect(container({})).toStrictEqual(plain);
    expect(container({ imagePullPolicy: kplus.ImagePullPolicy.ALWAYS }).imagePullPolicy).toBe('Always');
  });

  test('row 88: privileged', () => {
    const securityContext = { privileged: true, allowPrivilegeEscalation: true };
    expect(container({ securityContext }).securityContext).toStrictEqual({
      allowPrivilegeEscalation: true,
      privileged: true,
    });
  });

  test('row 89: requests and limits, and none that nobody asked for', () => {
    const cpu = { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(1) };
    const memory = { request: Size.mebibytes(128), limit: Size.gibibytes(1) };
    expect(container({ resources: { cpu, memory } }).resources).toStrictEqual({
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '250m', memory: '128Mi' },
    });
    expect(container({}).resources).toBeUndefined();
  });

  test('row 90: GPUs', () => {
    const { spec } = podOf({ extendedResources: [{ name: 'nvidia.com/gpu', count: 2 }] });
    expect(spec.containers[0].resources.limits).toEqual({ 'nvidia.com/gpu': '2' });
  });

  test('row 91: commands and hooks', () => {
    const hooks = {
      postStart: kplus.Handler.fromCommand(['/warm-up']),
      preStop: kplus.Handler.fromCommand(['sleep', '5']),
    };
    expect(container({ command: ['/web'], args: ['--port', '80'], lifecycle: hooks })).toStrictEqual({
      ...plain,
      args: ['--port', '80'],
      command: ['/web'],
      lifecycle: { postStart: { exec: { command: ['/warm-up'] } }, preStop: { exec: { command: ['sleep', '5'] } } },
    });
  });

  test('row 92: probes', () => {
    const probe = kplus.Probe.fromHttpGet('/healthz', { port: 80, periodSeconds: Duration.seconds(5) });
    const { livenessProbe, readinessProbe, startupProbe } = container({
      liveness: probe,
      readiness: probe,
      startup: probe,
    });
    expect(
      [livenessProbe, readinessProbe, startupProbe].map(({ httpGet, periodSeconds }) => [httpGet.path, periodSeconds]),
    ).toEqual(Array(3).fill(['/healthz', 5]));
  });

  test('row 93: variables as text, from a config map, from a secret', () => {
    const chart = web();
    const settings = kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'settings');
    const login = kplus.Secret.fromSecretName(chart, 'login', 'login');
    const envVariables = {
      MODE: kplus.EnvValue.fromValue('edge'),
      LEVEL: kplus.EnvValue.fromConfigMap(settings, 'level'),
      PASSWORD: kplus.EnvValue.fromSecretValue({ secret: login, key: 'password' }),
    };
    expect(container({ envVariables }).env).toStrictEqual([
      { name: 'MODE', value: 'edge' },
      { name: 'LEVEL', valueFrom: { configMapKeyRef: { key: 'level', name: 'settings' } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: 'login' } } },
    ]);
  });

  test('row 94: volumes', () => {
    const volume = kplus.Volume.fromEmptyDir(web(), 'cache', 'cache');
    const { spec } = podOf({ containers: [{ image: 'a:1', volumeMounts: [{ path: '/cache', volume }] }] });
    expect(spec.containers[0].volumeMounts).toStrictEqual([{ mountPath: '/cache', name: 'cache' }]);
    expect(spec.volumes).toStrictEqual([{ emptyDir: {}, name: 'cache' }]);
  });

  test('row 95: the user, and nothing that nobody asked for', () => {
    expect(container({ securityContext: { user: 0, ensureNonRoot: false } }).securityContext).toStrictEqual({
      runAsNonRoot: false,
      runAsUser: 0,
    });
    expect(container({}).securityContext).toBeUndefined();
  });

  test('row 96: several containers', () => {
    const { spec } = podOf({
      containers: [
        { name: 'web', image: 'a:1' },
        { name: 'log', image: 'b:1' },
      ],
    });
    expect(spec.containers.map(({ name }: any) => name)).toEqual(['web', 'log']);
  });
});
