import type { Nanos } from '../../../../src/preview/private/quantity';
import type { WantedInstance } from './host-snapshot';
import { read, wantedPods } from './wanted-pods';

/** Volumes that the instance asks for, alike in class and size. */
export interface WantedClaims {
  /** Such as `etcd-data of StatefulSet/etcd`. */
  readonly name: string;
  /** Empty: no class, a volume that is there already. @default - the default class of the host */
  readonly storageClass?: string;
  readonly size: Nanos;
  readonly count: number;
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Is the class what claims get that name none? */
export function isDefaultClass({ metadata }: any): boolean {
  return metadata.annotations?.[DEFAULT_CLASS] === 'true';
}

/** The volumes that an instance asks for: those of etcd, and of its backups. */
export function wantedClaims({ objects }: WantedInstance): WantedClaims[] {
  const claimed = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  return [
    ...wantedPods(objects).flatMap(({ workload, replicas, claims }) =>
      claims.map((claim) => wanted(`${claim.metadata.name} of ${workload}`, claim.spec, replicas)),
    ),
    ...claimed.map(({ metadata, spec }) => wanted(`PersistentVolumeClaim/${metadata.name}`, spec, 1)),
  ];
}

function wanted(name: string, spec: any, count: number): WantedClaims {
  const { storageClassName: storageClass, resources } = spec;
  return {
    name,
    ...(storageClass === undefined ? {} : { storageClass }),
    size: read(resources?.requests?.storage),
    count,
  };
}

/** The class that the claims get; undefined where there is none. */
export function classOf({ storageClass }: WantedClaims, classes: readonly any[]): any {
  return classes.find((each) =>
    storageClass === undefined ? isDefaultClass(each) : each.metadata.name === storageClass,
  );
}
