import { delimiter, dirname, join, resolve } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Plane } from './api-server';

/** Name of the file that says where the planes are; it stands next to `cdk8s.yaml`. */
export const PLANES_FILE = 'cdk8s-karmada.yaml';

/** The flags of the command that choose a plane; their paths are relative to the working folder. */
export interface PlaneFlags {
  readonly hostContext?: string;
  readonly hostKubeconfig?: string;
  readonly karmadaContext?: string;
  readonly karmadaKubeconfig?: string;
  /** User to act as, whatever the kubeconfig says. */
  readonly as?: string;
  /** Groups of that user. */
  readonly asGroup?: readonly string[];
  /** UIDs of the clusters that are meant; others are refused. */
  readonly expectClusterUids?: readonly string[];
}

interface PlaneEntry {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** `cdk8s-karmada.yaml`: where the planes of each instance are. */
export interface PlanesFile {
  /** Path of the file; the paths in it are relative to its folder. */
  readonly path: string;
  readonly planes: { readonly [instance: string]: { readonly [plane in Plane]?: PlaneEntry } };
}

/** What a plane is chosen from. Nothing here was read from a disk by this module. */
export interface Given {
  /** Empty: none in particular, as for all that a host has. */
  readonly instance: string;
  /** The instances in the input; with several nothing is guessed. */
  readonly instances: readonly string[];
  readonly flags: PlaneFlags;
  readonly file?: PlanesFile;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly homeFolder: string;
  readonly workingFolder: string;
}

/** A context of kubeconfig files. */
export interface ContextChoice {
  /** In the order of precedence; those that do not exist are passed over when `optional`. */
  readonly files: readonly string[];
  /** The current one when it is left out. */
  readonly context?: string;
  readonly optional: boolean;
  /** Who chose, for the words of an error. */
  readonly by: string;
}

/** A context, or the admin Secret of the instance on the host. */
export type PlaneChoice = ContextChoice | 'admin-secret';

/** The flag that chooses a context of the plane. */
export function flagOf(plane: Plane): string {
  return `--${plane}-context`;
}

/**
 * Where a plane is: a flag says so; else the file; else it is, for the host, the current context of the default
 * kubeconfig, and for Karmada what the admin Secret says.
 */
export function choosePlane(plane: Plane, given: Given): PlaneChoice {
  const { flags, file, instance, instances } = given;
  const [context, kubeconfig] =
    plane === 'host' ? [flags.hostContext, flags.hostKubeconfig] : [flags.karmadaContext, flags.karmadaKubeconfig];
  if (context !== undefined || kubeconfig !== undefined) {
    const by = context === undefined ? `--${plane}-kubeconfig` : flagOf(plane);
    return contextChoice(given, by, context, kubeconfig && resolve(given.workingFolder, kubeconfig));
  }
  const several = instances.length > 1;
  if (!file && several) throw needsFile(plane, given);
  const entries = file?.planes[instance];
  // whose host was named is found there
  const isFound = plane === 'karmada' && (flags.hostContext ?? flags.hostKubeconfig) !== undefined;
  if (file && !entries && !isFound && instance !== '') throw notInFile(file, given);
  const entry = entries?.[plane];
  if (file && entry) {
    const path = entry.kubeconfig && resolve(dirname(file.path), withHome(entry.kubeconfig, given.homeFolder));
    return contextChoice(given, `planes.${instance}.${plane} of ${file.path}`, entry.context, path);
  }
  if (plane === 'karmada') return 'admin-secret';
  if (several) throw needsFile(plane, given);
  return contextChoice(given, 'the default kubeconfig');
}

function contextChoice(given: Given, by: string, context?: string, kubeconfig?: string): ContextChoice {
  if (kubeconfig) return { files: [kubeconfig], context, optional: false, by };
  const listed = (given.environment.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const files = listed.length
    ? listed.map((file) => resolve(given.workingFolder, file))
    : [join(given.homeFolder, '.kube', 'config')];
  return { files, context, optional: true, by };
}

function withHome(path: string, homeFolder: string): string {
  return /^~[/\\]/.test(path) ? join(homeFolder, path.slice(2)) : path;
}

function needsFile(plane: Plane, { file, instance, instances }: Given): CommandError {
  const what = `the input has ${instances.length} instances (${[...instances].sort().join(', ')}), and nothing says where the ${plane === 'host' ? 'host' : 'Karmada'} of "${instance}" is`;
  const fix = `say it in ${PLANES_FILE} next to cdk8s.yaml, under planes.${instance}.${plane}: {kubeconfig, context}; or choose one instance with --instance, and its servers with ${flagOf('host')} and ${flagOf('karmada')}`;
  return usage({ what, at: file?.path, fix });
}

function notInFile(file: PlanesFile, { instance }: Given): CommandError {
  const known = Object.keys(file.planes).sort().join(', ') || 'none';
  return usage({
    what: `instance "${instance}" is not in planes (it has ${known})`,
    at: file.path,
    fix: `add planes.${instance}, or use ${flagOf('host')} and ${flagOf('karmada')}`,
  });
}

function usage(...troubles: Trouble[]): CommandError {
  return new CommandError(ExitCode.USAGE, troubles);
}

const SHAPE = 'write it as planes.<instance>.host and planes.<instance>.karmada, each with kubeconfig, context or both';

/** The file from its text. Throws with everything that is wrong in it. */
export function parsePlanesFile(text: string, path: string): PlanesFile {
  let content: any;
  try {
    content = load(text.replace(/^\uFEFF/, ''), { schema: CORE_SCHEMA }) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark ?? {};
    const at = line === undefined ? path : `${path}:${line + 1}:${column + 1}`;
    throw usage({ what: `this is not YAML: ${error.reason}`, at, fix: SHAPE });
  }
  const troubles: Trouble[] = [];
  const mapping = (value: unknown, name: string, allowed?: readonly string[]): { [key: string]: any } => {
    const fits = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!fits) troubles.push({ what: `${name} is ${JSON.stringify(value)}, no mapping`, at: path, fix: SHAPE });
    const entries = fits ? (value as { [key: string]: any }) : {};
    for (const key of allowed ? Object.keys(entries).filter((one) => !allowed.includes(one)) : []) {
      troubles.push({ what: `${name} has "${key}" (known: ${allowed?.join(', ')})`, at: path, fix: SHAPE });
    }
    return entries;
  };
  const planes = mapping(mapping(content, 'the file', ['planes']).planes ?? {}, 'planes');
  for (const [instance, entries] of Object.entries(planes)) {
    for (const [plane, entry] of Object.entries(mapping(entries, `planes.${instance}`, ['host', 'karmada']))) {
      const name = `planes.${instance}.${plane}`;
      for (const [key, value] of Object.entries(mapping(entry, name, ['kubeconfig', 'context']))) {
        if (typeof value === 'string' && value !== '') continue;
        troubles.push({ what: `${name}.${key} is ${JSON.stringify(value)}, no text`, at: path, fix: SHAPE });
      }
    }
  }
  if (troubles.length) throw usage(...troubles);
  return { path, planes };
}
