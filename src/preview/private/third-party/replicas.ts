import { keyOf, keyText } from '../../../core/object-key';
import { podRequest } from '../pod-request';
import { type Nanos, quantity } from '../quantity';
import type { ReplicaNeed } from '../replica-need';
import { Unsupported } from '../unsupported';
import { flinkPods } from './flink';
import { integer } from './script-number';

/** Reads replicas of a kind for which Karmada ships a script. */
type Reading = (template: any, at: string) => ReplicaNeed;

const READINGS: { readonly [kind: string]: Reading } = {
  'apps.kruise.io/v1alpha1 CloneSet': replicasField,
  'apps.kruise.io/v1alpha1 UnitedDeployment': replicasField,
  'apps.kruise.io/v1beta1 StatefulSet': replicasField,
  'apps.kruise.io/v1alpha1 BroadcastJob': (template, at) => ({
    replicas: integer(template.spec.parallelism ?? 1, `spec.parallelism of ${at}`),
    request: podRequest(template.spec.template?.spec, at),
  }),
  'argoproj.io/v1alpha1 Workflow': (template, at) => {
    const { parallelism, affinity, nodeSelector, tolerations } = template.spec;
    return {
      replicas: integer(parallelism ?? 1, `spec.parallelism of ${at}`),
      request: podRequest({ affinity, nodeSelector, tolerations }, at),
    };
  },
  'flink.apache.org/v1beta1 FlinkDeployment': flink,
  'kubeflow.org/v1 Notebook': (template, at) => ({
    replicas: 1,
    request: podRequest(template.spec.template?.spec, at),
  }),
  'ray.io/v1 RayService': rayService,
};

/**
 * How many replicas a template asks for, for the kinds that Karmada understands by a script that it ships; undefined for
 * all others.
 *
 * Mirrors `pkg/resourceinterpreter/default/thirdparty/resourcecustomizations` of Karmada v1.18.2.
 */
export function thirdPartyReplicas(template: any): ReplicaNeed | undefined {
  const reading = READINGS[`${template.apiVersion} ${template.kind}`];
  return reading?.(template, keyText(keyOf(template)));
}

function replicasField({ spec }: any, at: string): ReplicaNeed {
  if (spec.replicas === undefined) {
    throw new Unsupported(`resource interpreter: Karmada cannot read ${at} without spec.replicas, and leaves it alone`);
  }
  return { replicas: integer(spec.replicas, `spec.replicas of ${at}`), request: podRequest(spec.template?.spec, at) };
}

/** Both kinds of pods count as one: as many as both, each as large as the larger. */
function flink(template: any, at: string): ReplicaNeed {
  const { jobManager, taskManager } = flinkPods(template);
  const request = new Map<string, Nanos>();
  for (const name of ['cpu', 'memory']) {
    const wanted = [jobManager, taskManager].flatMap(({ resource }) => resource?.[name] ?? []);
    if (name === 'cpu' && wanted.length > 1 && wanted.some((each) => Number.isNaN(Number(each)))) {
      throw new Unsupported(`resource interpreter: Karmada cannot compare the CPU of ${at}, and leaves it alone`);
    }
    if (wanted.length > 0) request.set(name, largest(wanted, at));
  }
  return { replicas: jobManager.replicas + taskManager.replicas, request };
}

function largest(amounts: readonly unknown[], at: string): Nanos {
  return amounts.map((each) => quantity(each, at)).reduce((most, each) => (each > most ? each : most));
}

/** One head and all workers, each as large as the largest; nothing is known of the size where the head asks for nothing. */
function rayService({ spec }: any, at: string): ReplicaNeed {
  const { headGroupSpec, workerGroupSpecs = [] } = spec?.rayClusterConfig ?? {};
  if (!headGroupSpec?.template) return { replicas: 0 };
  const workers: readonly any[] = workerGroupSpecs;
  const replicas = workers.reduce((sum, { replicas: own = 0 }) => sum + integer(own, `a worker group of ${at}`), 1);
  const head = podRequest(headGroupSpec.template.spec, at);
  if (!head) return { replicas };
  const request = new Map(head);
  for (const name of ['cpu', 'memory']) {
    for (const { template } of workers) {
      const wanted = podRequest(template?.spec, at)?.get(name) ?? 0n;
      if (wanted > (request.get(name) ?? 0n)) request.set(name, wanted);
    }
  }
  return { replicas, request };
}
