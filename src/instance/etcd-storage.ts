import { type Size, SizeRoundingBehavior } from 'cdk8s';
import { type Trouble, troubles } from '../core/private/trouble';

/** Options of `EtcdStorage.persistentVolumeClaim`. */
export interface EtcdPersistentVolumeClaimOptions {
  /** Size of the volume of each member, at least 2 GiB. It cannot be changed afterwards. */
  readonly size: Size;

  /**
   * Name of the StorageClass on the host. It cannot be changed afterwards.
   *
   * @default - the host's default StorageClass
   */
  readonly storageClass?: string;

  /**
   * How many members etcd has: 1, 3, 5 or 7. Each needs a node of its own. It cannot be changed afterwards.
   *
   * With 1, the instance is for trying things out: its other components have one pod each by default, too.
   *
   * @default 3
   */
  readonly replicas?: number;
}

/** Options of `EtcdStorage.hostPath`. */
export interface EtcdHostPathOptions {
  /** Labels of the one node that keeps the data, such as `{ 'kubernetes.io/hostname': 'node-1' }`. */
  readonly nodeSelector: { readonly [key: string]: string };

  /**
   * Folder on that node; it is made when it is missing. Data of an earlier instance in it keeps a new one from starting.
   *
   * @default - `/var/lib/<instanceName>-karmada-etcd`
   */
  readonly path?: string;
}

/** What a StatefulSet has to hold for a kind of storage. */
interface EtcdVolume {
  readonly claim?: any;
  readonly hostPath?: (instanceName: string) => string;
  readonly nodeSelector?: { readonly [key: string]: string };
  /** How large etcd's database may grow, in bytes. */
  readonly quotaBytes?: number;
}

const MEMBERS = [1, 3, 5, 7];
const GIBIBYTE = 1024 ** 3;

/**
 * Where a Karmada control plane keeps its data. There is no default: what is lost with a pod should be chosen by no one.
 *
 * @example
 * import { Size } from 'cdk8s';
 * import { EtcdStorage } from 'cdk8s-karmada';
 *
 * EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10), storageClass: 'fast' });
 */
export class EtcdStorage {
  /**
   * One persistent volume for each member. The claims stay when the instance goes.
   *
   * @throws if `replicas` is not 1, 3, 5 or 7, or `size` is below 2 GiB
   */
  public static persistentVolumeClaim(options: EtcdPersistentVolumeClaimOptions): EtcdStorage {
    const replicas = options.replicas ?? 3;
    const gibibytes = options.size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
    const wrong: Trouble[] = [];
    if (!MEMBERS.includes(replicas)) {
      wrong.push({
        what: `replicas of etcd must be 1, 3, 5 or 7, got ${replicas}`,
        at: 'EtcdStorage.persistentVolumeClaim',
        fix: 'use an odd number: an even one survives no more lost members than the odd one below it',
      });
    }
    if (gibibytes < 2) {
      wrong.push({
        what: `size of etcd's volume must be 2Gi or more, got ${options.size.asString()}`,
        at: 'EtcdStorage.persistentVolumeClaim',
        fix: 'ask for 10Gi: the log needs half a GiB beside the data, and the size cannot be changed afterwards',
      });
    }
    if (wrong.length) throw troubles(wrong);
    return new EtcdStorage(replicas, {
      claim: {
        accessModes: ['ReadWriteOnce'],
        ...(options.storageClass !== undefined && { storageClassName: options.storageClass }),
        resources: { requests: { storage: options.size.asString() } },
      },
      // the rest is for the write-ahead log; beyond 8 GiB etcd itself advises against
      quotaBytes: Math.min(8 * GIBIBYTE, Math.floor(0.8 * gibibytes * GIBIBYTE)),
    });
  }

  /**
   * A folder on one node, for hosts without a StorageClass. One member, as root, and not highly available: the
   * instance is down while that node is, and gone with its disk.
   *
   * @throws if `nodeSelector` is empty, or `path` is not absolute
   */
  public static hostPath(options: EtcdHostPathOptions): EtcdStorage {
    const wrong: Trouble[] = [];
    if (Object.keys(options.nodeSelector).length === 0) {
      wrong.push({
        what: 'nodeSelector must name the node that keeps the data, got no label',
        at: 'EtcdStorage.hostPath',
        fix: "give a label that one node has, such as { 'kubernetes.io/hostname': 'node-1' }: on any other node etcd would start empty",
      });
    }
    if (options.path !== undefined && !/^\/[^/]/.test(options.path)) {
      wrong.push({
        what: `path must be an absolute path below the root folder, got "${options.path}"`,
        at: 'EtcdStorage.hostPath',
        fix: 'write it as /var/lib/karmada-etcd',
      });
    }
    if (wrong.length) throw troubles(wrong);
    return new EtcdStorage(1, {
      hostPath: (instanceName) => options.path ?? `/var/lib/${instanceName}-karmada-etcd`,
      nodeSelector: options.nodeSelector,
    });
  }

  private constructor(
    /** How many members etcd has. */
    public readonly replicas: number,
    /** @internal */
    public readonly _volume: EtcdVolume,
  ) {}
}
