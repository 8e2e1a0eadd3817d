import { type Finding, FindingLevel } from '../core/finding';
import { KarmadaVersion } from '../core/karmada-version';
import type { Advice } from '../core/private/advice';
import { DELETION, TARGET, VERSION } from '../core/private/keys';
import { karmadaFindings } from './karmada-findings';

/** What the record of an instance says when its control plane outlives it. */
const RETAINED = 'retain';

/**
 * What there is to say about how an instance is set up.
 *
 * @param host the objects of its host
 * @param records the records of its charts: one of them says which release a Karmada runs that is not installed here
 */
export function instanceAdvice(host: readonly any[], records: readonly any[]): Advice[] {
  const objects = host.length ? host : records.slice(0, 1);
  return [
    ...objects.map((object) => [object, [...hostFindings(object), ...(host.length ? [] : releaseFindings(object))]]),
    ...records.map((object) => [object, karmadaFindings(object)]),
  ].flatMap(([object, findings]) => findings.map((finding: Finding) => ({ object, finding })));
}

/** Whether an instance has a karmada-metrics-adapter; undefined when nothing of its host is known. */
export function servesMetrics(host: readonly any[]): boolean | undefined {
  if (host.length === 0) return undefined;
  return host.some(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'karmada-metrics-adapter');
}

/** What is doubtful in an object of the host chart. */
export function hostFindings(manifest: any): Finding[] {
  const annotations = manifest.metadata.annotations ?? {};
  if (annotations[TARGET] === 'host') return [...deletionFindings(annotations), ...releaseFindings(manifest)];
  return manifest.kind === 'StatefulSet' ? storageFindings(manifest) : [];
}

/** What there is to say about the release that the record of a chart names: something when it is newer than the tables. */
export function releaseFindings(record: any): Finding[] {
  const { [VERSION]: version, [TARGET]: target } = record.metadata.annotations ?? {};
  if (version === undefined || KarmadaVersion.of(version)._isKnown) return [];
  const [treated, changed] =
    target === 'host'
      ? [`it is installed as ${KarmadaVersion._newest} would be`, 'flags and images']
      : [`objects are checked as ${KarmadaVersion._newest} would check them`, 'fields and rules'];
  return [
    {
      code: 'MC105',
      level: FindingLevel.WARNING,
      path: `metadata.annotations[${VERSION}]`,
      message: `Karmada ${version} is newer than what this library knows: ${treated}`,
      fix: `update cdk8s-karmada, or read the release notes for ${changed} that changed`,
    },
  ];
}

function deletionFindings(annotations: { readonly [key: string]: string }): Finding[] {
  if (annotations[DELETION] !== RETAINED) return [];
  return [
    {
      code: 'MC104',
      level: FindingLevel.WARNING,
      path: `metadata.annotations[${DELETION}]`,
      message: 'the control plane goes on running when the instance is deleted, and nothing looks after it then',
      fix: 'leave `deletion` out to release both together, or acknowledge this with the reason',
    },
  ];
}

function storageFindings(manifest: any): Finding[] {
  const volumes: readonly any[] = manifest.spec?.template?.spec?.volumes ?? [];
  const index = volumes.findIndex(({ hostPath }) => hostPath);
  if (index < 0) return [];
  return [
    {
      code: 'MC101',
      level: FindingLevel.WARNING,
      path: `spec.template.spec.volumes[${index}].hostPath`,
      message: `etcd keeps its data in the folder ${volumes[index].hostPath.path} of one node: the instance is down while that node is`,
      fix: 'use EtcdStorage.persistentVolumeClaim, or acknowledge this with the reason',
    },
  ];
}
