import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART, INSTANCE, TARGET } from '../../src/core/private/keys';
import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { PLANES_FILE, parsePlanesFile } from '../apply/plane-choice';
import { readCharts } from '../plan/chart-input';
import type { HostedInstance } from '../plan/instance/hosted-instance';
import type { Context } from './context';
import { hasInput, outputName, readInput } from './input';
import { type HostOptions, withHost } from './instance-servers';

export interface CodeOptions extends HostOptions {
  readonly filename?: readonly string[];
}

/** What the input names. */
export interface InCode {
  /** Names of instances that it installs. */
  readonly instances: ReadonlySet<string>;
  /** Construct paths of all its charts. */
  readonly charts: ReadonlySet<string>;
}

/** What the code names, where there is any: `-f`, or what cdk8s wrote. */
export async function inCode({ filename }: CodeOptions, context: Context): Promise<InCode | undefined> {
  const isThere = hasInput(filename, context) && (filename || existsSync(join(context.cwd, outputName(context))));
  if (!isThere) return undefined;
  const annotations = (await readInput(filename, context))
    .map(({ manifest }) => manifest.metadata?.annotations ?? {})
    .filter((each) => each[TARGET]);
  const installed = annotations.filter((each) => each[TARGET] === 'host');
  return {
    instances: new Set(installed.map((each) => each[INSTANCE])),
    charts: new Set(annotations.map((each) => each[CHART])),
  };
}

/** The instance that the input is about; undefined without input. */
export async function nameInInput({ filename }: CodeOptions, context: Context): Promise<string | undefined> {
  return hasInput(filename, context) ? readCharts(await readInput(filename, context)).instance : undefined;
}

/** Does something with each host: the one that the options name, else those of the file of planes, else the current one. */
export async function withHosts(
  options: HostOptions,
  context: Context,
  use: (host: ApiServer, instances: readonly HostedInstance[], patience: Patience) => Promise<void>,
): Promise<void> {
  const isNamed = options.hostContext !== undefined || options.hostKubeconfig !== undefined;
  const path = join(context.cwd, PLANES_FILE);
  const inFile =
    !isNamed && existsSync(path) ? Object.keys(parsePlanesFile(readFileSync(path, 'utf8'), path).planes) : [];
  const seen = new Set<string>();
  for (const instance of inFile.length ? inFile : [undefined]) {
    await withHost(instance, options, context, async (host, instances, patience) => {
      if (seen.has(host.url)) return;
      seen.add(host.url);
      await use(host, instances, patience);
    });
  }
}
