import { Quantity } from '../quantity';
import type { Refusals } from '../refusals';
import { isObject } from '../schema/schema-keys';

/**
 * How Go's JSON package reads and writes a type. Karmada's webhooks decode an object into Go structs and send back what the
 * structs encode to, so zero values behind `omitempty` vanish and others appear; `stored` can only be right by doing the same.
 * In a decoded value, undefined is Go's nil.
 */
export interface GoType {
  /** The zero value. */
  zero(): any;
  /** The value that JSON other than null and absent decodes to. */
  decode(json: unknown, path: string, refusals: Refusals): any;
  /** The JSON of a value. */
  encode(value: any): unknown;
  /** Would `omitempty` leave it out? */
  empty(value: any): boolean;
}

const INT32 = 2147483647;

function read(type: GoType, json: unknown, path: string, refusals: Refusals): any {
  return json === undefined || json === null ? type.zero() : type.decode(json, path, refusals);
}

function scalar(name: string, zero: unknown, accepts: (json: any) => boolean): GoType {
  return {
    zero: () => zero,
    decode: (json, path, refusals) => {
      if (accepts(json)) return json;
      refusals.wrongType(path, json, name);
      return zero;
    },
    encode: (value) => value,
    empty: (value) => value === zero,
  };
}

function whole(name: string, min: number, max: number): GoType {
  return scalar(name, 0, (json) => Number.isInteger(json) && json >= min && json <= max);
}

export const text = scalar('text', '', (json) => typeof json === 'string');
export const bool = scalar('true or false', false, (json) => typeof json === 'boolean');
export const int32 = whole('a whole number between -2147483648 and 2147483647', -INT32 - 1, INT32);
export const int64 = whole('a whole number', -(2 ** 63), 2 ** 63);
export const uint = whole('a whole number of 0 or more', 0, 2 ** 64);

/** Any JSON; null and absent are one. */
export const json: GoType = {
  zero: () => undefined,
  decode: (value) => value,
  encode: (value) => (value === undefined ? null : value),
  empty: () => false,
};

export const quantity: GoType = {
  zero: () => Quantity.ZERO,
  decode: (value, path, refusals) => {
    const parsed = typeof value === 'string' || typeof value === 'number' ? Quantity.parse(value) : undefined;
    if (!parsed) refusals.malformed(path, value, 'a quantity such as 2, 500m or 4Gi');
    return parsed ?? Quantity.ZERO;
  },
  encode: (value) => value.toString(),
  empty: () => false,
};

/** A pointer: nil when absent. */
export function pointer(to: GoType): GoType {
  return {
    zero: () => undefined,
    decode: to.decode,
    encode: (value) => (value === undefined ? null : to.encode(value)),
    empty: (value) => value === undefined,
  };
}

export function list(of: GoType): GoType {
  return {
    zero: () => undefined,
    decode: (value, path, refusals) => {
      if (Array.isArray(value)) return value.map((item, index) => read(of, item, `${path}[${index}]`, refusals));
      refusals.wrongType(path, value, 'a list');
      return undefined;
    },
    encode: (value) => (value === undefined ? null : value.map(of.encode)),
    empty: (value) => value === undefined || value.length === 0,
  };
}

export function map(of: GoType): GoType {
  return {
    zero: () => undefined,
    decode: (value, path, refusals) => {
      if (!isObject(value)) {
        refusals.wrongType(path, value, 'an object');
        return undefined;
      }
      const out: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(value)) out[key] = read(of, field, `${path}.${key}`, refusals);
      return out;
    },
    encode: (value) => {
      if (value === undefined) return null;
      const out: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(value)) out[key] = of.encode(field);
      return out;
    },
    empty: (value) => value === undefined || Object.keys(value).length === 0,
  };
}

/** A field of a struct. */
export interface GoField {
  readonly type: GoType;
  /** Its tag says `omitempty`. */
  readonly omitEmpty: boolean;
}

export interface GoFields {
  readonly [name: string]: GoField;
}

/** A field that is always written. */
export function always(type: GoType): GoField {
  return { type, omitEmpty: false };
}

/** A field that is written when it is not empty. */
export function maybe(type: GoType): GoField {
  return { type, omitEmpty: true };
}

/** A struct. Fields that it does not know are left out, or with `strict` refused. */
export function struct(fields: GoFields, strict = false): GoType {
  const entries = Object.entries(fields).map(([name, field]) => ({ name, ...field }));
  const build = (from: Record<string, unknown>, path: string, refusals: Refusals) => {
    const out: Record<string, unknown> = {};
    const prefix = path === '' ? '' : `${path}.`;
    for (const { name, type } of entries) {
      const given = from[name];
      out[name] = given === undefined ? type.zero() : read(type, given, prefix + name, refusals);
    }
    if (strict) {
      for (const name of Object.keys(from))
        if (!fields[name]) refusals.unknownField(prefix + name, Object.keys(fields));
    }
    return out;
  };
  return {
    zero: () => {
      const out: Record<string, unknown> = {};
      for (const { name, type } of entries) out[name] = type.zero();
      return out;
    },
    decode: (value, path, refusals) => {
      if (isObject(value)) return build(value, path, refusals);
      refusals.wrongType(path, value, 'an object');
      return build({}, path, refusals);
    },
    encode: (value) => {
      const out: Record<string, unknown> = {};
      for (const { name, type, omitEmpty } of entries) {
        const field = value[name];
        if (!omitEmpty || !type.empty(field)) out[name] = type.encode(field);
      }
      return out;
    },
    empty: () => false,
  };
}
