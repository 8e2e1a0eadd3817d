import type { Belonging, Member } from '../../plan/apply-set';
import { belongingsOf, isIssued } from '../../plan/instance/belonging';
import type { HostedInstance } from '../../plan/instance/hosted-instance';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { METADATA_ONLY } from '../contents';
import { listAll } from '../listing';

const ETCD = 'etcd';

/**
 * What was made for an instance and is no object of its chart: the volumes of its etcd, and what was issued. A Secret that
 * others made is not among it, unless the PKI plan names it. Nothing but metadata is read, so no value of a Secret.
 */
export async function belongingsOn(host: ApiServer, hosted: HostedInstance, patience: Patience): Promise<Member[]> {
  const { namespace, instanceName, chart } = hosted;
  const list = async (kind: string, plural: string): Promise<any[]> =>
    (await listAll(host, { apiVersion: 'v1', kind, plural, namespace, accept: METADATA_ONLY }, patience)) ?? [];
  const [claims, secrets] = await Promise.all([
    list('PersistentVolumeClaim', 'persistentvolumeclaims'),
    list('Secret', 'secrets'),
  ]);
  const planned = belongingsOf(planIn(hosted));
  const member = (kind: string, { metadata }: any, belonging: Belonging): Member => {
    return {
      apiVersion: 'v1',
      kind,
      namespace,
      name: metadata.name,
      uid: metadata.uid,
      path: chart,
      wave: 1,
      belonging,
    };
  };
  return [
    ...claims
      .filter((claim) => isOfEtcd(claim, instanceName))
      .map((claim) => member('PersistentVolumeClaim', claim, 'data')),
    ...secrets
      .filter(({ metadata }) => planned.has(metadata.name) || isIssued({ metadata }))
      .filter(({ metadata }) => metadata.labels?.['applyset.kubernetes.io/part-of'] === undefined)
      // what no plan names may be an authority
      .map((secret) => member('Secret', secret, planned.get(secret.metadata.name) ?? 'data')),
  ];
}

/** A StatefulSet gives its claims what it selects its pods by. */
function isOfEtcd({ metadata: { labels = {} } }: any, instanceName: string): boolean {
  return labels['app.kubernetes.io/name'] === ETCD && labels['app.kubernetes.io/instance'] === instanceName;
}

/** A plan that cannot be read says nothing. */
function planIn({ pkiPlan }: HostedInstance): any {
  try {
    return JSON.parse(pkiPlan?.data?.['plan.json'] ?? '{}');
  } catch {
    return {};
  }
}
