import { keyOf, keyText } from '../../../core/object-key';
import { podRequest } from '../pod-request';
import { type Amount, amount, isWritableInBinary, type Nanos } from '../quantity';
import type { Component } from '../replica-need';
import { Unsupported } from '../unsupported';
import { type FlinkPods, flinkPods } from './flink';
import { integer, scriptNumber } from './script-number';
import { sparkComponents } from './spark';

/** Reads the components of a kind for which Karmada ships a script. */
type Reading = (spec: any, at: string) => Component[];

const READINGS: { readonly [kind: string]: Reading } = {
  'batch.volcano.sh/v1alpha1 Job': ({ tasks = [] }, at) =>
    tasks.map(({ name, minAvailable, template }: any, index: number) => ({
      name: name || `task-${index}`,
      replicas: scriptNumber(minAvailable, 1),
      request: podOf(template, at),
    })),
  'flink.apache.org/v1beta1 FlinkDeployment': (spec, at) => {
    const { jobManager, taskManager } = flinkPods({ spec });
    return [
      { name: 'jobmanager', ...flinkComponent(jobManager, at) },
      { name: 'taskmanager', ...flinkComponent(taskManager, at) },
    ];
  },
  'kubeflow.org/v1 PyTorchJob': ({ pytorchReplicaSpecs }, at) => byType(pytorchReplicaSpecs, ['Master', 'Worker'], at),
  'kubeflow.org/v1 TFJob': ({ tfReplicaSpecs }, at) =>
    byType(tfReplicaSpecs, ['PS', 'Worker', 'Chief', 'Master', 'Evaluator'], at),
  'kubeflow.org/v2beta1 MPIJob': ({ mpiReplicaSpecs = {} }, at) =>
    Object.entries<any>(mpiReplicaSpecs)
      .filter(([, each]) => each?.template)
      .map(([name, { replicas, template }]) => ({
        name,
        replicas: scriptNumber(replicas, name.toLowerCase() === 'worker' ? 0 : 1),
        request: podOf(template, at),
      })),
  'ray.io/v1 RayCluster': rayCluster,
  'ray.io/v1 RayJob': ({ rayClusterSpec }, at) => rayCluster(rayClusterSpec ?? {}, at),
  'sparkoperator.k8s.io/v1beta2 SparkApplication': sparkComponents,
};

/**
 * The pod templates of a kind that has several; undefined for a kind that Karmada counts in replicas.
 *
 * Mirrors `pkg/resourceinterpreter/default/thirdparty/resourcecustomizations` of Karmada v1.18.2.
 */
export function componentsOf(template: any): Component[] | undefined {
  const reading = READINGS[`${template.apiVersion} ${template.kind}`];
  return reading?.(template.spec ?? {}, keyText(keyOf(template)));
}

/** A pod template that has to be there: without it Karmada reads nothing at all. */
function podOf(template: any, at: string): ReadonlyMap<string, Amount> {
  if (!template) throw new Unsupported(`resource interpreter: Karmada cannot read ${at} without every pod template`);
  return amountsOf(template, at);
}

/** Memory is written in powers of two, and read back as a plain number where it is no multiple of 1024. */
function amountsOf(template: any, at: string): ReadonlyMap<string, Amount> {
  const request = [...(podRequest(template?.spec, at) ?? [])];
  return new Map(request.map(([name, nanos]) => [name, { nanos, binary: isInPowersOfTwo(name, nanos) }]));
}

function isInPowersOfTwo(name: string, nanos: Nanos): boolean {
  const named = name === 'memory' || name === 'ephemeral-storage' || name.startsWith('hugepages-');
  return named && isWritableInBinary(nanos);
}

function byType(specs: any, types: readonly string[], at: string): Component[] {
  return types
    .filter((type) => specs?.[type])
    .map((type) => ({
      name: type.toLowerCase(),
      replicas: scriptNumber(specs[type].replicas, 1),
      request: amountsOf(specs[type].template, at),
    }));
}

function rayCluster({ headGroupSpec, workerGroupSpecs = [] }: any, at: string): Component[] {
  const head = headGroupSpec?.template;
  return [
    ...(head ? [{ name: 'ray-head', replicas: 1, request: amountsOf(head, at) }] : []),
    ...workerGroupSpecs.map(({ groupName, replicas = 0, template }: any, index: number) => ({
      name: groupName || `worker-${index + 1}`,
      replicas: integer(replicas, `a worker group of ${at}`),
      request: amountsOf(template, at),
    })),
  ];
}

/** Memory is counted in bytes on its way, so it comes back as a plain number. */
function flinkComponent({ replicas, resource = {} }: FlinkPods, at: string): Omit<Component, 'name'> {
  const request = new Map<string, Amount>();
  if (resource.cpu !== undefined) request.set('cpu', amount(resource.cpu, at));
  if (resource.memory !== undefined) request.set('memory', { ...amount(resource.memory, at), binary: false });
  return { replicas, request };
}
