import { inWindow } from '../../../cli/apply/attempt';
import { Discovery, objectPath, type Resource } from '../../../cli/apply/discovery';
import { serverSideApply } from '../../../cli/apply/write';
import { sameValue } from '../../../cli/plan/field-path';
import { OBJECT_MANAGER, provenUnchanged } from '../../../cli/plan/owned-fields';
import { keyOf } from '../../../src/core/object-key';
import { Dice } from '../../property/dice';
import { edited, GADGETS, kubernetesObject } from '../../property/kubernetes-objects';
import { type LiveServer, liveServer } from '../live-server';
import { startApiServer, type TestServer } from '../testbed';

/** In full with `npm run test:soak`; a sample otherwise. */
const OBJECTS = process.env.SOAK ? 4000 : 120;
const SEED = 20261121;

let testbed: TestServer;
let server: LiveServer;
let discovery: Discovery;

beforeAll(async () => {
  testbed = await startApiServer();
  server = liveServer('karmada', testbed);
  testbed.kubectl(['create', 'namespace', 'shop']);
  testbed.kubectl(['create', '-f', '-'], JSON.stringify(GADGETS));
  testbed.kubectl(['wait', '--for=condition=Established', 'crd/gadgets.example.io', '--timeout=60s']);
  for (let n = 0; n < 60; n++) {
    discovery = await Discovery.read(server, {});
    if (discovery.find('example.io/v1', 'Gadget')) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
});

afterAll(async () => {
  await server?.close();
  await testbed?.stop();
});

const resourceOf = ({ apiVersion, kind }: any) => discovery.find(apiVersion, kind) as Resource;
const apply = (manifest: any) =>
  server.request(serverSideApply(keyOf(manifest), resourceOf(manifest), manifest, OBJECT_MANAGER));
const read = async (manifest: any) =>
  (await server.request({ method: 'GET', path: objectPath(keyOf(manifest), resourceOf(manifest)) })).body;

/**
 * A server stores a claim for a volume once more when it is first written to after it was made, equal in all but its version:
 * what a person sees is the same. Of every other kind nothing is written.
 */
function isUntouched(before: any, after: any): boolean {
  const versionless = ({ metadata: { resourceVersion: _, ...metadata }, ...rest }: any) => ({ ...rest, metadata });
  if (before.metadata.resourceVersion === after.metadata.resourceVersion) return true;
  return before.kind === 'PersistentVolumeClaim' && sameValue(versionless(before), versionless(after));
}

test(`what is proven to be as wanted, a real apply leaves as it is: ${OBJECTS} objects of 18 kinds`, async () => {
  const counts = { applied: 0, proven: 0, doubted: 0, kinds: new Set<string>() };
  const wrong: string[] = [];
  /** Nothing is proven that would change; gives whether it was proven. */
  const judge = async (manifest: any, why: string): Promise<boolean> => {
    const live = await read(manifest);
    if (!provenUnchanged(manifest, live, OBJECT_MANAGER)) return false;
    const { status, body } = await apply(manifest);
    if (status !== 200 || !isUntouched(live, body)) {
      wrong.push(`${why} (${status}): ${JSON.stringify({ manifest, live, answered: body })}`);
    }
    counts.proven++;
    return true;
  };
  const all = Array.from({ length: OBJECTS }, (_, i) => i);
  await inWindow(8, all, async (i) => {
    const dice = new Dice(SEED + i);
    const object = kubernetesObject(dice, `o${i}`, 'shop');
    if ((await apply(object)).status !== 201) return; // not all that chance writes is taken
    counts.applied++;
    counts.kinds.add(object.kind);
    if (!(await judge(object, 'just applied'))) counts.doubted++;
    for (const next of [edited(dice, object), edited(dice, edited(dice, object))]) {
      await judge(next, 'another state of the code');
      if ((await apply(next)).status !== 200) continue;
      if (!(await judge(next, 'the other state, applied'))) counts.doubted++;
      await judge(object, 'the first state again');
    }
    // somebody else writes to it
    const patch = { metadata: { annotations: { theirs: 'yes', ...(dice.chance(30) ? { a: 'theirs' } : {}) } } };
    const path = objectPath(keyOf(object), resourceOf(object));
    const query = { fieldManager: 'their-team' };
    await server.request({ method: 'PATCH', path, query, body: patch, contentType: 'application/merge-patch+json' });
    await judge(object, 'after somebody else');
  });
  expect(wrong).toEqual([]);
  expect([...counts.kinds].sort()).toHaveLength(18);
  // a proof that never succeeds would prove nothing
  expect(counts.applied).toBeGreaterThan(OBJECTS * 0.6);
  expect(counts.proven).toBeGreaterThan(counts.applied);
  expect(counts.doubted).toBeLessThan(2 * counts.applied); // of three times as many questions
}, 600_000);
