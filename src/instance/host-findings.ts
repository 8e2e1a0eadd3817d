import { type Finding, FindingLevel } from '../core/finding';
import { DELETION, VERSION } from '../core/private/keys';
import { InstanceDeletion } from './instance-deletion';
import { isKnownRelease, NEWEST_RELEASE } from './releases';

/** What is doubtful in an object of the host chart. */
export function hostFindings(manifest: any): Finding[] {
  const annotations = manifest.metadata.annotations ?? {};
  if (DELETION in annotations) return instanceFindings(annotations);
  return manifest.kind === 'StatefulSet' ? storageFindings(manifest) : [];
}

function instanceFindings(annotations: { [key: string]: string }): Finding[] {
  const found: Finding[] = [];
  if (annotations[DELETION] === InstanceDeletion.RETAIN_KARMADA) {
    found.push({
      code: 'MC104',
      level: FindingLevel.WARNING,
      path: `metadata.annotations[${DELETION}]`,
      message: 'the control plane goes on running when the instance is deleted, and nothing looks after it then',
      fix: 'leave `deletion` out to release both together, or acknowledge this with the reason',
    });
  }
  if (!isKnownRelease(annotations[VERSION])) {
    found.push({
      code: 'MC105',
      level: FindingLevel.WARNING,
      path: `metadata.annotations[${VERSION}]`,
      message: `Karmada ${annotations[VERSION]} is newer than what this library knows: it is installed as ${NEWEST_RELEASE} would be`,
      fix: 'update cdk8s-karmada, or read the release notes for flags and images that changed',
    });
  }
  return found;
}

function storageFindings(manifest: any): Finding[] {
  const volumes: any[] = manifest.spec.template.spec.volumes;
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
