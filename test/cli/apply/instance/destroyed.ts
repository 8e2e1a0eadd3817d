import { emptied } from '../../../../cli/apply/destruction';
import { applyInput, planLive } from '../../../../cli/apply/engine';
import { hostedInstanceNamed } from '../../../../cli/apply/instance/hosted-instances';
import { type EndOptions, endOf, withoutData, withoutKinds } from '../../../../cli/apply/instance/instance-destruction';
import { reach } from '../../../../cli/apply/instance/reach';
import type { Servers } from '../../../../cli/apply/preparation';
import { readCharts } from '../../../../cli/plan/chart-input';
import { readDocuments } from '../../../../cli/plan/document';
import { keyText } from '../../../../src/core/object-key';
import type { MulticloudInstanceProps } from '../../../../src/instance/multicloud-instance-props';
import { anInstance, find, oneMember } from '../../../instance/an-instance';
import { applied, belongings, type MemoryServer } from './memory-server';

/** An instance as it stands on its host and on its Karmada, with its keys and volumes. */
export function standing(name: string, props: Partial<MulticloudInstanceProps> = {}, created?: string) {
  const namespace = `${name}-system`;
  const { host, karmada } = anInstance({ instanceName: name, namespace, etcd: oneMember, ...props });
  const plan = JSON.parse(find(host, 'ConfigMap', `${name}-pki-plan`).data['plan.json']);
  return {
    host: [...applied(host, created), ...belongings(name, namespace, plan)],
    karmada: [...applied(karmada), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cdk8s-karmada' } }],
  };
}

/** The plan of `destroy` for the charts of an instance, or for one of them. */
export async function destroyed(name: string, servers: Servers, only?: string) {
  const { host, karmada } = anInstance({ instanceName: name, namespace: `${name}-system`, etcd: oneMember });
  const text = [...host, ...karmada].map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  const input = emptied(readCharts(readDocuments([{ file: 'dist/app.k8s.yaml', text }]), { only }), servers);
  return withoutKinds(await planLive(input, servers, { toolVersion: '1.0.0', now: Date.now, destroy: true }));
}

const DEFAULTS = { deleteData: false, leaveMembers: false };

/** What is planned for the end of an instance, and how it is carried out. */
export async function ending(
  host: MemoryServer,
  karmada: MemoryServer,
  name: string,
  options: Partial<EndOptions> = {},
) {
  const hosted = await hostedInstanceNamed(host, name, {});
  const reached = await reach(async () => karmada, 200);
  const end = await endOf(host, hosted, reached, { ...DEFAULTS, ...options }, {});
  const known = { toolVersion: '1.0.0', now: Date.now, destroy: true, instance: end.leave };
  const plan = withoutData(await planLive(end.input, end.servers, known));
  return {
    ...end,
    plan,
    /** What is deleted, in its order. */
    going: plan.prunes.filter(({ action }) => action === 'prune').map(({ plane, key }) => `${plane}: ${keyText(key)}`),
    kept: plan.prunes
      .filter(({ action }) => action === 'keep')
      .map(({ key, why }) => `${keyText(key)}: ${why}`)
      .sort(),
    run: (allowedCount = plan.totals.prune) => applyInput(end.input, end.servers, { ...known, allowedCount }),
  };
}
