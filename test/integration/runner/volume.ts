import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of a volume. */
export interface VolumeFile {
  readonly content: Buffer;
  readonly mode: number;
}

export type VolumeFiles = ReadonlyMap<string, VolumeFile>;

/** The Secret or ConfigMap of a volume that is not there: a pod waits for it. */
export class SourceMissing extends Error {}

/**
 * The files of a volume of a pod as kubelet makes them: the keys that `items` names, or all; the mode of the item, or the
 * default; with `fsGroup` the group may read them too. Undefined for a volume without a source.
 */
export function filesOf(volume: any, pod: any, objects: readonly any[]): VolumeFiles | undefined {
  const [kind, name] = volume?.secret
    ? ['Secret', volume.secret.secretName]
    : ['ConfigMap', volume?.configMap?.name as string | undefined];
  if (name === undefined) return undefined;
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new SourceMissing(`there is no ${kind}/${name}`);
  const { items, defaultMode = 0o644 } = volume.secret ?? volume.configMap;
  const encoding = kind === 'Secret' ? 'base64' : 'utf8';
  const keys: any[] = items ?? Object.keys(found.data ?? {}).map((key) => ({ key, path: key }));
  return new Map(
    keys.map(({ key, path, mode = defaultMode }) => {
      if (found.data?.[key] === undefined) throw new SourceMissing(`${kind}/${name} has no ${key}`);
      const group = pod.securityContext?.fsGroup === undefined ? 0 : 0o440;
      return [path, { content: Buffer.from(found.data[key], encoding), mode: mode | group }];
    }),
  );
}

/**
 * Writes the files the way kubelet does: into a new folder, to which the link `..data` is moved in one step, so that a
 * process sees all old files or all new ones. Says whether anything changed.
 */
export function writeVolume(folder: string, files: VolumeFiles): boolean {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, '..data');
  if (existsSync(data) && isWritten(data, files)) return false;
  const fresh = `..${new Date().toISOString().replace(/\W/g, '_')}.${randomBytes(4).toString('hex')}`;
  for (const [path, { content, mode }] of files) {
    const file = join(folder, fresh, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
    chmodSync(file, mode); // whatever the umask is
  }
  const before = existsSync(data) ? readlinkSync(data) : undefined;
  symlinkSync(fresh, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), data);
  const tops = new Set([...files.keys()].map((path) => path.split('/')[0]));
  const links = readdirSync(folder).filter((name) => !name.startsWith('..'));
  for (const name of tops) if (!links.includes(name)) symlinkSync(join('..data', name), join(folder, name));
  for (const name of links) if (!tops.has(name)) rmSync(join(folder, name));
  if (before) rmSync(join(folder, before), { recursive: true });
  return true;
}

function isWritten(data: string, files: VolumeFiles): boolean {
  const there = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const same = ([path, { content }]: [string, VolumeFile]) =>
    existsSync(join(data, path)) && readFileSync(join(data, path)).equals(content);
  return there.length === files.size && [...files].every(same);
}
