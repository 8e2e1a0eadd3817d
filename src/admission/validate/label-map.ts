import * as codes from '../codes';
import { labelKeyFault, labelValueFault } from '../names';
import { type Refusals, shown } from '../refusals';

const ANNOTATION_BYTES = 256 * 1024;

/** ValidateLabels of apimachinery's metav1 validation at v0.35. */
export function validateLabels(labels: Readonly<Record<string, string>>, path: string, refusals: Refusals): void {
  for (const [key, value] of Object.entries(labels)) {
    validateKey(key, key, path, refusals);
    const fault = labelValueFault(value);
    if (fault) {
      refusals.add(
        codes.MALFORMED,
        path,
        `the value of label ${shown(key)} must be ${fault}, got ${shown(value)}`,
        `correct the value of label ${shown(key)}`,
      );
    }
  }
}

/** ValidateAnnotations of apimachinery's api validation at v0.35: keys count in lower case, the size in all. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>>,
  path: string,
  refusals: Refusals,
): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    validateKey(key, key.toLowerCase(), path, refusals);
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > ANNOTATION_BYTES) refusals.outOfRange(path, `${bytes} bytes`, `${ANNOTATION_BYTES} bytes or less in all`);
}

function validateKey(key: string, counted: string, path: string, refusals: Refusals): void {
  const fault = labelKeyFault(counted);
  if (fault) refusals.add(codes.MALFORMED, path, `key ${shown(key)} must be ${fault}`, `rename key ${shown(key)}`);
}
