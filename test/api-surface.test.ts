import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a jsii assembly that is looked at here. */
interface Member {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly async?: boolean;
  readonly immutable?: boolean;
  readonly type?: unknown;
  readonly parameters?: readonly Member[];
  readonly returns?: { readonly type: unknown };
}
interface Type extends Member {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly namespace?: string;
  readonly base?: string;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
  readonly initializer?: Member;
}

const assembly = JSON.parse(readFileSync(join(__dirname, '..', '.jsii'), 'utf8'));
const types: Type[] = Object.values(assembly.types);
/** What people write; the typed Karmada objects are generated and have rules of their own. */
const written = types.filter((type) => !type.namespace?.startsWith('api'));

const callables = (type: Type) => [...(type.methods ?? []), ...(type.initializer ? [type.initializer] : [])];
const where = (type: Type, member: Member) => `${type.fqn}.${member.name ?? 'constructor'}`;
const mentionsUnion = (type: unknown) => JSON.stringify(type ?? null).includes('"union"');

test('there is something to look at', () => {
  expect(written.length).toBeGreaterThan(20);
});

test('everything says what it is for', () => {
  const silent = written.flatMap((type) => [
    ...(type.docs?.summary ? [] : [type.fqn]),
    ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]
      .filter((member) => !member.docs?.summary)
      .map((member) => where(type, member)),
  ]);
  expect(silent).toEqual([]);
});

test('every optional prop says what happens when it is left out', () => {
  const silent = written
    .filter((type) => type.datatype)
    .flatMap((type) =>
      (type.properties ?? []).filter((prop) => prop.optional && !prop.docs?.default).map((prop) => where(type, prop)),
    );
  expect(silent).toEqual([]);
});

test('no default is "undefined"', () => {
  const circular = written.flatMap((type) =>
    (type.properties ?? [])
      .filter((prop) => /undefined/i.test(prop.docs?.default ?? ''))
      .map((prop) => where(type, prop)),
  );
  expect(circular).toEqual([]);
});

test('no method is asynchronous', () => {
  expect(
    types.flatMap((type) =>
      callables(type)
        .filter((method) => method.async)
        .map((method) => where(type, method)),
    ),
  ).toEqual([]);
});

test('nothing is a union', () => {
  const unions = types.flatMap((type) => [
    ...(type.properties ?? [])
      .filter((property) => mentionsUnion(property.type))
      .map((property) => where(type, property)),
    ...callables(type)
      .filter((method) => mentionsUnion(method.returns) || mentionsUnion(method.parameters))
      .map((method) => where(type, method)),
  ]);
  expect(unions).toEqual([]);
});

test('every prop of a struct is read-only', () => {
  const mutable = types
    .filter((type) => type.datatype)
    .flatMap((type) => (type.properties ?? []).filter((prop) => !prop.immutable).map((prop) => where(type, prop)));
  expect(mutable).toEqual([]);
});

test('no public property of a class can be set', () => {
  const mutable = written
    .filter((type) => type.kind === 'class')
    .flatMap((type) =>
      (type.properties ?? []).filter((property) => !property.immutable).map((property) => where(type, property)),
    );
  expect(mutable).toEqual([]);
});

test('no class is an error', () => {
  expect(
    types.filter((type) => /Error$/.test(type.base ?? '') || /Error$/.test(type.name)).map((type) => type.fqn),
  ).toEqual([]);
});

/** A class of one of these names in a Java package hides the one that every Java file knows: `@Override` breaks first. */
const JAVA_LANG = [
  'Boolean',
  'Class',
  'Deprecated',
  'Double',
  'Error',
  'Exception',
  'Integer',
  'Iterable',
  'Number',
  'Object',
  'Override',
  'Record',
  'String',
];

test('no name hides one of java.lang', () => {
  expect(types.filter((type) => JAVA_LANG.includes(type.name)).map((type) => type.fqn)).toEqual([]);
});

test('no more than three positional arguments', () => {
  const long = written.flatMap((type) =>
    callables(type)
      .filter((method) => (method.parameters ?? []).length > 3)
      .map((method) => where(type, method)),
  );
  expect(long).toEqual([]);
});
