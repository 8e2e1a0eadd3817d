import { Admission } from '../../src/admission/admission';
import { FindingLevel } from '../../src/core/finding';
import { admissionVectors } from '../golden/admission';

const JUNK = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  '',
  'x',
  '%',
  '/',
  '*',
  [],
  [null],
  [[]],
  ['x'],
  {},
  { '': null },
  { x: {} },
];

/** The same numbers each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every place in a document, as container and key. */
function places(value: any): [any, string | number][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[value, key] as [any, string], ...places(value[key])]);
}

test('whatever stands anywhere in an object, there is a verdict and it explains itself', () => {
  const next = random(7);
  const admission = Admission.of();
  let refused = 0;
  for (const { object } of admissionVectors()) {
    const copy = structuredClone(object);
    const all = places(copy);
    const [container, key] = all[Math.floor(next() * all.length)];
    container[key] = JUNK[Math.floor(next() * JUNK.length)];
    const { admitted, stored, findings } = admission.review(copy);
    const errors = findings.filter(({ level }) => level === FindingLevel.ERROR);
    expect({ admitted, none: errors.length === 0 }).toEqual({ admitted, none: admitted });
    for (const { message, fix } of findings) expect(`${message} ${fix}`).not.toMatch(/undefined|\[object/);
    if (!admitted) refused++;
    if (stored) expect(admission.review(stored)).toMatchObject({ admitted: true, findings });
  }
  expect(refused).toBeGreaterThan(1000);
});

test.each([
  [null, '', 'a manifest must be an object with apiVersion, kind and metadata, got null'],
  ['x', '', 'a manifest must be an object with apiVersion, kind and metadata, got "x"'],
  [{ kind: 'Cluster' }, 'apiVersion', 'apiVersion is required'],
  [{ apiVersion: 'v1', kind: 7 }, 'kind', 'kind must be text, got 7'],
])('%j is no object', (manifest, path, message) => {
  const { admitted, findings } = Admission.of().review(manifest);
  expect({ admitted, findings: findings.map((finding) => [finding.path, finding.message]) }).toEqual({
    admitted: false,
    findings: [[path, message]],
  });
});
