import * as keys from '../../../src/core/private/keys';
import { KINDS } from '../apply-set';
import { type HostedInstance, isInstalled, newestFirst } from './hosted-instance';

/** What nobody looks after. */
export interface Orphan {
  readonly what: 'control plane' | 'data' | 'chart' | 'objects';
  /** Name of the instance, construct path of the chart, or the ID of the set that the objects are in. */
  readonly name: string;
  /** Of a chart: the instance on whose Karmada it is. */
  readonly instance?: string;
  /** Namespace of an instance. */
  readonly namespace?: string;
  /** Of objects, as `Kind/namespace/name`. */
  readonly objects?: readonly string[];
  readonly why: string;
  /** What deletes it. */
  readonly recycle: string;
  /** When its record was made, in RFC 3339; of objects nobody knows. */
  readonly created?: string;
}

/** Objects that say that they are in a set of which there is no record. */
export interface ForgottenSet {
  /** ID of the set. */
  readonly id: string;
  /** Kinds with their groups, as kubectl takes them. */
  readonly resources: readonly string[];
  readonly objects: readonly string[];
}

const COMMAND = 'cdk8s-karmada instance destroy';

/**
 * The instances of a host that nobody looks after, each with the command that recycles it.
 *
 * @param inCode names in the input; undefined without input
 * @param at options that name the host, if any
 */
export function orphansOf(
  instances: readonly HostedInstance[],
  forgotten: readonly ForgottenSet[],
  inCode: ReadonlySet<string> | undefined,
  at: string,
): Orphan[] {
  const found = newestFirst(instances).flatMap((hosted): Orphan[] => {
    const { instanceName: name, namespace, retained, deletion, created } = hosted;
    const orphan = (what: Orphan['what'], why: string, ...options: string[]): Orphan[] => {
      const recycle = [COMMAND, name, ...options, at].filter(Boolean).join(' ');
      return [{ what, name, namespace, why, recycle, ...(created ? { created } : {}) }];
    };
    const release = deletion === 'retain' ? ['--release'] : [];
    if (!isInstalled(hosted))
      return orphan('data', 'what was kept when its control plane was deleted', '--delete-data', ...release);
    if (retained) return orphan('control plane', `retained since ${retained}`, '--release');
    if (!inCode || inCode.has(name)) return [];
    return orphan('control plane', 'this code does not name it; another may', ...release);
  });
  return [...found, ...forgotten.map((set) => forgottenOrphan(set, at))];
}

/**
 * The charts on the Karmada of an instance that the code does not name. The part of the control plane itself goes with its
 * instance.
 *
 * @param records ApplySet parents, as Karmada has them
 */
export function orphanCharts(
  { instanceName, chart: own }: HostedInstance,
  records: readonly any[],
  inCode: ReadonlySet<string>,
): Orphan[] {
  return records
    .filter(({ metadata: { annotations = {} } }) => {
      const path = annotations[keys.CHART];
      const isOurs = annotations[keys.INSTANCE] === instanceName && annotations[keys.TARGET] === 'karmada';
      return isOurs && path !== `${own}/karmada` && !inCode.has(path);
    })
    .map(({ metadata: { name, namespace, labels = {}, annotations, creationTimestamp } }): Orphan => {
      const kinds: string[] = (annotations[KINDS] ?? '').split(',').filter(Boolean);
      const members = `kubectl delete ${kinds.join(',')} --all-namespaces -l ${keys.PART_OF}=${labels[keys.APPLY_SET_ID]}`;
      const record = `kubectl delete configmap ${name} -n ${namespace}`;
      return {
        what: 'chart',
        name: annotations[keys.CHART],
        instance: instanceName,
        why: 'this code does not name it; another may',
        recycle: [...(kinds.length ? [members] : []), record].join(' && '),
        ...(creationTimestamp ? { created: creationTimestamp } : {}),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function forgottenOrphan({ id, objects, resources }: ForgottenSet, at: string): Orphan {
  const context = at.replace('--host-context', '--context').replace('--host-kubeconfig', '--kubeconfig');
  const selected = `kubectl delete ${resources.join(',')} --all-namespaces -l applyset.kubernetes.io/part-of=${id}`;
  return {
    what: 'objects',
    name: id,
    objects,
    why: 'the record that they are in is not there any more',
    recycle: [selected, context].filter(Boolean).join(' '),
  };
}
