import { type Size, SizeRoundingBehavior } from 'cdk8s';

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
