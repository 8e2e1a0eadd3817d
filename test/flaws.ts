import { loadAll } from 'js-yaml';

/** An object and what is wrong with it. */
type Flaw = string;

/** Kinds whose containers are asked whether they live. */
const SERVING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
/** What a container of the user requests, and how it is asked, are words of the user: a finding says what is missing. */
const isOurs = ({ metadata }: any) => metadata?.labels?.['app.kubernetes.io/managed-by'] === 'cdk8s-karmada';

/**
 * What no output of this library may hold: keys and tokens, images that may change, components without requests or probes,
 * folders of a node, and names of Secrets and ConfigMaps that nobody makes.
 *
 * @param manifests all that is applied together
 */
export function flaws(manifests: readonly any[]): Flaw[] {
  const made = madeBy(manifests);
  return manifests.flatMap((manifest) => {
    const name = `${manifest.kind}/${manifest.metadata?.name}`;
    const namespace = manifest.metadata?.namespace ?? '';
    const pod = podOf(manifest);
    return [
      ...secretFlaws(manifest),
      ...(pod ? [...podFlaws(manifest, pod), ...referenceFlaws(pod, namespace, made)] : []),
    ].map((flaw) => `${name}: ${flaw}`);
  });
}

/** The objects in texts of YAML. */
export function manifestsIn(texts: readonly string[]): any[] {
  return texts.flatMap((text) => loadAll(text) as any[]).filter(Boolean);
}

function podOf({ kind, spec }: any): any {
  if (kind === 'Pod') return spec;
  if (kind === 'CronJob') return spec.jobTemplate.spec.template.spec;
  return spec?.template?.spec?.containers ? spec.template.spec : undefined;
}

/** Every string of an object, with its path; what is base64 as what it stands for, too. */
function strings(value: any, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') {
    const isPacked = /^[A-Za-z0-9+/=\s_-]{24,}$/.test(value);
    return [
      [path, value],
      ...(isPacked ? [[path, Buffer.from(value, 'base64').toString('latin1')] as [string, string]] : []),
    ];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, path ? `${path}.${key}` : key));
}

const SECRETS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /PRIVATE KEY/],
  ['a token', /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/],
  ['a bootstrap token', /(^|[^\w.-])[a-z0-9]{6}\.[a-z0-9]{16}($|[^\w.-])/],
  ['a password in a URL', /\/\/[^/\s:@]+:[^/\s@]+@/],
];

function secretFlaws(manifest: any): Flaw[] {
  const values = manifest.kind === 'Secret' ? Object.keys({ ...manifest.data, ...manifest.stringData }) : [];
  return [
    ...(values.length ? [`values of a Secret: ${values.join(', ')}`] : []),
    ...strings(manifest).flatMap(([path, text]) =>
      SECRETS.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${what} at ${path}`),
    ),
  ];
}

function podFlaws(manifest: any, { containers, initContainers = [], volumes = [] }: any): Flaw[] {
  return [
    ...[...initContainers, ...containers].flatMap(({ name, image = '', resources = {} }: any) => [
      ...(isFixed(image) ? [] : [`container ${name} has an image that may change: ${image}`]),
      ...['cpu', 'memory']
        .filter((resource) => isOurs(manifest) && !resources.requests?.[resource])
        .map((resource) => `container ${name} requests no ${resource}`),
    ]),
    ...(isOurs(manifest) && SERVING.includes(manifest.kind)
      ? containers.flatMap((container: any) =>
          ['livenessProbe', 'readinessProbe']
            .filter((probe) => !container[probe])
            .map((probe) => `container ${container.name} has no ${probe}`),
        )
      : []),
    ...volumes
      .filter(({ hostPath }: any) => hostPath)
      .map(({ name, hostPath }: any) => `volume ${name} is the folder ${hostPath.path} of a node`),
  ];
}

/** A digest, or the whole version of something that is released. */
function isFixed(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image) || /:v?\d+\.\d+\.\d+([-+.][\w.-]+)?$/.test(image);
}

/** `Kind/namespace/name` of each Secret and ConfigMap that is applied, issued, or brought by joining. */
function madeBy(manifests: readonly any[]): ReadonlySet<string> {
  const keys = manifests
    .filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap')
    .map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
  const plans = manifests.flatMap(({ kind, data }) =>
    kind === 'ConfigMap' && data?.['plan.json'] ? [JSON.parse(data['plan.json'])] : [],
  );
  const issued = plans.flatMap(
    ({ namespace, authorities, certificates, keyPairs, kubeconfigs, memberKubeconfigs = [] }) =>
      [authorities, certificates, keyPairs, kubeconfigs, memberKubeconfigs]
        .flat()
        .map(({ secret }) => `Secret/${namespace}/${secret}`),
  );
  return new Set([...keys, ...issued]);
}

function referenceFlaws(pod: any, namespace: string, made: ReadonlySet<string>): Flaw[] {
  const { containers, initContainers = [], volumes = [], imagePullSecrets = [] } = pod;
  const sources = volumes.flatMap(({ projected, ...volume }: any) => [volume, ...(projected?.sources ?? [])]);
  const environment = [...initContainers, ...containers].flatMap(({ env = [], envFrom = [] }: any) => [
    ...env.map(({ valueFrom }: any) => valueFrom),
    ...envFrom,
  ]);
  const secrets = [
    ...sources.map(({ secret }: any) => secret && { name: secret.secretName ?? secret.name, ...secret }),
    ...environment.map((from: any) => from?.secretKeyRef ?? from?.secretRef),
    ...imagePullSecrets,
  ];
  const configMaps = [
    ...sources.map(({ configMap }: any) => configMap),
    ...environment.map((from: any) => from?.configMapKeyRef ?? from?.configMapRef),
  ];
  const named = (kind: string, all: readonly any[]) =>
    all.filter((each) => each && each.optional !== true).map(({ name }) => `${kind}/${namespace}/${name}`);
  const missing = [...named('Secret', secrets), ...named('ConfigMap', configMaps)].filter((key) => !made.has(key));
  return [...new Set(missing)].map((key) => `it needs ${key}, which nobody makes`);
}
