import { type DumpOptions, dump, FAILSAFE_SCHEMA, loadAll, Type, YAMLException } from 'js-yaml';

/** Why a text is no YAML that Kubernetes would read. */
export interface YamlFault {
  readonly reason: string;
  /** Line in the text, counted from 1, when it is known. */
  readonly line?: number;
  /** Column in the line, counted from 1, when it is known. */
  readonly column?: number;
}

/** What stands in a text. */
export interface YamlText {
  /** The documents in order, an empty one as null; none when there is a fault. */
  readonly documents: readonly any[];
  readonly fault?: YamlFault;
}

const BOOLEANS = new Map(
  [true, false].flatMap((value) =>
    (value ? ['y', 'yes', 'true', 'on'] : ['n', 'no', 'false', 'off']).flatMap((word) =>
      [word, `${word[0].toUpperCase()}${word.slice(1)}`, word.toUpperCase()].map(
        (spelled) => [spelled, value] as const,
      ),
    ),
  ),
);
const NULLS = new Set([null, '', '~', 'null', 'Null', 'NULL']);
const NOT_IN_JSON = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;
/** A leading 0 makes it octal, as in the mode of a file. */
const INTEGER = /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Only between digits, where it begins with a dot. */
const DOT_WITH_MISPLACED_UNDERSCORE = /^\.(?:.*_(?![0-9])|.*(?<![0-9])_)/;
const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

/** The number that a plain scalar is; undefined when it is text. */
function numberIn(text: string | null): number | undefined {
  if (!text || !/^[-+.0-9]/.test(text)) return undefined;
  if (NOT_IN_JSON.test(text))
    throw new YAMLException(`${text} is a number that JSON has not, so no API server takes it`);
  if (DOT_WITH_MISPLACED_UNDERSCORE.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const [isInteger, sign, prefixed, octal, decimal] = INTEGER.exec(plain) ?? [];
  if (isInteger !== undefined) {
    const size = BigInt(prefixed ?? (octal === undefined ? decimal : `0o${octal}`));
    const exact = sign === '-' ? -size : size;
    if (exact >= SMALLEST && exact <= LARGEST) return exactly(text, exact);
  }
  const float = FLOAT.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(float) ? float : undefined;
}

function exactly(text: string, exact: bigint): number {
  const number = Number(exact);
  if (BigInt(number) === exact) return number;
  throw new YAMLException(`${text} is too large to be kept exactly; write it in quotes if it is text`);
}

function scalar(tag: string, resolve: (text: any) => boolean, construct: (text: any) => any): Type {
  return new Type(`tag:yaml.org,2002:${tag}`, { kind: 'scalar', resolve, construct });
}

const isNumber = (text: string | null) => numberIn(text) !== undefined;

/** YAML 1.1 as go-yaml v2 reads it for sigs.k8s.io/yaml: dates are text, and the words for yes and no are booleans. */
const SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar(
      'null',
      (text) => NULLS.has(text),
      () => null,
    ),
    scalar(
      'bool',
      (text) => BOOLEANS.has(text),
      (text) => BOOLEANS.get(text),
    ),
    scalar('int', isNumber, numberIn),
    scalar(
      'merge',
      (text) => text === '<<',
      (text) => text,
    ),
  ],
  explicit: [
    scalar('float', isNumber, numberIn),
    scalar(
      'timestamp',
      () => true,
      (text) => text,
    ),
    scalar(
      'binary',
      () => true,
      (text) => Buffer.from(text, 'base64').toString(),
    ),
  ],
});

/** Reads YAML, and JSON with it, as Kubernetes does. A key that is given twice is a fault: kubectl would take the last. */
export function readYaml(text: string): YamlText {
  try {
    // a byte order mark is no part of the text
    const documents: any[] = loadAll(text.replace(/^\uFEFF/, ''), null, { schema: SCHEMA });
    refuseWhatJsonHasNot(documents, text);
    return { documents };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark ?? {};
    return {
      documents: [],
      fault: { reason: error.reason, ...(line !== undefined && { line: line + 1, column: column + 1 }) },
    };
  }
}

/** What some reader of YAML, of 1.1 or of 1.2, takes for a number, a time in base 60, or a date. */
const LOOKS_LIKE_NUMBER = new RegExp(
  [
    '[-+]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9_]+)(?:[eE][-+]?[0-9]+)?',
    '[-+]?0[xXoObB][0-9a-fA-F_]+',
    '[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?',
    '[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)',
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?',
  ]
    .map((each) => `^(?:${each})$`)
    .join('|'),
);

/** What js-yaml takes for a time of day. */
const IN_BASE_60 = /^[-+]?[0-9_]+(?::[0-9_]+)+(?:\.[0-9_]*)?$/;

/** Does some reader take a text for something else, when it stands there without quotes? */
export function isNoText(text: string): boolean {
  if (/^[-+.0-9_]/.test(text)) return LOOKS_LIKE_NUMBER.test(text) || IN_BASE_60.test(text);
  return text.length <= 'false'.length && (NULLS.has(text) || BOOLEANS.has(text) || text === '<<' || text === '=');
}

function written(tag: string, isTaken: (text: any) => boolean, predicate: (value: any) => boolean): Type {
  return new Type(`tag:yaml.org,2002:${tag}`, { kind: 'scalar', resolve: isTaken, predicate, represent: String });
}

/** What looks like something else is text in quotes. */
const WRITTEN = FAILSAFE_SCHEMA.extend({
  implicit: [
    written(
      'null',
      (text) => NULLS.has(text),
      (value) => value === null,
    ),
    written(
      'bool',
      (text) => BOOLEANS.has(text),
      (value) => typeof value === 'boolean',
    ),
    written(
      'int',
      (text) => LOOKS_LIKE_NUMBER.test(text),
      (value) => typeof value === 'number',
    ),
    written(
      'merge',
      (text) => text === '<<' || text === '=',
      () => false,
    ),
  ],
});
const WRITING: DumpOptions = { schema: WRITTEN, noRefs: true, lineWidth: -1 };

/** Writes plain data as Karmada writes what stood in a text field: with sorted keys. */
export function writeYaml(value: any): string {
  return dump(value, { ...WRITING, sortKeys: true, noArrayIndent: true });
}

/** Writes what is for people who review it: as cdk8s does but for some quotes, in a fifth of the time. */
export function dumpManifest(manifest: any): string {
  return dump(manifest, { ...WRITING, quotingType: '"' });
}

/** Deeper than any API server reads. */
const DEEPEST = 1_000;
/** What an API server takes in one request, in characters. */
const LARGEST_REPEATED = 3 * 1024 * 1024;

/**
 * js-yaml makes words of keys that are lists or maps, and takes values that contain themselves, or one another over and
 * over. Follows every alias, as whoever uses the documents does, but only so far.
 */
function refuseWhatJsonHasNot(documents: readonly any[], text: string): void {
  let left = text.length + LARGEST_REPEATED; // without aliases they say no more than the text is long
  const refuse = (value: any, depth: number): void => {
    left -= typeof value === 'string' ? value.length : 1;
    if (left < 0)
      throw new YAMLException('its aliases (*name) repeat more than 3 MB, which is more than any API server takes');
    if (value === null || typeof value !== 'object') return;
    if (depth > DEEPEST) throw new YAMLException('an anchor contains itself');
    if (Array.isArray(value)) {
      for (const item of value) refuse(item, depth + 1);
      return;
    }
    if ('[object Object]' in value)
      throw new YAMLException('a key is a map, as in {{ }} of a template that was not rendered');
    for (const key of Object.keys(value)) {
      left -= key.length;
      refuse(value[key], depth + 1);
    }
  };
  for (const document of documents) refuse(document, 0);
}
