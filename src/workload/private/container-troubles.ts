import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Quantity } from '../../admission/quantity';
import { isDnsLabel, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import { nameOf } from './container';
import { portTroubles } from './port-troubles';
import { secondsTroubles } from './seconds';
import { isQuantity, quantity } from './sizes';
import { twice, unless, whereGiven } from './unless';

/** What Kubernetes would refuse of a container, and what cdk8s-plus would without saying where. Mirrors Kubernetes v1.35. */
export function containerTroubles(props: kplus.ContainerProps): Trouble[] {
  const name = nameOf(props);
  const who = `container "${name}"`;
  return [
    ...unless(
      isDnsLabel(name),
      `"${name}" cannot be the name of a container`,
      `give a \`name\` of at most 63 characters: ${LABEL_RULE}`,
    ),
    ...unless((props.image as unknown) !== '', `${who} has an empty \`image\``, 'give the image that it runs'),
    ...portTroubles(props),
    ...whereGiven(props.envVariables, (variables) => environmentTroubles(variables, who)),
    ...whereGiven(props.volumeMounts, (mounts) => mountTroubles(mounts, who)),
    ...whereGiven(props.resources, (resources) => resourceTroubles(resources, who)),
    ...whereGiven(props.securityContext, (context) => securityTroubles(context, who)),
    ...whereGiven(props.liveness, (probe) => probeTroubles('liveness', probe, who)),
    ...whereGiven(props.readiness, (probe) => probeTroubles('readiness', probe, who)),
    ...whereGiven(props.startup, (probe) => probeTroubles('startup', probe, who)),
  ];
}

/** What is wrong with a container that it is wrong to say of this kind of container. */
export function roleTroubles(props: kplus.ContainerProps, isInit: boolean): Trouble[] {
  const { restartPolicy, lifecycle, liveness, readiness, startup } = props;
  if (!isInit) {
    return unless(
      restartPolicy === undefined,
      `container "${nameOf(props)}" has a \`restartPolicy\`, which only init containers may have`,
      'leave it out, or make the container one of `initContainers`',
    );
  }
  if (restartPolicy !== undefined) return [];
  return Object.entries({ lifecycle, liveness, readiness, startup })
    .filter(([, value]) => value !== undefined)
    .map(([prop]) => ({
      what: `init container "${nameOf(props)}" has \`${prop}\`, and it is over before that could matter`,
      fix: `leave \`${prop}\` out, or give \`restartPolicy\` so that it keeps running beside the others`,
    }));
}

function environmentTroubles(variables: { readonly [name: string]: unknown }, who: string): Trouble[] {
  return Object.keys(variables)
    .filter((name) => !/^[ -<>-~]+$/.test(name))
    .map((name) => ({
      what: `${who} has an environment variable with the name "${name}"`,
      fix: 'give it a name of printable ASCII characters without =',
    }));
}

function mountTroubles(volumeMounts: readonly kplus.VolumeMount[], who: string): Trouble[] {
  return [
    ...volumeMounts
      .filter(({ path }) => path === '')
      .map(({ volume }) => ({
        what: `${who} mounts the volume "${volume.name}" at no path`,
        fix: 'give the `path` of the mount',
      })),
    ...twice(volumeMounts.map(({ path }) => path)).map((path) => ({
      what: `${who} mounts two volumes at "${path}"`,
      fix: 'give one of them another `path`',
    })),
    ...volumeMounts
      .filter(({ subPath, subPathExpr }) => subPath && subPathExpr)
      .map(({ path }) => ({
        what: `the mount of ${who} at "${path}" has both \`subPath\` and \`subPathExpr\``,
        fix: 'leave one of them out',
      })),
    ...volumeMounts.flatMap(({ path, subPath, subPathExpr }) =>
      [subPath, subPathExpr]
        .filter((inner) => inner && (inner.startsWith('/') || inner.split('/').includes('..')))
        .map((inner) => ({
          what: `the mount of ${who} at "${path}" has the sub path "${inner}", which leads out of the volume`,
          fix: 'give a path below the top of the volume, without / in front and without ..',
        })),
    ),
  ];
}

function resourceTroubles({ cpu, memory, ephemeralStorage }: kplus.ContainerResources, who: string): Trouble[] {
  const sizes = { memory, ephemeralStorage };
  const unsayable = Object.entries(sizes).flatMap(([resource, amounts]) =>
    (['request', 'limit'] as const)
      .filter((which) => amounts?.[which] && !isQuantity(amounts[which]))
      .map((which) => ({
        what: `the ${resource} ${which} of ${who} is no whole number of KiB`,
        fix: 'give it with Size.kibibytes or a larger unit',
      })),
  );
  const text = (size: Size | undefined) => (size && isQuantity(size) ? quantity(size) : undefined);
  const pairs = [
    ['cpu', cpu?.request?.amount, cpu?.limit?.amount],
    ['memory', text(memory?.request), text(memory?.limit)],
    ['ephemeralStorage', text(ephemeralStorage?.request), text(ephemeralStorage?.limit)],
  ] as const;
  const crossed = pairs
    .filter(([, request, limit]) => isMore(request, limit))
    .map(([resource, request, limit]) => ({
      what: `${who} requests more ${resource} than its limit: ${request}, and the limit is ${limit}`,
      fix: 'lower the request or raise the limit',
    }));
  return [...unsayable, ...crossed];
}

function isMore(one: string | undefined, other: string | undefined): boolean {
  const [left, right] = [one, other].map((text) => (text === undefined ? undefined : Quantity.parse(text)));
  return left !== undefined && right !== undefined && left.nano > right.nano;
}

function securityTroubles(props: kplus.ContainerSecurityContextProps, who: string): Trouble[] {
  const { privileged, allowPrivilegeEscalation, seccompProfile } = props;
  return [
    ...unless(
      !(privileged && allowPrivilegeEscalation === false),
      `${who} is privileged and may not gain privileges`,
      'leave out `privileged` or `allowPrivilegeEscalation`',
    ),
    ...unless(
      !seccompProfile?.localhostProfile || seccompProfile.type === kplus.SeccompProfileType.LOCALHOST,
      `${who} names the seccomp profile "${seccompProfile?.localhostProfile}" and has a type that reads no file`,
      'give the type LOCALHOST, or leave the name out',
    ),
  ];
}

/** What was asked of a probe; cdk8s-plus keeps it to itself. */
function probeTroubles(prop: string, probe: kplus.Probe, who: string): Trouble[] {
  const options: kplus.ProbeOptions = (probe as any).probeOptions ?? {};
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, successThreshold = 1 } = options;
  return [
    ...secondsTroubles({ initialDelaySeconds, periodSeconds, timeoutSeconds }).map((trouble) => ({
      ...trouble,
      what: `${trouble.what} in \`${prop}\` of ${who}`,
    })),
    ...unless(
      prop === 'readiness' || successThreshold === 1,
      `\`successThreshold\` of \`${prop}\` of ${who} is ${successThreshold}, and one success is what counts there`,
      'leave it out',
    ),
  ];
}
