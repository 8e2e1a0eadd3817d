import { pointerFault } from '../names';
import { type Refusals, shown } from '../refusals';
import { validateAnnotations, validateLabels } from './label-map';

/**
 * ValidateOverrideRules of pkg/util/validation/validation.go at v1.18.2. Karmada does not look at `plaintext`, nor at what
 * commands, arguments and images are replaced with.
 */
export function validateOverriders(overriders: any, path: string, refusals: Refusals): void {
  each(overriders.annotationsOverrider, `${path}.annotationsOverrider`, (item, at) =>
    validateAnnotations(item.value ?? {}, `${at}.value`, refusals),
  );
  each(overriders.labelsOverrider, `${path}.labelsOverrider`, (item, at) =>
    validateLabels(item.value ?? {}, `${at}.value`, refusals),
  );
  each(overriders.imageOverrider, `${path}.imageOverrider`, (item, at) => {
    if (item.predicate) requirePointer(item.predicate.path, `${at}.predicate.path`, refusals);
  });
  each(overriders.fieldOverrider, `${path}.fieldOverrider`, (item, at) => validateField(item, at, refusals));
}

function each(items: readonly any[] | undefined, path: string, visit: (item: any, at: string) => void): void {
  for (const [index, item] of (items ?? []).entries()) visit(item, `${path}[${index}]`);
}

function requirePointer(value: string, path: string, refusals: Refusals): void {
  const fault = pointerFault(value);
  if (fault) refusals.malformed(path, value, fault);
}

function validateField(item: any, path: string, refusals: Refusals): void {
  if (item.yaml?.length && item.json?.length) {
    refusals.conflict(path, 'a field holds one document, yet json and yaml are both set', 'keep json or yaml');
  }
  if (!item.yaml?.length && !item.json?.length) {
    refusals.since('v1.18', () => refusals.missing(path, 'it changes nothing without operations in json or in yaml'));
  }
  requirePointer(item.fieldPath, `${path}.fieldPath`, refusals);
  for (const language of ['json', 'yaml']) {
    each(item[language], `${path}.${language}`, (patch, at) => {
      requirePointer(patch.subPath, `${at}.subPath`, refusals);
      validateOperation(patch, `${at}.value`, refusals);
    });
  }
}

function validateOperation({ operator, value }: any, path: string, refusals: Refusals): void {
  if ((operator === 'add' || operator === 'replace') && value === undefined) {
    refusals.missing(path, `${operator} has to know the new value`);
  }
  if (operator === 'remove' && value !== undefined) {
    refusals.conflict(path, `remove takes no value, got ${shown(value)}`, 'remove the value, or use replace');
  }
}
