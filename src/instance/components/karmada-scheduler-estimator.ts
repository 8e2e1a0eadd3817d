import { READY } from '../../core/private/keys';
import { type ControlPlane, has } from '../control-plane';
import { deployment, type Flags, HEALTH_PROBES, type Mount, service } from '../deployment';
import { featureGates } from '../feature-gates';
import { type Part, WAVES } from '../part';

const NAME = 'karmada-scheduler-estimator';
const SERVER = '/etc/karmada/pki/server';
const CLIENT = '/etc/karmada/pki/scheduler-estimator-client';
const MEMBER = '/etc/karmada/member';
const GRPC = { name: 'grpc', port: 10352 };

/** The Secret with the kubeconfig that an estimator reads its member by; `member join` makes it. */
export function memberKubeconfig(cluster: string): { readonly secret: string; readonly key: string } {
  return { secret: `${cluster}-kubeconfig`, key: `${cluster}-kubeconfig` };
}

/** What a client of the estimators is told. */
export function estimatorFlags(plane: ControlPlane): Flags {
  return {
    // Karmada looks in karmada-system unless told otherwise, and without an answer it goes on without estimators
    'scheduler-estimator-service-namespace': plane.namespace,
    'scheduler-estimator-ca-file': `${CLIENT}/ca.crt`,
    'scheduler-estimator-cert-file': `${CLIENT}/tls.crt`,
    'scheduler-estimator-key-file': `${CLIENT}/tls.key`,
  };
}

/** What a client of the estimators proves itself with; nothing when there are none. */
export function estimatorMounts(plane: ControlPlane, client: string): Mount[] {
  if (plane.estimatedClusters.length === 0) return [];
  return [
    { name: 'scheduler-estimator-client-cert', path: CLIENT, secret: `${client}-scheduler-estimator-client-cert` },
  ];
}

/** Tells how many more replicas one member has room for, by its nodes and pods. */
export function karmadaSchedulerEstimator(plane: ControlPlane, cluster: string): Part[] {
  const objectName = `${NAME}-${cluster}`;
  const { secret, key } = memberKubeconfig(cluster);
  return [
    service(plane, objectName, [GRPC]),
    ...deployment(plane, WAVES.estimators, {
      name: NAME,
      objectName,
      binary: `/bin/${NAME}`,
      flags: {
        kubeconfig: `${MEMBER}/${key}`,
        'cluster-name': cluster,
        'grpc-auth-cert-file': `${SERVER}/tls.crt`,
        'grpc-auth-key-file': `${SERVER}/tls.key`,
        'grpc-client-ca-file': `${SERVER}/ca.crt`,
        'health-probe-bind-address': ':10351',
        'metrics-bind-address': ':8080',
        ...featureGates(plane),
        v: 2,
      },
      ports: [GRPC, { name: 'metrics', port: 8080 }, { name: 'health', port: 10351 }],
      mounts: [
        { name: 'server-cert', path: SERVER, secret: `${NAME}-cert` },
        { name: 'member-kubeconfig', path: MEMBER, secret },
      ],
      probes: HEALTH_PROBES,
      requests: { cpu: '100m', memory: '256Mi' },
      scratch: '/tmp',
      entrances: [
        {
          ports: [GRPC.port],
          from: ['karmada-scheduler', ...(has(plane, 'karmada-descheduler') ? (['karmada-descheduler'] as const) : [])],
        },
      ],
      metricsPort: 8080,
    }).map(unawaited),
  ];
}

/** It starts when its member has joined, which the first apply of an instance comes before: nobody is to wait for it. */
function unawaited(part: Part): Part {
  const { manifest } = part;
  if (manifest.kind !== 'Deployment') return part;
  const annotations = { ...manifest.metadata.annotations, [READY]: 'skip' };
  return { ...part, manifest: { ...manifest, metadata: { ...manifest.metadata, annotations } } };
}
