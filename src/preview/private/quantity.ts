import { troubles } from '../../core/private/trouble';

/**
 * Kubernetes quantities as whole nano units: the finest that Kubernetes keeps; anything finer is rounded up.
 *
 * Mirrors `staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go` of Kubernetes v1.35.
 */
export type Nanos = bigint;

const GIGA = 1_000_000_000n;
const MILLION = 1_000_000n;
/** Kubernetes counts no further than to 2^63-1. */
const MOST = (2n ** 63n - 1n) * GIGA;
const MOST_DIGITS = 40;
const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;
const DECIMAL: { readonly [suffix: string]: number } = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

function ceilDivide(amount: bigint, unit: bigint): bigint {
  const whole = amount / unit;
  return amount % unit > 0n ? whole + 1n : whole;
}

/** Whether a text or a number is a quantity. */
export function isQuantity(value: unknown): boolean {
  const match = FORM.exec(String(value));
  return match !== null && (match[2] !== '' || Boolean(match[3]));
}

/** What was read already: thousands of workloads ask for the same few amounts. */
const READ = new Map<unknown, Nanos>();
const MOST_READ = 10_000;

/** Reads a quantity as YAML gives it: a text or a number. `at` says whose it is, where it is none. */
export function quantity(value: unknown, at: string): Nanos {
  const known = READ.get(value);
  if (known !== undefined) return known;
  const amount = read(value, at);
  if (READ.size < MOST_READ) READ.set(value, amount);
  return amount;
}

function read(value: unknown, at: string): Nanos {
  const match = FORM.exec(String(value));
  if (match === null || (match[2] === '' && !match[3])) {
    const what = `${JSON.stringify(value)} is no quantity`;
    throw troubles([{ what, at, fix: 'write one such as 2, 500m or 4Gi' }]);
  }
  const [, sign, whole, fraction = '', exponent, suffix = ''] = match;
  const power = BINARY.indexOf(suffix) + 1;
  const shift = exponent ? Number(exponent.slice(1)) : (DECIMAL[suffix] ?? 0);
  const scale = 9 + shift - fraction.length;
  const size = `${whole}${fraction}`.replace(/^0+/, '').length;
  if (size === 0) return 0n;
  const small = size + scale < 0 && power === 0;
  const amount = size + scale > MOST_DIGITS ? MOST : small ? 1n : nanosOf(`${whole}${fraction}`, scale, power);
  return sign === '-' ? -amount : amount;
}

function nanosOf(text: string, scale: number, power: number): Nanos {
  const digits = BigInt(text) * (1n << BigInt(10 * power));
  const nanos = scale >= 0 ? digits * 10n ** BigInt(scale) : ceilDivide(digits, 10n ** BigInt(-scale));
  return nanos > MOST ? MOST : nanos;
}

/** A quantity, and whether it is written in powers of two, such as 4Gi: Karmada counts sets of pods by how it is written. */
export interface Amount {
  readonly nanos: Nanos;
  readonly binary: boolean;
}

/** Reads a quantity with the way in which it is written. */
export function amount(value: unknown, at: string): Amount {
  const nanos = quantity(value, at);
  return { nanos, binary: typeof value === 'string' && BINARY.includes(value.slice(-2)) && isWritableInBinary(nanos) };
}

/** What is no multiple of 1024 is written as a plain number, also where it came in powers of two. */
export function isWritableInBinary(nanos: Nanos): boolean {
  return nanos >= 1024n * GIGA && nanos % (1024n * GIGA) === 0n;
}

/** In whole units, rounded up. */
export function units(nanos: Nanos): bigint {
  return ceilDivide(nanos, GIGA);
}

/** In thousandths, rounded up. */
export function millis(nanos: Nanos): bigint {
  return ceilDivide(nanos, MILLION);
}

/** As Kubernetes writes it: whole units, or thousandths. */
export function quantityText(nanos: Nanos): string {
  return nanos % GIGA === 0n ? `${nanos / GIGA}` : `${millis(nanos)}m`;
}
