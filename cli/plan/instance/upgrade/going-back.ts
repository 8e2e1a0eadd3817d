import type { ComponentPair } from './running';
import { imageVersion, minorText, type Version, versionText } from './version';

/** What going back takes. */
export interface GoingBack {
  readonly namespace: string;
  readonly pairs: readonly ComponentPair[];
  readonly from: Version;
  readonly to: Version;
  /** The code makes snapshots of etcd by a CronJob. */
  readonly hasBackup: boolean;
}

/** What to do before, and what cannot be undone, in sentences. */
export function goingBack({ namespace, pairs, from, to, hasBackup }: GoingBack): string[] {
  const snapshot = hasBackup
    ? `take a snapshot of etcd first: kubectl --namespace ${namespace} create job --from=cronjob/etcd-backup before-${versionText(to).replace(/\./g, '-')}`
    : 'take a snapshot of etcd first: the code makes none (etcdBackup), and docs/etcd.md says how to take one by hand';
  if (minorText(from) === minorText(to)) {
    return [snapshot, 'a patch release can be gone back on: set the version that runs now, and apply'];
  }
  const etcd = pairs.find(({ desired }) => desired?.name === 'etcd');
  const [before, after] = [imageVersion(etcd?.live?.image), imageVersion(etcd?.desired?.image)];
  const moved = before && after && minorText(before) !== minorText(after);
  return [
    snapshot,
    `Karmada ${minorText(to)} may write fields that ${minorText(from)} does not know: an apply of an older minor release is refused`,
    ...(moved
      ? [
          `etcd ${minorText(before)} does not open data that ${minorText(after)} has written, unless that was told to go back while it ran`,
        ]
      : []),
    'to go back, delete the workloads of the instance (not its volumes), restore the snapshot with the release of before, and apply its code: docs/upgrade.md',
    'what changed on Karmada after the snapshot is lost then; workloads on members go on running',
  ];
}
