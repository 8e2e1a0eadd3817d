import { readYaml, writeYaml } from '../../core/private/kubernetes-yaml';
import { editImage, imageText, parseImage } from './image';
import { jsonPatch } from './json-patch';
import { PatchError, pathTokens } from './json-pointer';
import { patchRawJson } from './raw-json';
import { Unsupported } from './unsupported';

/**
 * What one override rule does to an object: image, command, args, labels, annotations, fields, plaintext, in this order,
 * each on what the one before made of it.
 *
 * Mirrors `applyPolicyOverriders` in `pkg/util/overridemanager/overridemanager.go` of Karmada v1.18.2.
 */
export function applyOverriders(object: any, overriders: any): any {
  for (const item of overriders.imageOverrider ?? []) overrideImage(object, item);
  for (const item of overriders.commandOverrider ?? []) overrideList(object, 'command', item);
  for (const item of overriders.argsOverrider ?? []) overrideList(object, 'args', item);
  for (const item of overriders.labelsOverrider ?? []) overrideMap(object.metadata, 'labels', item);
  for (const item of overriders.annotationsOverrider ?? []) overrideMap(object.metadata, 'annotations', item);
  for (const item of overriders.fieldOverrider ?? []) overrideField(object, item);
  const plaintext: readonly any[] = overriders.plaintext ?? [];
  if (plaintext.length === 0) return object;
  const patched = jsonPatch(
    object,
    plaintext.map((each) => ({ op: each.operator, path: each.path, value: each.value })),
  );
  if (typeof patched?.kind !== 'string' || patched.kind === '') throw new PatchError('the object has no kind any more');
  return patched;
}

/** Containers of the kinds that image and command overriders know: by the name of the kind alone, any group. */
function containersOf(object: any): any[] {
  switch (object.kind) {
    case 'Pod':
      return object.spec?.containers ?? [];
    case 'ReplicaSet':
    case 'Deployment':
    case 'DaemonSet':
    case 'StatefulSet':
    case 'Job':
      return object.spec?.template?.spec?.containers ?? [];
    default:
      return [];
  }
}

/** Mirrors `imageoverride.go`. */
function overrideImage(object: any, item: any): void {
  const edit = (image: unknown) => {
    if (typeof image !== 'string') throw new PatchError('the image is not a text');
    return imageText(editImage(parseImage(image), item.component, item.operator, item.value ?? ''));
  };
  if (!item.predicate) {
    for (const container of containersOf(object)) container.image = edit(container.image ?? '');
    return;
  }
  const path: string = item.predicate.path;
  const tokens = path.replace(/^\/+|\/+$/g, '').split('/');
  const last = tokens.pop() ?? '';
  let at = object;
  for (const token of tokens) at = step(at, token, path);
  if (Array.isArray(at) || typeof step(at, last, path) !== 'string') throw new PatchError(`no text at ${path}`);
  at[last] = edit(at[last]);
}

/** A predicate's path is not decoded: `~1` is no slash in it. */
function step(at: any, token: string, path: string): any {
  const known = Array.isArray(at) ? /^\d+$/.test(token) && at[Number(token)] : at?.[token];
  if (known === undefined || known === false || known === null) throw new PatchError(`no such path: ${path}`);
  return known;
}

/** Mirrors `commandargsoverride.go`. */
function overrideList(object: any, field: 'command' | 'args', item: any): void {
  const values: readonly string[] = item.value ?? [];
  for (const container of containersOf(object)) {
    if (container.name !== item.containerName) continue;
    const old: readonly string[] = container[field] ?? [];
    container[field] = item.operator === 'add' ? [...old, ...values] : old.filter((each) => !values.includes(each));
  }
}

/** Mirrors `labelannotationoverrider.go`. */
function overrideMap(metadata: any, field: 'labels' | 'annotations', item: any): void {
  const values: { readonly [key: string]: string } = item.value ?? {};
  if (item.operator === 'add') {
    metadata[field] = Object.assign(metadata[field] ?? {}, values);
    return;
  }
  for (const [key, value] of Object.entries(values)) {
    if (metadata[field]?.[key] === undefined) continue;
    if (item.operator === 'remove') delete metadata[field][key];
    else metadata[field][key] = value;
  }
}

/** A document inside a text field. Mirrors `applyFieldOverriders` in `overridemanager.go`. */
function overrideField(object: any, item: any): void {
  const tokens = pathTokens(item.fieldPath);
  const last = tokens.pop() ?? '';
  let at = object;
  for (const token of tokens) at = at?.[token];
  const text = at?.[last];
  if (typeof text !== 'string') throw new PatchError(`no text at ${item.fieldPath}`);
  const inYaml = (item.yaml ?? []).length > 0;
  const operations = ((inYaml ? item.yaml : item.json) ?? []).map((each: any) => ({
    op: each.operator,
    path: each.subPath,
    value: each.value,
  }));
  at[last] = inYaml ? patchYaml(text, operations) : patchRawJson(text, operations);
}

/** The first document, changed; comments and the order of keys are lost, as in Karmada, whose quotes may differ. */
function patchYaml(text: string, operations: readonly any[]): string {
  const { documents, fault } = readYaml(text);
  if (fault) throw new Unsupported(`field override: YAML inside a text field that is not read here: ${fault.reason}`);
  return writeYaml(JSON.parse(patchRawJson(JSON.stringify(documents[0] ?? null), operations)));
}
