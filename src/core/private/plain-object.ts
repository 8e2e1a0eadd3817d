import {
  ApiObject,
  type ApiObjectMetadata,
  type ApiObjectMetadataDefinition,
  type ApiObjectProps,
  type App,
  Lazy,
} from 'cdk8s';
import type { Construct } from 'constructs';

/** How many resolvers cdk8s has of its own. None of them finds anything in plain data. */
const OWN_RESOLVERS = 3;

/** What cdk8s keeps in its metadata for itself. */
const NOT_RENDERED = new Set(['_additionalAttributes', 'apiObject']);

/** What an object may hold beside `metadata`. */
interface PlainObjectProps extends ApiObjectProps {
  readonly spec?: any;
  /** What is neither metadata nor `spec`, such as the `data` of a ConfigMap. */
  readonly rest?: { readonly [field: string]: any };
  /** The whole spec, where it follows from other objects: asked for at each look, and the same one until it changes. */
  readonly liveSpec?: () => any;
}

/**
 * An object whose body is data: no tokens, no laziness. Rendering such an object is copying it, and cdk8s renders every object
 * twice or more: resolving it each time would cost more than all the rest of ours.
 */
export class PlainObject extends ApiObject {
  private readonly given: any;
  private readonly liveSpec?: () => any;
  private readonly app: App;
  private latestSpec?: any;
  private latest?: any;

  constructor(scope: Construct, id: string, props: PlainObjectProps) {
    const { apiVersion, kind, metadata, spec, rest, liveSpec } = props;
    const body = { ...rest, ...(spec !== undefined && { spec }) };
    const lazy = liveSpec && { spec: Lazy.any({ produce: liveSpec }) };
    super(scope, id, { ...body, ...lazy, apiVersion, kind, metadata: named(metadata) });
    this.given = body;
    this.liveSpec = liveSpec;
    this.app = this.node.root as App;
  }

  /** The manifest, to be looked at and not to be changed: the same one until something in it changes or it is handed out. */
  public peek(): any {
    const { patches } = this as unknown as { readonly patches: readonly unknown[] };
    const { resolvers } = this.app;
    // a user's token, patch or resolver is cdk8s' business
    if (patches.length > 0 || resolvers?.length !== OWN_RESOLVERS) return super.toJson();
    const spec = this.liveSpec?.();
    const { latest } = this;
    if (latest && spec === this.latestSpec && isRendered(this.metadata, latest.metadata)) return latest;
    const metadata = plainMetadata(this.metadata);
    if (!metadata) return super.toJson();
    const body = copied(spec === undefined ? this.given : { ...this.given, spec });
    if (!body) return super.toJson();
    this.latestSpec = spec;
    this.latest = { apiVersion: this.apiVersion, kind: this.kind, metadata, ...body };
    return this.latest;
  }

  /** Its spec, which is held and not copied, was changed: the next look makes a new manifest. */
  public specChanged(): void {
    this.latest = undefined;
  }

  public toJson(): any {
    return this.handOut(this.peek());
  }

  /** A manifest that was peeked at, for somebody who may change it: it is theirs then, and the next look makes a new one. */
  public handOut(manifest: any): any {
    if (manifest === this.latest) this.latest = undefined;
    return manifest;
  }
}

/** To cdk8s a name that is given as undefined is the name; one that is not given is made. */
function named(metadata: ApiObjectMetadata | undefined): ApiObjectMetadata | undefined {
  if (!metadata || metadata.name !== undefined) return metadata;
  const { name: _, ...rest } = metadata;
  return rest;
}

/** An object's manifest, to be looked at and not to be changed. */
export function peekAt(object: ApiObject): any {
  return isPlainObject(object) ? object.peek() : object.toJson();
}

/** A manifest that was peeked at, for somebody who may change it. */
export function handOut(object: ApiObject, manifest: any): any {
  return isPlainObject(object) ? object.handOut(manifest) : manifest;
}

/** cdk8s makes `instanceof` true of every object. */
function isPlainObject(object: ApiObject): object is PlainObject {
  return 'peek' in object;
}

/** What cdk8s renders of metadata: everything but empty lists and maps. Undefined when it is not plain data. */
function plainMetadata(metadata: ApiObjectMetadataDefinition): any {
  const given: any = {};
  eachRendered(metadata, (key, value) => {
    given[key] = value;
  });
  return copied(given);
}

/** Whether metadata is what was rendered last, so that it need not be copied to be looked at. */
function isRendered(metadata: ApiObjectMetadataDefinition, latest: any): boolean {
  let count = 0;
  let isSame = true;
  eachRendered(metadata, (key, value) => {
    count += 1;
    isSame &&= same(value, latest[key]);
  });
  return isSame && count === Object.keys(latest).length;
}

function eachRendered(metadata: ApiObjectMetadataDefinition, visit: (key: string, value: any) => void): void {
  const own = metadata as any;
  const more = own._additionalAttributes;
  const each = (key: string, value: any) => {
    if (value === undefined || value === null || NOT_RENDERED.has(key)) return;
    if (typeof value === 'object' && Object.keys(value).length === 0) return;
    visit(key, value);
  };
  for (const key of Object.keys(own)) each(key, own[key]);
  for (const key of Object.keys(more)) if (!(key in own)) each(key, more[key]);
}

/** A copy with sorted keys and without what is undefined, as cdk8s makes it; undefined when it is not plain data. */
function copied(value: any): any {
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(copied);
    return items.includes(undefined) ? undefined : items;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || typeof value.resolve === 'function') return undefined;
  const copy: any = {};
  for (const key of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined || item === null) continue;
    copy[key] = copied(item);
    if (copy[key] === undefined) return undefined;
  }
  return copy;
}

/** Most of ours are sorted as they are written. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if (keys[i] < keys[i - 1]) return keys.sort();
  return keys;
}

/** Whether two pieces of plain data are the same, key for key. */
function same(one: any, other: any): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}
