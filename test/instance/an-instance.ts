import { App, type Chart, Size } from 'cdk8s';
import { CrdSource } from '../../src/instance/crd-source';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import type { MulticloudInstanceProps } from '../../src/instance/multicloud-instance-props';

/** What an instance renders to. */
export interface Rendered {
  readonly instance: MulticloudInstance;
  /** The objects for the host. */
  readonly host: any[];
  /** The objects for Karmada. */
  readonly karmada: any[];
}

/** Three members of 10 GiB. */
export const threeMembers = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) });
/** One member of 10 GiB. */
export const oneMember = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10), replicas: 1 });

/** An instance `east` with three members of etcd, and whatever the test is about. */
export function anInstance(props: Partial<MulticloudInstanceProps> = {}): Rendered {
  const usual = { instanceName: 'east', etcd: threeMembers, crds: CrdSource.rendered() };
  const instance = new MulticloudInstance(new App(), 'east', { ...usual, ...props });
  return { instance, host: instance.toJson(), karmada: (instance.node.findChild('karmada') as Chart).toJson() };
}

/** The one object of a kind and a name. */
export function find(objects: readonly any[], kind: string, name: string): any {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}`);
  return found[0];
}

/** The objects as `wave Kind/name`. */
export function listed(objects: readonly any[]): string[] {
  return objects.map(
    ({ kind, metadata }) => `${metadata.annotations['cdk8s-karmada.io/wave'] ?? '-'} ${kind}/${metadata.name}`,
  );
}

/** The pod of a Deployment or StatefulSet, and its container. */
export function podOf(workload: any): { readonly spec: any; readonly container: any } {
  const { spec } = workload.spec.template;
  return { spec, container: spec.containers[0] };
}

/** Flags of a container by name, without the dashes. */
export function flagsOf(container: any): { [flag: string]: string } {
  return Object.fromEntries(
    container.args.map((argument: string) => {
      const end = argument.indexOf('=');
      return [argument.slice(2, end), argument.slice(end + 1)];
    }),
  );
}

/** Where the pod finds its files: the mount's path to what is there. */
export function mountsOf(workload: any): { [path: string]: string } {
  const { spec, container } = podOf(workload);
  return Object.fromEntries(
    container.volumeMounts.map(({ name, mountPath, readOnly }: any) => {
      const volume = spec.volumes.find((candidate: any) => candidate.name === name) ?? {};
      const source = volume.secret
        ? `Secret/${volume.secret.secretName}`
        : volume.configMap
          ? `ConfigMap/${volume.configMap.name}`
          : (Object.keys(volume).find((key) => key !== 'name') ?? 'claim');
      return [mountPath, readOnly ? `${source}, read-only` : source];
    }),
  );
}
