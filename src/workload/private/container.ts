import * as kplus from 'cdk8s-plus-28';
import type { ExtendedResource } from '../multicloud-pod-props';
import { quantity } from './sizes';

/** cdk8s-plus' settings of a security context to Kubernetes' own. */
const SECURITY: { readonly [prop in keyof kplus.ContainerSecurityContextProps]-?: string } = {
  allowPrivilegeEscalation: 'allowPrivilegeEscalation',
  capabilities: 'capabilities',
  ensureNonRoot: 'runAsNonRoot',
  group: 'runAsGroup',
  privileged: 'privileged',
  readOnlyRootFilesystem: 'readOnlyRootFilesystem',
  seccompProfile: 'seccompProfile',
  user: 'runAsUser',
};

/** A mount of a volume that has no construct: Kubernetes makes it for each pod. */
export interface ClaimMount {
  readonly name: string;
  readonly mountPath: string;
}

/** The name of a container that is given none, as cdk8s-plus has it. */
export function nameOf({ name = 'main' }: kplus.ContainerProps): string {
  return name;
}

/**
 * A container as the user described it, and no further. cdk8s-plus renders it, and what it adds of its own is taken out again:
 * it is made for one cluster, and a CPU request that nobody asked for changes where Karmada finds room.
 */
export function renderedContainer(
  props: kplus.ContainerProps,
  extended: readonly ExtendedResource[],
  claims: readonly ClaimMount[],
): any {
  const { resources, ...others } = props;
  const { securityContext, ...rendered } = toKube(new kplus.Container(others));
  const container = kplus.k8s.toJson_Container({
    ...rendered,
    imagePullPolicy: props.imagePullPolicy,
    resources: undefined,
    startupProbe: props.startup && rendered.startupProbe,
    securityContext: props.securityContext && asked(props.securityContext, securityContext),
  }) as any;
  return {
    ...container,
    ...resourcesOf(resources, extended),
    ...(claims.length > 0 && { volumeMounts: [...(container.volumeMounts ?? []), ...claims] }),
  };
}

/** The volume that a cdk8s-plus construct stands for. */
export function renderedVolume(volume: kplus.Volume): any {
  return kplus.k8s.toJson_Volume(toKube(volume));
}

/** The requests and limits that were given. Of what nodes count in whole pieces the limit is the request. */
function resourcesOf(resources: kplus.ContainerResources = {}, extended: readonly ExtendedResource[]): any {
  const { cpu, memory, ephemeralStorage } = resources;
  const amounts = (which: 'request' | 'limit') => ({
    ...(cpu?.[which] && { cpu: cpu[which].amount }),
    ...(memory?.[which] && { memory: quantity(memory[which]) }),
    ...(ephemeralStorage?.[which] && { 'ephemeral-storage': quantity(ephemeralStorage[which]) }),
  });
  const requests = amounts('request');
  const limits = {
    ...amounts('limit'),
    ...Object.fromEntries(extended.map(({ name, count }) => [name, String(count)])),
  };
  const given = {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  };
  return Object.keys(given).length > 0 ? { resources: given } : {};
}

/** The settings of a security context that the user gave. */
function asked(props: kplus.ContainerSecurityContextProps, rendered: any): any {
  return Object.fromEntries(
    Object.entries(SECURITY)
      .filter(([prop]) => props[prop as keyof kplus.ContainerSecurityContextProps] !== undefined)
      .map(([, field]) => [field, rendered[field]]),
  );
}

/** What cdk8s-plus makes pods of; it says so to nobody but its own pods. */
function toKube(part: kplus.Container | kplus.Volume): any {
  return (part as any)._toKube();
}
