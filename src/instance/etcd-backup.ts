import { Cron, type Size, SizeRoundingBehavior } from 'cdk8s';
import { isDnsSubdomain } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';

/** What every backup has. */
export interface EtcdBackupOptions {
  /**
   * When a snapshot is taken, in the time zone of the host's controllers.
   *
   * @default Cron.daily()
   */
  readonly schedule?: Cron;

  /**
   * How many snapshots are kept; older ones are deleted after a new one was verified.
   *
   * @default 7
   */
  readonly keep?: number;
}

/** Options of `EtcdBackup.persistentVolumeClaim`. */
export interface EtcdBackupClaimOptions extends EtcdBackupOptions {
  /** Size of the volume: `keep` + 1 times what etcd may hold. It cannot be changed afterwards. */
  readonly size: Size;

  /**
   * Name of the StorageClass on the host. It cannot be changed afterwards.
   *
   * @default - the host's default StorageClass
   */
  readonly storageClass?: string;
}

/**
 * Snapshots of etcd, taken by a CronJob of the host. They hold every Secret of Karmada: guard their volume as you guard etcd's.
 * The authorities and the service account's key are not in them: without those, a snapshot is of no use.
 *
 * @see https://etcd.io/docs/v3.6/op-guide/recovery/
 * @example
 * import { Cron, Size } from 'cdk8s';
 * import { EtcdBackup } from 'cdk8s-karmada';
 *
 * EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20), schedule: Cron.hourly(), keep: 24 });
 */
export class EtcdBackup {
  /**
   * Onto a volume of its own. Its claim stays when the instance goes.
   *
   * @throws if `keep` is below 1 or `size` below 1 GiB
   */
  public static persistentVolumeClaim(options: EtcdBackupClaimOptions): EtcdBackup {
    const at = 'EtcdBackup.persistentVolumeClaim';
    const wrong = keepTroubles(at, options);
    if (options.size.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) < 1) {
      wrong.push({
        what: `size of the backup's volume must be 1Gi or more, got ${options.size.asString()}`,
        at,
        fix: 'ask for keep + 1 times what etcd may hold: it cannot be changed afterwards',
      });
    }
    if (wrong.length) throw troubles(wrong);
    return new EtcdBackup(options, undefined, {
      accessModes: ['ReadWriteOnce'],
      ...(options.storageClass !== undefined && { storageClassName: options.storageClass }),
      resources: { requests: { storage: options.size.asString() } },
    });
  }

  /**
   * Onto a volume that is there already, in the namespace of the instance: one that something carries off the host.
   *
   * @param claimName name of the PersistentVolumeClaim
   * @throws if `keep` is below 1 or the name is none
   */
  public static existingClaim(claimName: string, options: EtcdBackupOptions = {}): EtcdBackup {
    const at = 'EtcdBackup.existingClaim';
    const wrong = keepTroubles(at, options);
    if (!isDnsSubdomain(claimName)) {
      wrong.push({ what: `no PersistentVolumeClaim can be named "${claimName}"`, at, fix: 'give the name of one' });
    }
    if (wrong.length) throw troubles(wrong);
    return new EtcdBackup(options, claimName);
  }

  /** @internal */
  public readonly _schedule: string;
  /** @internal */
  public readonly _keep: number;

  private constructor(
    options: EtcdBackupOptions,
    /** @internal */
    public readonly _claimName?: string,
    /** @internal */
    public readonly _claim?: any,
  ) {
    this._schedule = (options.schedule ?? Cron.daily()).expressionString;
    this._keep = options.keep ?? 7;
  }
}

function keepTroubles(at: string, { keep }: EtcdBackupOptions): Trouble[] {
  if (keep === undefined || (Number.isInteger(keep) && keep > 0)) return [];
  return [{ what: `keep must be a whole number, 1 or more, got ${keep}`, at, fix: 'leave it out to keep 7' }];
}
