import type { Dice } from './dice';

/** A kind of the custom objects here: what is merged by key, by value, or replaced as a whole, and what nobody knows. */
export const GADGETS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.example.io' },
  spec: {
    group: 'example.io',
    scope: 'Namespaced',
    names: { kind: 'Gadget', listKind: 'GadgetList', plural: 'gadgets', singular: 'gadget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  mode: { type: 'string', default: 'slow' },
                  size: { 'x-kubernetes-int-or-string': true },
                  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
                  plain: { type: 'array', items: { type: 'integer' } },
                  whole: {
                    type: 'object',
                    'x-kubernetes-map-type': 'atomic',
                    additionalProperties: { type: 'string' },
                  },
                  parts: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name', 'side'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: { type: 'string' },
                        side: { type: 'string', default: 'left' },
                        count: { type: 'integer' },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const word = (dice: Dice) => dice.one('a', 'b', 'c', 'red', 'green', 'blue', 'x1', 'true', '0', '');
const name = (dice: Dice) => dice.one('a', 'b', 'c', 'red', 'green', 'blue');
const map = (dice: Dice, most = 3) =>
  dice.map(
    most,
    () => name(dice),
    () => word(dice),
  );

/** The same amount is written in many ways, of which a server keeps one. */
const quantity = (dice: Dice) => dice.one('1', '1000m', '0.5', '500m', '1Gi', '1024Mi', '2e3', '1.5Gi', '100k');

function unique<T>(items: readonly T[], of: (item: T) => string): T[] {
  return items.filter((item, at) => items.findIndex((other) => of(other) === of(item)) === at);
}

/** Without what was left to chance and is not there. */
function whole<T extends object>(parts: T): any {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function container(dice: Dice, called: string): any {
  const env = dice.list(0, 3, () => whole({ name: name(dice).toUpperCase(), value: dice.maybe(() => word(dice)) }));
  const ports = dice.list(0, 3, () =>
    whole({
      containerPort: dice.one(80, 443, 53),
      protocol: dice.maybe(() => dice.one('TCP', 'UDP')),
      name: undefined,
    }),
  );
  const amounts = () => whole({ cpu: dice.maybe(() => dice.one('1', '1000m', '500m', '0.5')), memory: quantity(dice) });
  return whole({
    name: called,
    image: `nginx:${dice.number(1, 9)}`,
    env: dice.maybe(() => unique(env, (each) => each.name)),
    ports: dice.maybe(() => unique(ports, (each) => `${each.containerPort} ${each.protocol ?? 'TCP'}`)),
    args: dice.maybe(() => dice.list(0, 3, () => word(dice))),
    resources: dice.maybe(() => whole({ requests: dice.maybe(amounts) })),
    securityContext: dice.maybe(() => whole({ runAsNonRoot: dice.maybe(() => true) })),
    workingDir: dice.maybe(() => '/'),
  });
}

function pod(dice: Dice, app: string, more: object = {}): any {
  return {
    metadata: {
      labels: {
        app,
        ...dice.map(
          2,
          () => name(dice),
          () => name(dice),
        ),
      },
    },
    spec: whole({
      ...more,
      containers: unique(
        dice.list(1, 3, () => container(dice, name(dice))),
        (each: any) => each.name,
      ),
      nodeSelector: dice.maybe(() => map(dice)),
      tolerations: dice.maybe(() => dice.list(0, 2, () => ({ key: name(dice), operator: 'Exists' }))),
      hostNetwork: dice.maybe(() => false),
      terminationGracePeriodSeconds: dice.maybe(() => dice.number(0, 60)),
    }),
  };
}

const RBAC = 'rbac.authorization.k8s.io';

/** What an object of each kind says besides its name; `app` selects its own pods. */
const KINDS: readonly (readonly [apiVersion: string, kind: string, body: (dice: Dice, app: string) => object])[] = [
  [
    'v1',
    'ConfigMap',
    (dice) => whole({ data: dice.maybe(() => map(dice, 5)), binaryData: dice.maybe(() => ({ z: 'aGk=' })) }),
  ],
  [
    'v1',
    'Secret',
    (dice) => whole({ type: dice.maybe(() => 'Opaque'), data: dice.maybe(() => ({ a: 'aGk=', b: '' })) }),
  ],
  ['v1', 'ServiceAccount', (dice) => whole({ automountServiceAccountToken: dice.maybe(() => dice.chance(50)) })],
  [
    'v1',
    'Service',
    (dice, app) => ({
      spec: whole({
        selector: { app },
        ports: unique(
          dice.list(1, 3, () => ({
            name: name(dice),
            port: dice.number(80, 82),
            targetPort: dice.one<any>(80, 'web'),
          })),
          (each) => each.name,
        ).filter((each, at, all) => all.findIndex(({ port }) => port === each.port) === at),
        clusterIP: dice.maybe(() => 'None'),
        sessionAffinity: dice.maybe(() => 'None'),
      }),
    }),
  ],
  ['v1', 'ResourceQuota', (dice) => ({ spec: { hard: { pods: '1k', 'limits.cpu': quantity(dice) } } })],
  [
    'v1',
    'PersistentVolumeClaim',
    (dice) => ({ spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: quantity(dice) } } } }),
  ],
  [
    'apps/v1',
    'Deployment',
    (dice, app) => ({
      spec: whole({
        replicas: dice.maybe(() => dice.number(0, 3)),
        selector: { matchLabels: { app } },
        strategy: dice.maybe(() => dice.one<object>({ type: 'Recreate' }, { type: 'RollingUpdate' }, {})),
        template: pod(dice, app),
      }),
    }),
  ],
  [
    'apps/v1',
    'StatefulSet',
    (dice, app) => ({ spec: { serviceName: 'x', selector: { matchLabels: { app } }, template: pod(dice, app) } }),
  ],
  ['apps/v1', 'DaemonSet', (dice, app) => ({ spec: { selector: { matchLabels: { app } }, template: pod(dice, app) } })],
  ['batch/v1', 'Job', (dice, app) => ({ spec: { template: pod(dice, app, { restartPolicy: 'Never' }) } })],
  [
    'batch/v1',
    'CronJob',
    (dice, app) => ({
      spec: {
        schedule: '0 * * * *',
        jobTemplate: { spec: { template: pod(dice, app, { restartPolicy: 'OnFailure' }) } },
      },
    }),
  ],
  [
    `${RBAC}/v1`,
    'Role',
    (dice) => ({
      rules: dice.list(0, 2, () => ({ apiGroups: [''], resources: dice.list(1, 2, () => 'pods'), verbs: ['get'] })),
    }),
  ],
  [
    `${RBAC}/v1`,
    'RoleBinding',
    (dice) => ({
      roleRef: { apiGroup: RBAC, kind: 'Role', name: 'x' },
      subjects: dice.list(0, 2, () => whole({ kind: 'ServiceAccount', name: name(dice), namespace: 'shop' })),
    }),
  ],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    (dice, app) => ({
      spec: whole({
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: app },
        minReplicas: dice.maybe(() => 1),
        maxReplicas: dice.number(2, 5),
      }),
    }),
  ],
  [
    'policy/v1',
    'PodDisruptionBudget',
    (dice, app) => ({ spec: { selector: { matchLabels: { app } }, minAvailable: dice.one<any>(1, '50%') } }),
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    (dice, app) => ({
      spec: whole({
        podSelector: dice.one<object>({}, { matchLabels: { app } }),
        ingress: dice.maybe(() => dice.list(0, 2, () => ({ ports: [{ port: dice.number(80, 82) }] }))),
      }),
    }),
  ],
  [
    'networking.k8s.io/v1',
    'Ingress',
    (dice, app) => ({
      spec: {
        rules: dice.list(1, 2, () => ({
          host: `${name(dice)}.example.io`,
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: app, port: { number: 80 } } } }],
          },
        })),
      },
    }),
  ],
  [
    'example.io/v1',
    'Gadget',
    (dice) => ({
      spec: whole({
        mode: dice.maybe(() => dice.one('slow', 'fast')),
        size: dice.maybe(() => dice.one<any>(1, '1', '50%')),
        free: dice.maybe(() => ({ a: { b: [1, { c: null, d: word(dice) }] }, e: word(dice) })),
        tags: dice.maybe(() => [...new Set(dice.list(0, 3, () => name(dice)))]),
        plain: dice.maybe(() => dice.list(0, 3, () => dice.number(0, 3))),
        whole: dice.maybe(() => map(dice)),
        parts: dice.maybe(() =>
          unique(
            dice.list(0, 3, () =>
              whole({ name: name(dice), side: dice.maybe(() => 'right'), count: dice.maybe(() => 1) }),
            ),
            (each) => `${each.name} ${each.side ?? 'left'}`,
          ),
        ),
      }),
    }),
  ],
];

/** An object of any kind, as somebody may write it. */
export function kubernetesObject(dice: Dice, called: string, namespace: string): any {
  const [apiVersion, kind, body] = dice.one(...KINDS);
  const labels = dice.maybe(() =>
    dice.map(
      2,
      () => name(dice),
      () => name(dice),
    ),
  );
  const annotations = dice.maybe(() => map(dice));
  return { apiVersion, kind, metadata: whole({ name: called, namespace, labels, annotations }), ...body(dice, called) };
}

/** Its next state in the code: something is gone, is another, or stands in another order. */
export function edited(dice: Dice, object: any): any {
  const copy = structuredClone(object);
  const places: [any, string | number][] = [];
  const visit = (value: any) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      places.push([value, key]);
      visit(value[key]);
    }
  };
  const { apiVersion: _, kind: __, metadata, ...body } = copy;
  visit(body);
  visit({ labels: metadata.labels, annotations: metadata.annotations });
  if (!places.length) return copy;
  const [owner, key] = dice.one(...places);
  if (Array.isArray(owner)) owner.reverse();
  else if (dice.chance(60)) delete owner[key];
  else if (typeof owner[key] === 'string') owner[key] = dice.one('', 'red', '1Gi', '1024Mi', '1000m', 'None');
  else if (typeof owner[key] === 'number') owner[key] += 1;
  return copy;
}
