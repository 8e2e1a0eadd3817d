import type { CertificateReport, CertificateRow, CertificateState } from '../../plan/instance/certificate-row';
import { type Decision, decide, type Existing, expiry, kubeconfigParts, secretValue } from './decision';
import type { PkiPlan } from './plan';
import { mountedSecrets, readAtStart, type Workload } from './restart';
import { endsSoon, troublesOf } from './soundness';
import { X509Certificate } from './x509';

/** The Secrets of a plan, each with what is to be said of it. `workloads`: undefined when they could not be read. */
export function certificateReport(
  plan: PkiPlan,
  existing: Existing,
  workloads: readonly Workload[] | undefined,
  now: Date,
): Omit<CertificateReport, 'unread'> {
  const kinds: readonly (readonly [CertificateRow['kind'], readonly { readonly secret: string }[]])[] = [
    ['authority', plan.authorities],
    ['certificate', plan.certificates],
    ['key pair', plan.keyPairs],
    ['kubeconfig', plan.kubeconfigs],
  ];
  const decisions = new Map(decide(plan, existing, now).map((one) => [one.secret, one]));
  const rows = kinds.flatMap(([kind, wanted]) =>
    wanted.map((one: any): CertificateRow => {
      const decision = decisions.get(one.secret) as Decision;
      const leaf = certificateIn(existing.get(one.secret), kind === 'kubeconfig' ? one.key : undefined);
      const [state, why] = stateOf(plan, existing, decision, leaf, now);
      const names = kind === 'key pair' ? {} : { commonName: leaf?.subjectName.getField('CN')[0] ?? one.commonName };
      return {
        secret: one.secret,
        kind,
        ...names,
        ...(one.organizations ? { organizations: leaf?.subjectName.getField('O') ?? one.organizations } : {}),
        ...(one.authority ? { authority: one.authority } : {}),
        ...(leaf ? { expires: leaf.notAfter.toISOString().replace(/\.\d+Z$/, 'Z') } : {}),
        state,
        ...(why ? { why } : {}),
        ...(workloads ? mounts(plan, one.secret, kind, workloads) : {}),
      };
    }),
  );
  return {
    instance: plan.instance,
    namespace: plan.namespace,
    certificates: rows,
    troubles: troublesOf(plan, existing, now),
  };
}

function stateOf(
  plan: PkiPlan,
  existing: Existing,
  { secret, action, why }: Decision,
  leaf: X509Certificate | undefined,
  now: Date,
): readonly [CertificateState, string] {
  if (action === 'issue') return ['missing', why];
  if (leaf && leaf.notAfter <= now) return ['expired', expiry(leaf, now) ?? ''];
  if (action === 'renew') return [leaf && why === expiry(leaf, now) ? 'renew due' : 'differs', why];
  const soon = leaf && endsSoon(plan, existing, secret, now);
  return soon ? ['renew due', soon] : ['ok', ''];
}

/** The certificate of a Secret, or the one in its kubeconfig; undefined when there is none that can be read. */
function certificateIn(secret: any, kubeconfig: string | undefined): X509Certificate | undefined {
  const text = kubeconfig
    ? kubeconfigParts(secretValue(secret, kubeconfig))?.certificate
    : secretValue(secret, 'tls.crt');
  try {
    return text ? new X509Certificate(text) : undefined;
  } catch {
    return undefined;
  }
}

function mounts(plan: PkiPlan, secret: string, kind: CertificateRow['kind'], workloads: readonly Workload[]) {
  const mounting = workloads.filter((workload) => mountedSecrets(workload).includes(secret));
  // an authority and a key pair are not renewed
  const isRead = kind === 'certificate' && readAtStart(plan, secret).includes('tls.crt');
  const names = (all: readonly Workload[]) => all.map(({ key }) => `${key.kind}/${key.name}`).sort();
  return {
    mountedBy: names(mounting),
    restarts: isRead ? names(mounting.filter(({ key }) => key.kind !== 'CronJob')) : [],
  };
}
