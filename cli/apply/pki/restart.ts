import { createHash } from 'node:crypto';
import type { ObjectKey } from '../../../src/core/object-key';
import type { PlannedRestart } from '../../plan/plan';
import { decide, type Existing, secretValue } from './decision';
import type { PkiPlan } from './plan';

/**
 * On a workload: checksums of what its pods have read of keys and certificates when they started, written before the first
 * of it is replaced. In its pod template: the same when the pods were made to start anew.
 */
export const CERTIFICATES = 'cdk8s-karmada.io/certificates';

/** A workload of the host that mounts Secrets. */
export interface Workload {
  readonly key: ObjectKey;
  readonly plural: string;
  readonly live: any;
}

/** Checksums of public material by Secret. */
type Marks = ReadonlyMap<string, string>;

/** A Secret that is not there. */
const NONE = 'none';

/** Names of the Secrets that the pods of a workload mount. */
export function mountedSecrets({ live }: Workload): string[] {
  const pod = (live.spec?.jobTemplate?.spec ?? live.spec)?.template?.spec;
  return (pod?.volumes ?? []).flatMap(({ secret, projected }: any) => [
    ...(secret?.secretName ? [secret.secretName] : []),
    ...(projected?.sources ?? []).flatMap((source: any) => source.secret?.name ?? []),
  ]);
}

/** Workloads that are to start anew, and why: now, or as soon as what is due is issued. */
export function restartsOf(
  plan: PkiPlan,
  existing: Existing,
  workloads: readonly Workload[],
  now: Date,
): PlannedRestart[] {
  const changing = changingSecrets(plan, existing, now);
  return workloads.flatMap((workload) => {
    const due = [...outdated(plan, existing, workload), ...affecting(plan, existing, workload, changing)];
    const secrets = [...new Set(due)].sort();
    return secrets.length
      ? [{ key: workload.key, why: `its pods read ${secrets.join(', ')} only when they start` }]
      : [];
  });
}

/** What has to be written down before Secrets are replaced: what the pods of a workload have read of them. */
export function recordBefore(plan: PkiPlan, existing: Existing, workload: Workload, now: Date): any {
  const recorded = recordedMarks(workload.live);
  const fresh = affecting(plan, existing, workload, changingSecrets(plan, existing, now)).filter(
    (secret) => !recorded.has(secret),
  );
  if (!fresh.length) return undefined;
  const marks = new Map([...recorded, ...fresh.map((secret) => [secret, markOf(plan, existing, secret)] as const)]);
  return marking(workload, marks, templateMark(workload.live));
}

/** What makes the pods of a workload start anew; undefined when they have read what is there. */
export function restartAfter(plan: PkiPlan, existing: Existing, workload: Workload): any {
  if (!outdated(plan, existing, workload).length) return undefined;
  const recorded = [...recordedMarks(workload.live).keys()];
  const marks = new Map(recorded.map((secret) => [secret, markOf(plan, existing, secret)] as const));
  return marking(workload, marks, textOf(marks));
}

/** Secrets of which the pods have read something else than what is there. */
function outdated(plan: PkiPlan, existing: Existing, workload: Workload): string[] {
  const mounted = mountedSecrets(workload);
  return [...recordedMarks(workload.live)]
    .filter(([secret, mark]) => mounted.includes(secret) && mark !== markOf(plan, existing, secret))
    .map(([secret]) => secret);
}

/** Secrets that change and that the pods have read already. */
function affecting(plan: PkiPlan, existing: Existing, workload: Workload, changing: ReadonlySet<string>): string[] {
  const { readyReplicas = 0 } = workload.live.status ?? {};
  // pods that wait for a Secret have not started
  return mountedSecrets(workload).filter(
    (secret) => changing.has(secret) && (existing.has(secret) || readyReplicas > 0) && readAtStart(plan, secret).length,
  );
}

/** Secrets of which something that is read only at start is about to change. */
export function changingSecrets(plan: PkiPlan, existing: Existing, now: Date): ReadonlySet<string> {
  const authorities = new Map(plan.certificates.map(({ secret, authority }) => [secret, authority]));
  const changing = decide(plan, existing, now).filter(({ secret, action }) => {
    const keys = readAtStart(plan, secret);
    if (action === 'keep' || !keys.length) return false;
    if (action === 'issue' || keys.some((key) => key !== 'ca.crt')) return true;
    const authority = existing.get(authorities.get(secret) ?? '');
    return secretValue(existing.get(secret), 'ca.crt') !== secretValue(authority, 'tls.crt');
  });
  return new Set(changing.map(({ secret }) => secret));
}

/** Keys of a Secret, all of them public, of which pods see a change only when they start anew. */
export function readAtStart({ authorities, certificates, keyPairs }: PkiPlan, secret: string): readonly string[] {
  if (authorities.some((one) => one.secret === secret)) return ['tls.crt'];
  const pair = keyPairs.find((one) => one.secret === secret);
  if (pair) return [pair.publicKey];
  return certificates.find((one) => one.secret === secret)?.readAtStart ?? [];
}

function markOf(plan: PkiPlan, existing: Existing, secret: string): string {
  const found = existing.get(secret);
  if (!found) return NONE;
  const values = readAtStart(plan, secret).map((key) => secretValue(found, key));
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

function recordedMarks(live: any): Marks {
  const text: string = live.metadata.annotations?.[CERTIFICATES] ?? '';
  const pairs = text.split(',').map((pair) => pair.split('='));
  return new Map(pairs.filter(([secret, mark]) => secret && mark).map(([secret, mark]) => [secret, mark]));
}

function templateMark(live: any): string | undefined {
  return live.spec?.template?.metadata?.annotations?.[CERTIFICATES];
}

function textOf(marks: Marks): string {
  return [...marks]
    .map(([secret, mark]) => `${secret}=${mark}`)
    .sort()
    .join(',');
}

/** For server-side apply: all that our manager says of a workload. */
function marking({ key, live }: Workload, marks: Marks, template: string | undefined): any {
  const { apiVersion, kind, namespace, name } = key;
  return {
    apiVersion,
    kind,
    // the uid: a workload that was deleted meanwhile is not made again out of an annotation
    metadata: { name, namespace, uid: live.metadata.uid, annotations: { [CERTIFICATES]: textOf(marks) } },
    ...(template === undefined
      ? {}
      : { spec: { template: { metadata: { annotations: { [CERTIFICATES]: template } } } } }),
  };
}
