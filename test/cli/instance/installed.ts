import { injectCaBundle } from '../../../cli/apply/pki/ca-bundle';
import { secretValue } from '../../../cli/apply/pki/decision';
import { issue } from '../../../cli/apply/pki/issue';
import { readPkiPlan } from '../../../cli/apply/pki/plan';
import { type HostedInstance, hostedInstance } from '../../../cli/plan/instance/hosted-instance';
import { sendable } from '../../../cli/plan/sendable';
import type { MulticloudInstanceProps } from '../../../src/instance/multicloud-instance-props';
import { anInstance, find } from '../../instance/an-instance';
import { standard } from './host-double';

/** What the two servers have of an instance that runs and is well. */
export interface Installed {
  readonly host: any[];
  readonly karmada: any[];
  readonly hosted: HostedInstance;
}

/** An instance after its installation: what was applied, what was issued, and what the host has made of it. */
export async function installed(
  props: Partial<MulticloudInstanceProps> = {},
  issuedAt: Date = new Date(),
): Promise<Installed> {
  const { host, karmada } = anInstance(props);
  const parent = find(host, 'ConfigMap', 'east-east-host');
  const pkiPlan = find(host, 'ConfigMap', 'east-pki-plan');
  const secrets = await issue(readPkiPlan(pkiPlan), new Map(), issuedAt);
  const ca = secretValue(
    secrets.find(({ metadata }) => metadata.name === 'karmada-ca'),
    'tls.crt',
  );
  const running = host.map((each) => settled(each === parent ? each : sendable(each)));
  return {
    host: [...running, ...secrets, ...running.flatMap(claimsOf), ...running.flatMap(podsOf), endpoints, standard],
    karmada: [...karmada.map((each) => served(each, ca)), ...leases()],
    hosted: hostedInstance(parent, { pkiPlan }),
  };
}

function settled(object: any): any {
  const { kind, spec } = object;
  const { replicas } = spec ?? {};
  if (kind === 'StatefulSet') {
    return {
      ...object,
      status: { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas },
    };
  }
  if (kind !== 'Deployment') return object;
  const counts = { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas };
  return { ...object, status: { observedGeneration: 1, ...counts } };
}

function podsOf({ kind, metadata, spec }: any): any[] {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
  const { labels } = spec.template.metadata;
  return Array.from({ length: spec.replicas }, (_, n) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${metadata.name}-${n}`, namespace: metadata.namespace, labels },
    spec: spec.template.spec,
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  }));
}

function claimsOf({ kind, metadata, spec }: any): any[] {
  if (kind !== 'StatefulSet') return [];
  return (spec.volumeClaimTemplates ?? []).flatMap((claim: any) =>
    Array.from({ length: spec.replicas }, (_, n) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        ...claim.metadata,
        name: `${claim.metadata.name}-${metadata.name}-${n}`,
        namespace: metadata.namespace,
      },
      spec: { ...claim.spec, storageClassName: 'standard', volumeName: `pv-${n}` },
      status: { phase: 'Bound' },
    })),
  );
}

const endpoints = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'karmada-webhook-x',
    namespace: 'karmada-system',
    labels: { 'kubernetes.io/service-name': 'karmada-webhook' },
  },
  endpoints: [{ conditions: { ready: true } }, { conditions: { ready: true } }],
};

function served(object: any, ca: string): any {
  const injected = object.metadata.annotations?.['cdk8s-karmada.io/inject-ca'] ? injectCaBundle(object, ca) : object;
  if (object.kind !== 'APIService') return injected;
  return { ...injected, status: { conditions: [{ type: 'Available', status: 'True' }] } };
}

function leases(): any[] {
  const lease = (namespace: string, name: string) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace },
    // whoever looks finds it just renewed
    spec: { holderIdentity: `${name}-0_1`, leaseDurationSeconds: 15 },
  });
  return [
    lease('karmada-system', 'karmada-controller-manager'),
    lease('karmada-system', 'karmada-scheduler'),
    lease('kube-system', 'kube-controller-manager'),
  ];
}
