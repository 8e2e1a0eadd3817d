import { keyText } from '../../src/core/object-key';
import { type DesiredObject, type Input, objectsOf, type SecretPlace } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';

/** Reads a value that is not in the manifests; undefined when it is not there. */
export type ReadSecret = (place: SecretPlace) => Buffer | undefined;

/**
 * The input with the values of Secrets that are read where the command runs.
 *
 * @throws if one is not there
 */
export function withSecretValues(input: Input, read: ReadSecret): Input {
  const missing = objectsOf(input.charts).flatMap((object) =>
    Object.entries(object.secretValues ?? {})
      .filter(([, place]) => read(place) === undefined)
      .map(([key, place]) => ({
        what: `the value of "${key}" is in ${placeText(place)}, which is not there`,
        at: `${keyText(object.key)} (${object.path})`,
        fix: place.file === undefined ? `set ${placeText(place)}` : `write the file, or run the command where it is`,
      })),
  );
  if (missing.length > 0) throw new CommandError(ExitCode.INVALID_INPUT, missing);
  return withKnownSecretValues(input, read);
}

/** The same for those Secrets whose values are all there; the others stay as they are. */
export function withKnownSecretValues(input: Input, read: ReadSecret): Input {
  const charts = new Map(
    input.all.map((chart) => [chart, { ...chart, objects: chart.objects.map((object) => filled(object, read)) }]),
  );
  const same = (chart: Input['all'][number]) => charts.get(chart) ?? chart;
  return { ...input, charts: input.charts.map(same), all: input.all.map(same) };
}

function filled(object: DesiredObject, read: ReadSecret): DesiredObject {
  const { secretValues, ...rest } = object;
  if (!secretValues) return object;
  const values = Object.entries(secretValues).map(([key, place]) => [key, read(place)?.toString('base64')] as const);
  if (values.some(([, value]) => value === undefined)) return object;
  return { ...rest, manifest: { ...object.manifest, data: Object.fromEntries(values) } };
}

function placeText({ environment, file }: SecretPlace): string {
  return file === undefined ? `the environment variable ${environment}` : `the file ${file}`;
}
