/** The largest number that a Go int64 holds. */
export const MAX_INT64 = 9223372036854775807n;

const NANO = 1_000_000_000n;
const DECIMAL: { readonly [suffix: string]: number } = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?([a-zA-Z]*)([+-]?\d*)$/;

type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

interface Suffix {
  readonly format: Format;
  /** Power of 10, or for BinarySI the power of 1024. */
  readonly exponent: number;
}

function suffixOf(letters: string, digits: string): Suffix | undefined {
  if (/^[eE]$/.test(letters) && /^[+-]?\d{1,3}$/.test(digits)) {
    return { format: 'DecimalExponent', exponent: Number(digits) };
  }
  if (digits !== '') return undefined;
  if (letters in DECIMAL) return { format: 'DecimalSI', exponent: DECIMAL[letters] };
  const power = BINARY.indexOf(letters);
  return power > 0 ? { format: 'BinarySI', exponent: power } : undefined;
}

/** Divides upwards, away from zero never downwards: Kubernetes rounds a quantity up to the next nano. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by === 0n ? quotient : quotient + 1n;
}

function trimmed(value: bigint, by: bigint, most: number): { number: bigint; count: number } {
  let number = value;
  let count = 0;
  while (count < most && number % by === 0n) {
    number /= by;
    count++;
  }
  return { number, count };
}

/**
 * A Kubernetes quantity such as `500m` or `4Gi`. Mirrors k8s.io/apimachinery pkg/api/resource at v0.35, with the inner form
 * too: Karmada compares two quantities by it (`1` and `1000m` are not the same to its cluster validation).
 */
export class Quantity {
  public static readonly ZERO = new Quantity(0n, 'DecimalSI', '0', '');

  /** The quantity that the text or number says, undefined when it says none. */
  public static parse(given: string | number): Quantity | undefined {
    const text = String(given).trim();
    if (text === '0') return new Quantity(0n, 'DecimalSI', '0', '0');
    const match = SHAPE.exec(text);
    if (!match || (match[2] === '' && !match[3])) return undefined;
    const suffix = suffixOf(match[4], match[5]);
    if (!suffix) return undefined;
    const num = match[2].replace(/^0+/, '') || '0';
    const denom = match[3] ?? '';
    const size = Quantity.nano(BigInt(num + denom), denom.length, suffix);
    const nano = match[1] === '-' ? -size : size;
    return new Quantity(
      nano,
      suffix.format,
      Quantity.inner(num, denom, suffix),
      Quantity.cached(text, num, denom, suffix),
    );
  }

  public static of(value: bigint, format: Format = 'DecimalSI'): Quantity {
    return new Quantity(value * NANO, format, `${value}e0`, '');
  }

  private static nano(digits: bigint, fraction: number, suffix: Suffix): bigint {
    const binary = suffix.format === 'BinarySI';
    const scaled = binary ? digits * 1024n ** BigInt(suffix.exponent) : digits;
    const shift = 9 - fraction + (binary ? 0 : suffix.exponent);
    return shift >= 0 ? scaled * 10n ** BigInt(shift) : divideUp(scaled, 10n ** BigInt(-shift));
  }

  /** The fields of Go's struct: mantissa and scale, or a pointer (never equal to another) for what fits no int64. */
  private static inner(num: string, denom: string, suffix: Suffix): string {
    if (suffix.format === 'BinarySI') {
      const precision = 15 - num.length - Math.trunc((suffix.exponent * 10 * 3) / 10) - 1;
      return denom === '' && precision >= 0 ? `${BigInt(num) * 1024n ** BigInt(suffix.exponent)}e0` : 'pointer';
    }
    const scale = suffix.exponent - denom.length;
    return num.length + denom.length <= 18 && scale >= -9 ? `${BigInt(num + denom)}e${scale}` : 'pointer';
  }

  /** Go keeps the text as written when it looks canonical, and so sends it back unchanged. */
  private static cached(text: string, num: string, denom: string, suffix: Suffix): string {
    if (Quantity.inner(num, denom, suffix) === 'pointer') return '';
    const digits = num + denom;
    if (suffix.format === 'BinarySI') return BigInt(digits) % 8n === 0n ? '' : text;
    const scale = suffix.exponent - denom.length;
    return scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0') ? text : '';
  }

  private constructor(
    /** The amount in billionths. */
    public readonly nano: bigint,
    private readonly format: Format,
    private readonly form: string,
    private readonly text: string,
  ) {}

  public get isZero(): boolean {
    return this.nano === 0n;
  }

  /** Whole when looked at in thousandths, rounded up: this is how Karmada asks. */
  public get isWholeMilli(): boolean {
    return divideUp(this.nano, 1_000_000n) % 1000n === 0n;
  }

  public get isWhole(): boolean {
    return this.nano % NANO === 0n;
  }

  /** The amount as a whole number, rounded up. */
  public get value(): bigint {
    return divideUp(this.nano, NANO);
  }

  /** Equal as Go's `==` sees it: the same number written in another way is another one. */
  public sameForm(other: Quantity): boolean {
    return (
      this.form !== 'pointer' && this.form === other.form && this.format === other.format && this.text === other.text
    );
  }

  /** The same quantity with another value, as Go's `Set` leaves it. */
  public set(value: bigint): Quantity {
    return new Quantity(value * NANO, this.format, `${value}e0`, '');
  }

  public toString(): string {
    if (this.text !== '') return this.text;
    if (this.isZero) return '0';
    const small = this.nano < 1024n * NANO && this.nano > -1024n * NANO;
    if (this.format === 'BinarySI' && !small && this.isWhole) {
      const { number, count } = trimmed(this.nano / NANO, 1024n, 6);
      return `${number}${BINARY[count]}`;
    }
    const { number, count } = trimmed(this.nano, 1000n, 9);
    const exponent = count * 3 - 9;
    if (this.format === 'DecimalExponent') return exponent === 0 ? `${number}` : `${number}e${exponent}`;
    const suffix = Object.keys(DECIMAL).find((key) => DECIMAL[key] === exponent) ?? '';
    return `${number}${suffix}`;
  }
}
