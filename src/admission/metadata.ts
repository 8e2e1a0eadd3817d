import * as codes from './codes';
import { dnsSubdomainFault, labelKeyFault } from './names';
import { type Refusals, shown } from './refusals';
import { validateAnnotations, validateLabels } from './validate/label-map';

/** What only the server writes. */
const SERVER_FIELDS = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** The label by which Karmada knows a policy again; the webhook writes a new one at each creation. */
const OWN_LABEL = /^[a-z]+\.karmada\.io\/permanent-id$/;

/** ValidateObjectMeta of apimachinery's api validation at v0.35, with the rule of the kind for names. */
export function validateMetadata(
  metadata: any,
  nameFault: (name: string) => string | undefined,
  refusals: Refusals,
): void {
  const fault = metadata.name !== '' && nameFault(metadata.name);
  if (fault) refuseName(metadata.name, fault, refusals);
  if (metadata.name === '' && metadata.generateName === '') refusals.missing('metadata.name');
  validateLabels(metadata.labels ?? {}, 'metadata.labels', refusals);
  validateAnnotations(metadata.annotations ?? {}, 'metadata.annotations', refusals);
  (metadata.finalizers ?? []).forEach((finalizer: string, index: number) => {
    const wrong = labelKeyFault(finalizer);
    if (wrong) refusals.malformed(`metadata.finalizers[${index}]`, finalizer, wrong);
  });
}

/** Says no to the name of the object. */
export function refuseName(name: string, fault: string, refusals: Refusals): void {
  refusals.add(
    codes.OBJECT_NAME,
    'metadata.name',
    `the name of the object must be ${fault}, got ${shown(name)}`,
    'rename the object',
  );
}

/** Names of custom resources. */
export const customResourceNameFault = dnsSubdomainFault;

/** Metadata as `stored` shows it: less what the server writes and Karmada's own label. */
export function storedMetadata(encoded: any): any {
  const out: any = {};
  // never put in rather than deleted: an object that something was deleted of is slow from then on
  for (const field of Object.keys(encoded)) if (!SERVER_FIELDS.has(field)) out[field] = encoded[field];
  if (out.labels) {
    const labels = Object.entries(out.labels).filter(([key]) => !OWN_LABEL.test(key));
    if (labels.length) out.labels = Object.fromEntries(labels);
    else delete out.labels;
  }
  return out;
}
