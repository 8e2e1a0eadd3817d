import { groupOf, keyOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { printable } from '../answer';
import { CommandError, ExitCode } from '../command-error';
import { OBJECT_MANAGER } from '../owned-fields';

/** Field managers of their own: what they own an apply of the code neither undoes nor conflicts with. */
export const PAUSE_MANAGER = 'cdk8s-karmada-pause';
export const RESTART_MANAGER = 'cdk8s-karmada-restart';

/** The annotation of a pod template that `kubectl rollout restart` sets, too. */
export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** The field that stops a workload of a kind. */
const PAUSE_FIELD: { readonly [kind: string]: string } = {
  'Deployment.apps': 'paused',
  'CronJob.batch': 'suspend',
  'Job.batch': 'suspend',
};
const RESTARTABLE = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps'];

/** What is said to the server: these fields, by this manager, and nothing else. */
export interface Intent {
  readonly manager: string;
  readonly body: any;
  /** The field, in words of the server. */
  readonly path: string;
}

export function isPaused(template: any): boolean {
  const field = PAUSE_FIELD[kindOf(template)];
  return field !== undefined && template.spec?.[field] === true;
}

/** Stops changes of the pods (Deployment), or new runs (CronJob, Job). */
export function pauseIntent(template: any): Intent {
  const field = PAUSE_FIELD[kindOf(template)];
  if (field === undefined) {
    throw usage({
      what: `a ${template.kind} cannot be paused: only Deployments, CronJobs and Jobs can`,
      at: keyText(keyOf(template)),
      fix: 'stop its changes from being sent: add --sending',
    });
  }
  return { manager: PAUSE_MANAGER, body: { ...addressOf(template), spec: { [field]: true } }, path: `spec.${field}` };
}

/** New pods, on every cluster, as the strategy of each says. */
export function restartIntent(template: any, at: string): Intent {
  if (!RESTARTABLE.includes(kindOf(template))) {
    throw usage({
      what: `a ${template.kind} cannot be restarted: only Deployments, StatefulSets and DaemonSets can`,
      at: keyText(keyOf(template)),
      fix: 'make a new one in the code, under another name',
    });
  }
  if (isPaused(template)) {
    throw usage({
      what: `${keyText(keyOf(template))} is paused: nothing would restart until it is resumed`,
      fix: `resume it first: \`cdk8s-karmada workload resume ${keyText(keyOf(template))}\``,
    });
  }
  const annotations = { [RESTARTED_AT]: at };
  return {
    manager: RESTART_MANAGER,
    body: { ...addressOf(template), spec: { template: { metadata: { annotations } } } },
    path: `spec.template.metadata.annotations.${RESTARTED_AT}`,
  };
}

/** Stops Karmada from sending: what runs on members stays as it is. */
export function suspendIntent(policy: any): Intent {
  const body = { ...addressOf(policy), spec: { suspension: { dispatching: true } } };
  return { manager: PAUSE_MANAGER, body, path: 'spec.suspension.dispatching' };
}

export function isSuspended(policy: any): boolean {
  return policy?.spec?.suspension?.dispatching === true;
}

/** Lets go of all that was paused. */
export function resumeIntent(object: any): Intent {
  return { manager: PAUSE_MANAGER, body: addressOf(object), path: '' };
}

/** Has somebody paused it with this command? */
export function isPausedByUs(object: any): boolean {
  return (object?.metadata?.managedFields ?? []).some(({ manager }: any) => manager === PAUSE_MANAGER);
}

/** The policy that has claimed a template, by the marks that Karmada puts on it. */
export function policyOf({ metadata }: any): ObjectKey | undefined {
  const mark = (key: string) => metadata.annotations?.[key] ?? metadata.labels?.[key];
  const apiVersion = 'policy.karmada.io/v1alpha1';
  const name = mark('propagationpolicy.karmada.io/name');
  const wide = mark('clusterpropagationpolicy.karmada.io/name');
  if (name !== undefined) {
    const namespace = mark('propagationpolicy.karmada.io/namespace') ?? metadata.namespace ?? '';
    return { apiVersion, kind: 'PropagationPolicy', namespace, name };
  }
  return wide === undefined ? undefined : { apiVersion, kind: 'ClusterPropagationPolicy', namespace: '', name: wide };
}

/** Suspending a policy stops all that it sends. */
export function assertOnlyFor(policy: any, template: any): void {
  const selectors: any[] = policy.spec?.resourceSelectors ?? [];
  const [only] = selectors;
  const { name, namespace } = template.metadata;
  // of a policy for all namespaces a name alone means each of them
  const isHere = policy.metadata.namespace !== undefined || only?.namespace === namespace;
  if (selectors.length === 1 && only.name === name && only.kind === template.kind && isHere) return;
  throw usage({
    what: `${keyText(keyOf(policy))} sends more than ${keyText(keyOf(template))}: all of it would be stopped`,
    fix: 'say `suspension` in the code of the policy, or give the workload a policy of its own',
  });
}

/** Somebody else says so, too: letting go did not help. */
export function heldByOthers(object: any, field: string): CommandError {
  const key = keyText(keyOf(object));
  const [top, ...rest] = field.split('.');
  const owners = (object.metadata.managedFields ?? [])
    .filter(({ fieldsV1, subresource }: any) => {
      const at = rest.reduce((fields, name) => fields?.[`f:${name}`], fieldsV1?.[`f:${top}`]);
      return !subresource && at !== undefined;
    })
    .map(({ manager }: any) => printable(String(manager)));
  const isCode = owners.includes(OBJECT_MANAGER);
  return new CommandError(ExitCode.CONFLICT, [
    {
      what: `${key} stays paused: ${field} belongs to ${owners.join(', ') || 'an unknown manager'}`,
      fix: isCode ? 'take it out of the code, then `cdk8s-karmada apply`' : 'undo it with the tool that set it',
    },
  ]);
}

export function pauseField(template: any): string {
  return `spec.${PAUSE_FIELD[kindOf(template)]}`;
}

/** An object that is not the one that was looked at is left alone: the server compares the UID. */
function addressOf({ apiVersion, kind, metadata }: any): any {
  const { name, namespace, uid } = metadata;
  return { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}), uid } };
}

function kindOf({ apiVersion, kind }: any): string {
  return `${kind}.${groupOf(apiVersion)}`;
}

function usage(trouble: Trouble): CommandError {
  return new CommandError(ExitCode.USAGE, [trouble]);
}
