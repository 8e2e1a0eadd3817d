import type { Schema } from '../../schema/facts';
import type { Refusals } from '../refusals';
import { isObject, schemaOfKey } from './schema-keys';

const ARTICLES: { readonly [type: string]: string } = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const patterns = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  let expression = patterns.get(pattern);
  if (!expression) {
    expression = new RegExp(pattern, 'u');
    patterns.set(pattern, expression);
  }
  return expression.test(value);
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/**
 * Checks an object against the structural schema of its CRD, all faults at once. Mirrors what the API server gets from
 * k8s.io/kube-openapi pkg/validation/validate: a value of the wrong type has no second fault below it.
 */
export function validateSchema(value: unknown, schema: Schema, path: string, refusals: Refusals): void {
  if (value === null && schema.nullable) return;
  if (schema['x-kubernetes-int-or-string']) {
    if (!hasType(value, 'integer') && !hasType(value, 'string')) {
      refusals.wrongType(path, value, 'a whole number or text');
      return;
    }
  } else if (schema.type && !hasType(value, schema.type)) {
    refusals.wrongType(path, value, ARTICLES[schema.type] ?? schema.type);
    return;
  }
  if (schema.enum && !schema.enum.includes(value)) refusals.notAllowed(path, value, schema.enum);
  if (typeof value === 'string') validateText(value, schema, path, refusals);
  else if (typeof value === 'number') validateNumber(value, schema, path, refusals);
  else if (Array.isArray(value)) validateList(value, schema, path, refusals);
  else if (isObject(value)) validateObject(value, schema, path, refusals);
}

function validateText(value: string, schema: Schema, path: string, refusals: Refusals): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  if (value.length < 2 * minLength && [...value].length < minLength) {
    refusals.outOfRange(path, value, `at least ${minLength} characters long`);
  }
  // no text has more characters than units: few have to be taken apart
  if (value.length > maxLength && [...value].length > maxLength) {
    refusals.outOfRange(path, value, `at most ${maxLength} characters long`);
  }
  if (schema.pattern && !matches(schema.pattern, value)) {
    const wanted = schema['x-kubernetes-int-or-string'] ? 'a quantity such as 2, 500m or 4Gi' : schema.pattern;
    refusals.malformed(path, value, wanted);
  }
}

function validateNumber(value: number, schema: Schema, path: string, refusals: Refusals): void {
  if (schema.minimum !== undefined && value < schema.minimum) {
    refusals.outOfRange(path, value, `${schema.minimum} or more`);
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    refusals.outOfRange(path, value, `${schema.maximum} or less`);
  }
}

function validateList(value: readonly unknown[], schema: Schema, path: string, refusals: Refusals): void {
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    refusals.outOfRange(path, value, `a list of ${schema.minItems} or more`);
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    refusals.outOfRange(path, value, `a list of at most ${schema.maxItems}`);
  }
  const { items } = schema;
  if (!items) return;
  for (let index = 0; index < value.length; index += 1) {
    validateSchema(value[index], items, `${path}[${index}]`, refusals);
  }
}

function validateObject(value: Record<string, unknown>, schema: Schema, path: string, refusals: Refusals): void {
  const prefix = path === '' ? '' : `${path}.`;
  for (const key of Object.keys(value)) {
    const inner = schemaOfKey(schema, key);
    if (inner) validateSchema(value[key], inner, prefix + key, refusals);
  }
  for (const key of schema.required ?? []) if (value[key] === undefined) refusals.missing(prefix + key);
}
