import { conflictsOf } from '../plan/answer';
import { type DesiredObject, identity } from '../plan/chart-input';
import { sameValue } from '../plan/field-path';
import { OBJECT_MANAGER } from '../plan/owned-fields';
import { type Membership, type Verdict, verdictFromDryRun } from '../plan/verdict';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import type { Resource } from './discovery';
import { areOurBundles } from './pki/ca-bundle';
import { replacementOf } from './replacing';
import { takeoverVerdict } from './taking-over';
import { serverSideApply } from './write';

/** A webhook that is down makes a plan less certain, not longer. */
export const DRY_RUN_LONGEST_MS = { webhook: 1000, 'webhook-certificate': 0, fault: 1000 };

/** What a server is asked about. */
export interface Offer {
  /** With the manifest as it is sent. */
  readonly object: DesiredObject;
  readonly live: any;
  readonly resource: Resource;
  readonly membership: Membership;
}

export interface DryRunAccess {
  readonly server: ApiServer;
  readonly patience: Patience;
  /** Objects that a person has named as ones that may be replaced. */
  readonly replace?: readonly string[];
  /** What was answered before in the same command. */
  readonly answers?: Answers;
}

/** What the server says that it would do. Writes nothing. */
export async function dryRun(offer: Offer, access: DryRunAccess): Promise<Verdict> {
  const known = access.answers?.find(offer);
  if (known) return known;
  const verdict = await asked(offer, access);
  access.answers?.keep(offer, verdict);
  return verdict;
}

async function asked(offer: Offer, access: DryRunAccess): Promise<Verdict> {
  const { object, live, resource, membership } = offer;
  const { key, manifest } = object;
  const request = (force: boolean) =>
    attempt(
      access.server,
      serverSideApply(key, resource, manifest, OBJECT_MANAGER, { dryRun: true, force }),
      { ...access.patience, longestMs: DRY_RUN_LONGEST_MS },
      key,
    );
  let answer = await request(false);
  if (areOurBundles(conflictsOf(answer.body))) answer = await request(true);
  const replaced = await replacementOf({ object, live, answer, resource }, access);
  const taken = replaced ?? (await takeoverVerdict({ object, live, answer, resource, membership }, access));
  return taken ?? verdictFromDryRun(object, live, answer, membership);
}

/** How long an answer is worth as much as another. */
const FRESH_MS = 5 * 60_000;

/** What was answered since the command began: nobody is asked twice about what is still the same. */
export class Answers {
  private readonly known = new Map<
    string,
    { readonly manifest: any; readonly version?: string; readonly verdict: Verdict; readonly atMs: number }
  >();

  constructor(private readonly now: () => number) {}

  find({ object, live }: Offer): Verdict | undefined {
    const before = this.known.get(identity(object));
    const isSame = before && before.version === versionOf(live) && sameValue(before.manifest, object.manifest);
    return isSame && this.now() - before.atMs < FRESH_MS ? before.verdict : undefined;
  }

  /** What is refused, belongs to others or could not be checked is asked for anew. */
  keep({ object, live }: Offer, verdict: Verdict): void {
    const { action, notes } = verdict;
    if (notes.length || (action !== 'create' && action !== 'update')) return;
    const { manifest } = object;
    this.known.set(identity(object), { manifest, version: versionOf(live), verdict, atMs: this.now() });
  }
}

function versionOf(live: any): string | undefined {
  return live && `${live.metadata.uid} ${live.metadata.resourceVersion}`;
}
