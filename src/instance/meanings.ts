import { FindingLevel } from '../core/finding';
import type { Meaning } from '../core/private/meaning';

function warning(code: string, title: string, why: string, fix: string): Meaning {
  return { code, level: FindingLevel.WARNING, title, why, fix };
}

/** What the codes of instances stand for. */
export const INSTANCE_MEANINGS: readonly Meaning[] = [
  warning(
    'MC101',
    'etcd in a folder of one node',
    'The instance is down while that node is, and its data is gone when the node is.',
    'use EtcdStorage.persistentVolumeClaim, or acknowledge this with the reason',
  ),
  warning(
    'MC104',
    'a control plane that outlives its instance',
    'It goes on running when the instance is deleted, and nothing looks after it then.',
    'leave `deletion` out, or acknowledge this with the reason',
  ),
  warning(
    'MC105',
    'a release that this library does not know',
    'It is treated as the newest release that is known: what changed since is not seen.',
    'update cdk8s-karmada, or read the release notes of Karmada',
  ),
  warning(
    'MC107',
    "Karmada's kinds as this library renders them",
    'They take and refuse what those of the release do, but `kubectl explain` has no words for their fields, and nobody has compared them with the file of the release.',
    'give `crds` a CrdSource with the SHA-256 of the file, or CrdSource.rendered() when this is what you want',
  ),
  warning(
    'MC108',
    'a bootstrap token is worth the certificate of any agent',
    'Karmada approves what a holder of a token asks for, whichever member it names: who has one can pass for the agent of another member, and write what Karmada believes of it.',
    'use PullMode.requested, or PullMode.joined, which needs no token',
  ),
];
