import { type Duration, type Size, SizeRoundingBehavior } from 'cdk8s';
import type { Trouble } from '../../core/private/trouble';
import { countTroubles as oneCount } from './counts';

/** The largest number in most fields of Kubernetes. */
const MAX_INT32 = 2 ** 31 - 1;

/** A duration as Kubernetes takes it. Only what passed `secondsTroubles` may be given. */
export function seconds(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds();
}

/** Kubernetes counts in whole seconds. */
export function secondsTroubles(durations: { readonly [prop: string]: Duration | undefined }): Trouble[] {
  return Object.entries(durations)
    .flatMap(([prop, duration]) => (duration ? [[prop, duration.toSeconds({ integral: false })] as const] : []))
    .filter(([, amount]) => !isCount(amount))
    .map(([prop, amount]) => ({
      what: `\`${prop}\` must be a whole number of seconds, got ${amount}`,
      fix: `give whole seconds, at most ${MAX_INT32}`,
    }));
}

/** Whole numbers from a lowest one up. */
export function countTroubles(counts: { readonly [prop: string]: number | undefined }, lowest = 0): Trouble[] {
  return Object.entries(counts).flatMap(([prop, count]) => oneCount(prop, count, lowest));
}

/** An amount of memory or storage as Kubernetes takes it. Only what passed `isQuantity` may be given. */
export function quantity(size: Size): string {
  const kibibytes = kibibytesOf(size);
  if (kibibytes % 1024 ** 2 === 0) return `${kibibytes / 1024 ** 2}Gi`;
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
}

/** Nothing smaller than a KiB can be said with a `Size`. */
export function isQuantity(size: Size): boolean {
  const kibibytes = kibibytesOf(size);
  return Number.isInteger(kibibytes) && kibibytes >= 0;
}

function kibibytesOf(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= MAX_INT32;
}
