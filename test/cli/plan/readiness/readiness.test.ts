import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Plane } from '../../../../cli/plan/plan';
import { readinessOf } from '../../../../cli/plan/readiness/readiness';
import type { Readiness } from '../../../../cli/plan/readiness/verdict';

interface Case {
  readonly name: string;
  readonly of: any;
  readonly user?: 'skip' | 'started' | 'address';
  readonly classes?: readonly any[];
  readonly publishes?: boolean;
  readonly waitedMs?: number;
  readonly is: string;
}

const corpus = load(readFileSync(join(__dirname, 'corpus.yaml'), 'utf8')) as {
  readonly kind: string;
  readonly plane?: Plane;
  readonly cases: readonly Case[];
}[];

function text(readiness: Readiness): string {
  const words = readiness.state === 'current' ? readiness.note : readiness.message;
  return words === undefined ? readiness.state : `${readiness.state}: ${words}`;
}

const key = (kind: string) => {
  const [apiVersion, name] = kind.split(' ');
  return { apiVersion, kind: name, namespace: 'shop', name: 'cart' };
};

describe.each(corpus.map((entry) => [entry.kind, entry] as const))('%s', (kind, { plane = 'host', cases }) => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    const { of, user, classes, publishes, waitedMs = 0, is } = each;
    const live = { ...of, kind: key(kind).kind, metadata: { generation: 2, uid: 'u', ...of.metadata } };
    const surroundings = {
      nowMs: 10_000 + waitedMs,
      sinceMs: 10_000,
      storageClasses: classes,
      publishesStatus: publishes,
    };
    expect(text(readinessOf({ plane, key: key(kind), live, uid: 'u', user }, surroundings))).toBe(is);
  });
});

describe('what all kinds have in common', () => {
  const now = Date.parse('2026-01-01T00:10:00Z');
  const subject = (live: any, seen?: any, uid?: string) =>
    text(readinessOf({ plane: 'host', key: key('batch/v1 Job'), live, seen, uid }, { nowMs: now }));
  const job = (ttl: number | undefined, conditions: any[] = [], creationTimestamp = '2026-01-01T00:00:00Z') => ({
    kind: 'Job',
    metadata: { creationTimestamp },
    spec: { ttlSecondsAfterFinished: ttl },
    status: { conditions },
  });

  test('what is not there is absent', () => expect(subject(undefined)).toBe('absent: it is not there any more'));

  test('a Job that removes itself was done', () => {
    const complete = [{ type: 'Complete', status: 'True' }];
    expect([
      subject(undefined, job(60, complete)),
      subject(undefined, job(60)),
      subject(undefined, job(3600)),
      subject(undefined, job(undefined, complete)),
    ]).toEqual([
      'current: it was done, and is removed',
      'current: it was done, and is removed',
      'absent: it is not there any more',
      'absent: it is not there any more',
    ]);
  });

  test('another object in its place is named with who made it', () => {
    const managedFields = [
      { manager: 'kube-controller-manager', time: '2026-01-01T00:02:00Z' },
      { manager: 'kubectl-create', time: '2026-01-01T00:01:00Z' },
    ];
    expect(subject({ metadata: { uid: 'b', managedFields } }, undefined, 'a')).toBe(
      'failed: somebody has put another one in its place: kubectl-create',
    );
  });
});
