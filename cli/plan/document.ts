import { keyOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { readYaml } from '../../src/core/private/kubernetes-yaml';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from './command-error';
import type { Source } from './plan';

/** A file of the input as text. */
export interface InputFile {
  /** As the user named it; `-` for standard input. */
  readonly file: string;
  readonly text: string;
}

/** A Kubernetes object of the input, with where it stands. */
export interface Document {
  readonly manifest: any;
  readonly key: ObjectKey;
  readonly source: Source;
}

/**
 * The Kubernetes objects in YAML documents, JSON, JSON arrays and lists, in input order. Empty documents are passed
 * over. Throws one error with everything that is wrong in any of the files.
 */
export function readDocuments(files: readonly InputFile[], { mayBeEmpty = false } = {}): Document[] {
  const documents: Document[] = [];
  const wrong: Trouble[] = [];
  for (const { file, text } of files) {
    const values = parse(file, text, wrong);
    let document = 0;
    for (const value of values) {
      for (const item of itemsOf(value)) {
        document++;
        if (item === null || item === undefined) continue;
        const trouble = troubleWith(item);
        if (trouble) wrong.push({ ...trouble, at: place({ file, document }) });
        else documents.push({ manifest: item, key: keyOf(item), source: { file, document } });
      }
    }
  }
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  if (!documents.length && !mayBeEmpty) {
    throw new CommandError(ExitCode.INVALID_INPUT, [
      {
        what: 'there is no Kubernetes object in the input',
        at: files.map(({ file }) => fileName(file)).join(', ') || 'no file',
        fix: 'run `cdk8s synth` first, and name the folder or the files that it wrote with -f',
      },
    ]);
  }
  return documents;
}

/** Where a document stands, in words. */
export function place(source: Source): string {
  return `${fileName(source.file)}, document ${source.document}`;
}

/** An object and where it stands, in words. */
export function placeOf(document: Document): string {
  return `${keyText(document.key)} (${place(document.source)})`;
}

function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function parse(file: string, text: string, wrong: Trouble[]): readonly unknown[] {
  const { documents, fault } = readYaml(text);
  if (fault) {
    const { reason, line, column } = fault;
    const isYaml = line === undefined; // what the parser refuses has a place
    wrong.push({
      what: `${isYaml ? 'this YAML is not taken' : 'this is not YAML'}: ${reason}`,
      at: isYaml ? fileName(file) : `${fileName(file)}:${line}:${column}`,
      fix: 'give Kubernetes objects as YAML or JSON',
    });
  }
  return documents;
}

/** What a document stands for: the items of an array or of a list, else itself. */
function itemsOf(value: any): unknown[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  if (typeof value?.kind !== 'string' || !value.kind.endsWith('List') || !Array.isArray(value.items)) return [value];
  if (value.kind === 'List') return value.items.flatMap(itemsOf);
  // items of a typed list say neither kind nor version
  const kind = value.kind.slice(0, -'List'.length);
  return value.items.map((item: any) =>
    typeof item === 'object' && item !== null ? { apiVersion: value.apiVersion, kind, ...item } : item,
  );
}

const FIX_NOT_AN_OBJECT = 'give only Kubernetes objects: each has apiVersion, kind and metadata.name';

function troubleWith(item: any): Trouble | undefined {
  if (typeof item !== 'object') {
    return { what: `this is ${JSON.stringify(item)}, not a Kubernetes object`, fix: FIX_NOT_AN_OBJECT };
  }
  const missing = [
    ...['apiVersion', 'kind'].filter((field) => typeof item[field] !== 'string' || item[field] === ''),
    ...(typeof item.metadata?.name === 'string' && item.metadata.name !== '' ? [] : ['metadata.name']),
  ];
  if (!missing.length) return undefined;
  if (missing.length === 1 && missing[0] === 'metadata.name' && item.metadata?.generateName) {
    return {
      what: `this ${item.kind} has metadata.generateName instead of metadata.name, so it would be made anew each time`,
      fix: 'give it a fixed metadata.name',
    };
  }
  const known = Object.keys(item).slice(0, 5).join(', ');
  return {
    what: `this is not a Kubernetes object: it has no ${missing.join(', no ')}${known ? ` (it has ${known})` : ''}`,
    fix: FIX_NOT_AN_OBJECT,
  };
}
