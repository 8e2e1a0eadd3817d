import * as kplus from 'cdk8s-plus-28';
import type { Trouble } from '../../core/private/trouble';

/** Our props of a security context to Kubernetes' own. */
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

/**
 * The pod of containers as the user described them, and of nothing else. cdk8s-plus renders each, and what it adds of its own
 * is taken out again: it is made for one cluster, and a CPU request that nobody asked for changes where Karmada finds room.
 */
export function podSpec(containers: readonly kplus.ContainerProps[]): any {
  const volumes = new Map(
    containers.flatMap(({ volumeMounts }) => (volumeMounts ?? []).map(({ volume }) => [volume.name, volume] as const)),
  );
  return {
    containers: containers.map((props) => kplus.k8s.toJson_Container(container(props))),
    ...(volumes.size > 0 && {
      volumes: [...volumes.values()].map((volume) => kplus.k8s.toJson_Volume(toKube(volume))),
    }),
  };
}

/** What is wrong with the containers. */
export function containerTroubles(containers: readonly kplus.ContainerProps[]): Trouble[] {
  if (containers.length === 0) {
    return [
      { what: 'a deployment needs a container, got none', fix: 'give one in `containers`, at least its `image`' },
    ];
  }
  const names = containers.map(({ name }) => name ?? 'main');
  const volumes = containers.flatMap(({ volumeMounts }) => (volumeMounts ?? []).map(({ volume }) => volume));
  return [
    ...twice(names).map((name) => ({
      what: `two containers have the name "${name}"`,
      fix: 'give each a `name` of its own; one without is called main',
    })),
    ...twice([...new Set(volumes)].map((volume) => volume.name)).map((name) => ({
      what: `two volumes have the name "${name}"`,
      fix: 'give one of them another name, or mount the same volume in both places',
    })),
    ...containers
      .filter(({ restartPolicy }) => restartPolicy !== undefined)
      .map(({ name = 'main' }) => ({
        what: `container "${name}" has a \`restartPolicy\`, which only init containers may have`,
        fix: 'leave it out: the pods of a deployment are always restarted',
      })),
  ];
}

function container(props: kplus.ContainerProps): kplus.k8s.Container {
  const { securityContext, ...rendered } = toKube(new kplus.Container(props));
  return {
    ...rendered,
    imagePullPolicy: props.imagePullPolicy,
    resources: props.resources && rendered.resources,
    startupProbe: props.startup && rendered.startupProbe,
    securityContext: props.securityContext && asked(props.securityContext, securityContext),
  };
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

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
