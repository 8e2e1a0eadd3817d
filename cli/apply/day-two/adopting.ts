import { fieldChanges } from '../../plan/field-diff';
import { sameValue } from '../../plan/field-path';
import type { FieldChange } from '../../plan/plan';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import { objectPath } from '../discovery';
import { WRITE_MS } from '../write';
import type { Target } from './target';

/** Whether the pods of what is adopted go on running. */
export type Proof =
  /** The server says so, or there are no pods. */
  | { readonly state: 'proven' }
  /** The server would make new pods. */
  | { readonly state: 'refuted'; readonly changes: readonly FieldChange[] }
  /** The server did not say. */
  | { readonly state: 'open'; readonly status: number };

/** What Karmada puts on what it sends. */
const MANAGED = { 'karmada.io/managed': 'true' };

/**
 * Asks the member, with a dry-run, what becomes of the object when Karmada takes it over: Karmada replaces it, and keeps the
 * labels and annotations that are there.
 */
export async function proveUnchanged(
  server: ApiServer,
  { key, resource, live }: Target,
  manifest: any,
  patience: Patience,
): Promise<Proof> {
  const template = templateOf(live);
  if (template === undefined) return { state: 'proven' };
  const { labels, annotations, resourceVersion } = live.metadata;
  const metadata = {
    ...manifest.metadata,
    resourceVersion,
    labels: { ...labels, ...manifest.metadata.labels, ...MANAGED },
    annotations: { ...annotations, ...manifest.metadata.annotations },
  };
  const answer = await attempt(
    server,
    {
      method: 'PUT',
      path: objectPath(key, resource),
      query: { dryRun: 'All', fieldManager: 'cdk8s-karmada-adopt' },
      body: { ...manifest, metadata },
      timeoutMs: WRITE_MS,
    },
    patience,
    key,
  );
  if (answer.status !== 200) return { state: 'open', status: answer.status };
  const after = templateOf(answer.body);
  if (sameValue(template, after)) return { state: 'proven' };
  return { state: 'refuted', changes: fieldChanges({ spec: { template } }, { spec: { template: after } }) };
}

function templateOf({ spec }: any): any {
  return spec?.template?.spec ? spec.template : spec?.jobTemplate;
}
