import { type Amount, amount } from '../quantity';
import type { Component } from '../replica-need';
import { Unsupported } from '../unsupported';
import { scriptNumber } from './script-number';

/** Sizes as Java writes them, in powers of 1024. */
const UNITS: { readonly [suffix: string]: number } = {
  b: 0,
  k: 1,
  kb: 1,
  m: 2,
  mb: 2,
  g: 3,
  gb: 3,
  t: 4,
  tb: 4,
  p: 5,
  pb: 5,
};
const SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** Of a job of Java or Scala a tenth of the memory comes on top, of any other two fifths; 384 MiB at least. */
const LEAST_OVERHEAD = '384m';
const JVM_OVERHEAD = 0.1;
const OTHER_OVERHEAD = 0.4;

interface Size {
  readonly value: number;
  /** Of 1024. */
  readonly power: number;
}

/** The driver and the executors of a SparkApplication. */
export function sparkComponents(spec: any, at: string): Component[] {
  if (typeof spec.type !== 'string') {
    throw new Unsupported(`resource interpreter: Karmada cannot read ${at} without spec.type, and leaves it alone`);
  }
  const usual = ['java', 'scala'].includes(spec.type.toLowerCase()) ? JVM_OVERHEAD : OTHER_OVERHEAD;
  const factor = scriptNumber(spec.memoryOverheadFactor, usual);
  return [
    { name: 'driver', replicas: 1, request: requestOf(spec.driver, factor, at) },
    { name: 'executor', replicas: executors(spec), request: requestOf(spec.executor, factor, at) },
  ];
}

function executors({ executor, dynamicAllocation }: any): number {
  const instances = scriptNumber(executor?.instances, 1);
  if (!dynamicAllocation?.enabled) return instances;
  const { initialExecutors, minExecutors } = dynamicAllocation;
  return Math.max(instances, scriptNumber(initialExecutors, 1), scriptNumber(minExecutors, 1));
}

function requestOf(pods: any, factor: number, at: string): ReadonlyMap<string, Amount> {
  const { cores = 1, memory = '1g', memoryOverhead, gpu } = pods ?? {};
  const own = size(memory, at);
  const added = memoryOverhead
    ? size(memoryOverhead, at)
    : larger({ ...own, value: own.value * factor }, size(LEAST_OVERHEAD, at));
  const request = new Map([
    ['cpu', amount(cores, at)],
    ['memory', amount(written(own, added), at)],
  ]);
  const devices = scriptNumber(gpu?.quantity, 0);
  if (gpu?.name && devices > 0) request.set(gpu.name, amount(devices, at));
  return request;
}

function size(text: unknown, at: string): Size {
  const [, value, unit] = /^(\d+\.?\d*)([a-z]*)$/.exec(String(text).toLowerCase()) ?? [];
  const power = UNITS[unit ?? ''];
  if (value !== undefined && power !== undefined) return { value: Number(value), power };
  throw new Unsupported(
    `resource interpreter: Karmada cannot read ${JSON.stringify(text)} as the memory of ${at}, and leaves it alone`,
  );
}

function scaled({ value, power }: Size, to: number): number {
  return value * 1024 ** (power - to);
}

function larger(a: Size, b: Size): Size {
  const power = Math.min(a.power, b.power);
  return { value: Math.max(scaled(a, power), scaled(b, power)), power };
}

function written(a: Size, b: Size): string {
  const power = Math.min(a.power, b.power);
  return `${(scaled(a, power) + scaled(b, power)).toFixed(6)}${SUFFIXES[power]}`;
}
