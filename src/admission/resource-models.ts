import { MAX_INT64, Quantity } from './quantity';
import type { Refusals } from './refusals';

const GIB = 1024n ** 3n;
const TIB = 1024n * GIB;

/** Upper bounds of the grades that Karmada sets when a Cluster names none: cores, bytes (pkg/apis/cluster/mutation). */
const GRADES: readonly (readonly [bigint, bigint])[] = [
  [1n, 4n * GIB],
  [2n, 16n * GIB],
  [4n, 32n * GIB],
  [8n, 64n * GIB],
  [16n, 128n * GIB],
  [32n, 256n * GIB],
  [64n, 512n * GIB],
  [128n, TIB],
  [MAX_INT64, MAX_INT64],
];

export function defaultModels(): any[] {
  return GRADES.map(([cpu, memory], grade) => {
    const [minCpu, minMemory] = grade === 0 ? [0n, 0n] : GRADES[grade - 1];
    return {
      grade,
      ranges: [
        { name: 'cpu', min: Quantity.of(minCpu), max: Quantity.of(cpu) },
        { name: 'memory', min: Quantity.of(minMemory, 'BinarySI'), max: Quantity.of(memory, 'BinarySI') },
      ],
    };
  });
}

/** Sorted by grade, from nothing to everything (StandardizeClusterResourceModels at v1.18.2). */
export function standardizeModels(models: any[]): void {
  models.sort((a, b) => a.grade - b.grade);
  for (const range of models[0].ranges ?? []) range.min = range.min.set(0n);
  for (const range of models[models.length - 1].ranges ?? []) range.max = range.max.set(MAX_INT64);
}

/** ValidateClusterResourceModels at v1.18.2: the first offence, reported on the list. */
export function validateModels(models: readonly any[], path: string, refusals: Refusals): void {
  for (let index = 0; index < models.length; index++) {
    const [what, fix] = modelFault(models, index) ?? [];
    if (what === undefined || fix === undefined) continue;
    refusals.conflict(path, what, fix);
    return;
  }
}

function modelFault(models: readonly any[], index: number): [string, string] | undefined {
  const model = models[index];
  const before = models[index - 1];
  const ranges: readonly any[] = model.ranges ?? [];
  if (before?.grade === model.grade)
    return [`two models have grade ${model.grade}`, 'give each model a grade of its own'];
  if (before && (before.ranges ?? []).length !== ranges.length) {
    return [
      `grades ${before.grade} and ${model.grade} cover different resources`,
      'list the same resources in each model',
    ];
  }
  for (const [position, { name, min, max }] of ranges.entries()) {
    const here = `of ${name} in grade ${model.grade}`;
    if (max.nano <= min.nano) return [`the range ${here} ends at ${max}, not above ${min}`, `raise the max ${here}`];
    const previous = before?.ranges[position];
    if (!previous) {
      if (!min.isZero) return [`the range ${here} begins at ${min}, not at 0`, `set the min ${here} to 0`];
    } else if (previous.name !== name) {
      return [`grade ${before.grade} has ${previous.name} where grade ${model.grade} has ${name}`, 'keep one order'];
    } else if (!previous.max.sameForm(min)) {
      return [
        `the range ${here} begins at ${min}, the one before ends at ${previous.max}; Karmada compares how they are written`,
        `write the min ${here} exactly as the max of grade ${before.grade}`,
      ];
    }
    if (index === models.length - 1 && max.value !== MAX_INT64) {
      return [`the range ${here}, the last one, ends at ${max}`, `set the max ${here} to ${MAX_INT64}`];
    }
  }
  return undefined;
}
