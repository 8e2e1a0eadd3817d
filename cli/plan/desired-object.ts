import { keyOf } from '../../src/core/object-key';
import * as keys from '../../src/core/private/keys';
import type { Trouble } from '../../src/core/private/trouble';
import type { ChartInput, DesiredObject } from './chart-input';
import { type Document, placeOf } from './document';
import { jsonOf } from './json-text';
import { userRuleOf } from './readiness/user-rule';
import { sendable } from './sendable';

export function annotation(document: Document, name: string): string | undefined {
  return document.manifest.metadata?.annotations?.[name];
}

/** One object of a chart, as it and its annotations say. `wrong`: what is wrong with it is added. */
export function desiredObject(document: Document, path: string, chart: ChartInput, wrong: Trouble[]): DesiredObject {
  const at = placeOf(document);
  const wave = annotation(document, keys.WAVE) ?? (chart.plane === 'host' ? '0' : '7');
  if (!/^[0-8]$/.test(wave)) {
    wrong.push({
      what: `the wave of an object is 0 to 8, not "${wave}"`,
      at,
      fix: `correct the annotation ${keys.WAVE}`,
    });
  }
  if (document.manifest.metadata.labels?.[keys.PART_OF] !== undefined) {
    wrong.push({
      what: `the object says itself that it belongs to the set ${document.manifest.metadata.labels[keys.PART_OF]}`,
      at,
      fix: `remove the label ${keys.PART_OF}: apply sets it`,
    });
  }
  return {
    plane: chart.plane,
    instance: chart.instance,
    chart: chart.path,
    key: keyOf(document.manifest),
    path,
    wave: Number(wave),
    source: document.source,
    manifest: sendable(document.manifest),
    shared: annotation(document, keys.SHARED) === 'true',
    joined: annotation(document, keys.JOINED) === 'true',
    ...(annotation(document, keys.REPLACE) === 'allowed' ? { replaceable: true } : {}),
    injectCa: annotation(document, keys.INJECT_CA),
    secretValues: secretValues(document, wrong),
    dependsOn: annotation(document, keys.DEPENDS_ON),
    ...readiness(document, at, wrong),
  };
}

/** What the user says about when an object is ready, in our words or in Pulumi's. */
function readiness(document: Document, at: string, wrong: Trouble[]): Pick<DesiredObject, 'ready' | 'readyTimeoutMs'> {
  const text = annotation(document, keys.READY);
  const isSkipped = text === undefined && annotation(document, 'pulumi.com/skipAwait') === 'true';
  const ready = isSkipped
    ? 'skip'
    : text === undefined
      ? undefined
      : userRuleOf(text, `annotation ${keys.READY} (${at})`, wrong);
  const seconds = annotation(document, keys.READY_TIMEOUT) ?? annotation(document, 'pulumi.com/timeoutSeconds');
  if (seconds !== undefined && !/^[1-9]\d*$/.test(seconds)) {
    const fix = `write a whole number of seconds into ${keys.READY_TIMEOUT}`;
    wrong.push({ what: `"${seconds}" is no number of seconds`, at, fix });
  }
  return {
    ...(ready === undefined ? {} : { ready }),
    ...(seconds === undefined ? {} : { readyTimeoutMs: Number(seconds) * 1000 }),
  };
}

function secretValues(document: Document, wrong: Trouble[]): DesiredObject['secretValues'] {
  const text = annotation(document, keys.SECRET_VALUES);
  if (text === undefined) return undefined;
  const places = jsonOf(text);
  const { kind, apiVersion } = document.key;
  const isPlace = (place: any) =>
    typeof place?.environment === 'string' ? place.file === undefined : typeof place?.file === 'string';
  if (kind === 'Secret' && apiVersion === 'v1' && places && Object.values(places).every(isPlace)) return places;
  wrong.push({
    what: `the annotation ${keys.SECRET_VALUES} does not say of a Secret where its values are`,
    at: placeOf(document),
    fix: 'synthesize it again, or remove it',
  });
  return undefined;
}
