import { gatesOf } from '../admission/control-plane-flags';
import type { KarmadaVersion } from '../core/karmada-version';
import { isDnsLabel } from '../core/private/names';
import { suggestion } from '../core/private/suggestion';
import type { Trouble } from '../core/private/trouble';
import { type FlagOwner, flagsOf } from './component-flags';
import type { ComponentOptions, ComponentPodOptions, ComponentsOptions } from './component-options';
import type { ComponentName, ComponentSettings } from './control-plane';
import { image } from './releases';

/** The prop of each component's options; those that are not optional come first. */
const COMPONENTS: { readonly [component in ComponentName]: keyof ComponentsOptions } = {
  etcd: 'etcd',
  'karmada-apiserver': 'karmadaApiServer',
  'karmada-aggregated-apiserver': 'karmadaAggregatedApiServer',
  'karmada-kube-controller-manager': 'kubeControllerManager',
  'karmada-controller-manager': 'karmadaControllerManager',
  'karmada-scheduler': 'karmadaScheduler',
  'karmada-webhook': 'karmadaWebhook',
  'karmada-descheduler': 'karmadaDescheduler',
  'karmada-search': 'karmadaSearch',
  'karmada-metrics-adapter': 'karmadaMetricsAdapter',
  'karmada-scheduler-estimator': 'karmadaSchedulerEstimator',
};
const NAMES = Object.keys(COMPONENTS) as ComponentName[];
const ADD_ONS: readonly ComponentName[] = NAMES.slice(NAMES.indexOf('karmada-descheduler'));

/** Services and label values have 63 characters, of which the name of the component takes 28. */
const ESTIMATED_CLUSTER_LENGTH = 35;

/** Flags that the parts of a control plane find, know and trust each other by. */
const WIRING = [
  /^(bind|health-probe-bind|metrics-bind)-address$/,
  /^(secure|server)-port$/,
  /kubeconfig$/,
  /^etcd-(cafile|certfile|keyfile|prefix|servers)$/,
  /^((peer-)?(cert|key|trusted-ca)-file|(peer-)?client-cert-auth|peer-cert-allowed-(cn|hostname)|cert-dir)$/,
  /^(client-ca|root-ca|tls-cert|tls-private-key|service-account-(key|signing-key|private-key)|cluster-signing-(cert|key)|proxy-client-(cert|key)|grpc-.*)-file$/,
  /^requestheader-/,
  /^service-(account-issuer|cluster-ip-range)$/,
  /^leader-elect-resource-namespace$/,
  /^(enable-scheduler-estimator|scheduler-estimator-(ca-file|cert-file|key-file|port|service-namespace|service-prefix))$/,
  /^(name|data-dir|listen-.*|advertise-client-urls|initial-.*)$/,
  /^cluster-(name|namespace|api-endpoint|provider|region|zones)$/,
  /^karmada-(kubeconfig|kubeconfig-namespace|context)$/,
  /^proxy-server-address$/,
];

/** What is wrong with the options of components. */
export function componentTroubles(at: string, version: KarmadaVersion, options: ComponentsOptions = {}): Trouble[] {
  return [
    ...NAMES.flatMap((name) => {
      const prop = COMPONENTS[name];
      const given: ComponentOptions | undefined = options[prop];
      if (!given) return [];
      return podTroubles(at, version, prop, name, given);
    }),
    ...estimatorTroubles(at, options),
  ];
}

/** What is wrong with the options of the pods of a component; `prop` is what its options are called. */
export function podTroubles(
  at: string,
  version: KarmadaVersion,
  prop: string,
  name: FlagOwner,
  given: ComponentOptions,
): Trouble[] {
  return [
    ...replicaTroubles(at, prop, given.replicas),
    ...imageTroubles(at, prop, given.image),
    ...Object.keys(given.extraArgs ?? {}).flatMap((flag) => flagTroubles(at, version, prop, name, flag)),
  ];
}

function replicaTroubles(at: string, prop: string, replicas?: number): Trouble[] {
  if (replicas === undefined || (Number.isInteger(replicas) && replicas > 0)) return [];
  return [
    {
      what: `replicas of ${prop} must be a whole number, 1 or more, got ${replicas}`,
      at,
      fix: 'use 2, which survives the loss of a node, or leave it out',
    },
  ];
}

function imageTroubles(at: string, prop: string, reference?: string): Trouble[] {
  if (reference === undefined) return [];
  const tag = /:([^:/@]+)$/.exec(reference)?.[1];
  if (
    /^\S+@sha256:[0-9a-f]{64}$/.test(reference) ||
    (tag !== undefined && tag !== 'latest' && !/[\s@]/.test(reference))
  ) {
    return [];
  }
  return [
    {
      what: `image of ${prop} must have a digest or the tag of a release, got "${reference}"`,
      at,
      fix: 'write it like registry.example.com/karmada/karmada-scheduler:v1.18.2, or with @sha256: and the digest',
    },
  ];
}

function flagTroubles(at: string, version: KarmadaVersion, prop: string, name: FlagOwner, flag: string): Trouble[] {
  if (flag.startsWith('-')) {
    return [{ what: `extraArgs of ${prop} has "${flag}", with dashes`, at, fix: `write ${flag.replace(/^-+/, '')}` }];
  }
  if (flag === 'feature-gates' && name !== 'karmada-agent') {
    return [
      {
        what: `extraArgs of ${prop} has feature-gates, which all components have to agree on`,
        at,
        fix: 'name the gates in `featureGates` of the instance',
      },
    ];
  }
  if (WIRING.some((wiring) => wiring.test(flag))) {
    return [
      {
        what: `extraArgs of ${prop} has ${flag}, by which the components find and trust each other`,
        at,
        fix: 'leave it out; where the object itself has to change, patch it (`addJsonPatch`)',
      },
    ];
  }
  const known = flagsOf(name, version);
  if (known.has(flag)) return [];
  const near = suggestion(flag, [...known], 'flags').split('?')[0];
  return [
    {
      what: `extraArgs of ${prop} has ${flag}, a flag that ${name} of Karmada ${version.version} does not have: it would not start`,
      at,
      fix: near.startsWith('did you mean')
        ? `${near}?`
        : 'look it up in the release notes: it may have been renamed or removed',
    },
  ];
}

function estimatorTroubles(at: string, options: ComponentsOptions): Trouble[] {
  const { karmadaSchedulerEstimator: estimator, karmadaDescheduler: descheduler } = options;
  const clusters = estimator?.clusters ?? [];
  const found: Trouble[] = clusters
    .filter((cluster) => !isDnsLabel(cluster, ESTIMATED_CLUSTER_LENGTH))
    .map((cluster) => ({
      what: `clusters of karmadaSchedulerEstimator has "${cluster}", for which no Service could be named`,
      at,
      fix: `name a member cluster of at most ${ESTIMATED_CLUSTER_LENGTH} characters: the Service is called karmada-scheduler-estimator-<cluster>`,
    }));
  for (const twice of new Set(clusters.filter((cluster, index) => clusters.indexOf(cluster) !== index))) {
    found.push({ what: `clusters of karmadaSchedulerEstimator has "${twice}" twice`, at, fix: 'name it once' });
  }
  if ((estimator || descheduler) && clusters.length === 0) {
    const [who, why] = estimator
      ? ['karmadaSchedulerEstimator', 'has no clusters']
      : ['karmadaDescheduler', 'is installed without estimators, and only they know which replicas cannot run'];
    found.push({
      what: `${who} ${why}`,
      at,
      fix: 'name the member clusters that get an estimator in `karmadaSchedulerEstimator.clusters`, or leave it out',
    });
  }
  return found;
}

/** What is wrong with the feature gates. */
export function gateTroubles(
  at: string,
  version: KarmadaVersion,
  gates: { readonly [gate: string]: boolean } = {},
): Trouble[] {
  const known = [...Object.keys(gatesOf(version)), 'AllAlpha', 'AllBeta'];
  return Object.keys(gates)
    .filter((gate) => !known.includes(gate))
    .map((gate) => ({
      what: `featureGates has "${gate}", which Karmada ${version.version} does not have`,
      at,
      fix: suggestion(gate, known, 'gates'),
    }));
}

/** The components that a control plane has, with their defaults. */
export function componentsOf(
  version: string,
  replicas: number,
  options: ComponentsOptions = {},
  privateRegistry?: string,
): { readonly [component in ComponentName]?: ComponentSettings } {
  const settings = (given: ComponentPodOptions & ComponentOptions, name: ComponentName): ComponentSettings => ({
    image: given.image ?? image(name, version, privateRegistry),
    replicas: given.replicas ?? replicas,
    options: given,
  });
  return Object.fromEntries(
    NAMES.filter((name) => !ADD_ONS.includes(name) || options[COMPONENTS[name]]).map((name) => [
      name,
      settings(options[COMPONENTS[name]] ?? {}, name),
    ]),
  );
}
