import { writeYaml } from '../../src/core/private/kubernetes-yaml';
import { ExitCode } from '../plan/command-error';
import { POLICIES } from '../plan/fleet-record';
import { count } from '../render/words';
import type { Context } from './context';
import { pullFleet } from './fleet-karmada';
import { type OutputFile, refuseFormat, writeFiles } from './output-file';
import type { ServerOptions } from './servers';

export interface FleetPullOptions extends Omit<ServerOptions, 'output'> {
  /** The file of the fleet; standard output when it is left out. */
  readonly output?: string;
  /** The file of other people's policies. */
  readonly policies?: string;
}

/** Writes the member clusters of a Karmada, and what decides there beside the input, into files that hold no credentials. */
export async function fleetPull(options: FleetPullOptions, context: Context): Promise<number> {
  const { output, policies } = options;
  refuseFormat(output, 'fleet pull', 'write `-o fleet.yaml`, or leave it out for standard output');
  const wanted = policies === undefined ? [] : POLICIES;
  const { clusters, others } = await pullFleet({ ...options, output: 'text' }, context, wanted);
  const files: (OutputFile & { readonly what: string })[] = [];
  const fleet = manifests(clusters);
  if (output !== undefined) {
    files.push({ file: output, option: '-o', text: fleet, what: count(clusters.length, 'cluster') });
  }
  if (policies !== undefined) {
    const what = `${count(others.length, 'policy', 'policies')} and the like`;
    files.push({ file: policies, option: '--policies', text: manifests(others), what });
  }
  writeFiles(files, context);
  for (const { what, file } of files) context.stderr.write(`${what} in ${file}\n`);
  if (output === undefined) context.stdout.write(fleet);
  return ExitCode.OK;
}

function manifests(objects: readonly any[]): string {
  // a file has to hold something
  if (objects.length === 0) return writeYaml({ apiVersion: 'v1', kind: 'List', items: [] });
  return objects.map(writeYaml).join('---\n');
}
