import { X509Certificate } from 'node:crypto';
import type { ApiServer } from '../../../../cli/apply/api-server';
import { clientCertificate } from '../../../../cli/apply/pki/client-certificate';
import { issue } from '../../../../cli/apply/pki/issue';
import { messageOf, NOW, samplePlan, stored } from './sample-plan';

const HOUR_MS = 60 * 60 * 1000;
const plan = samplePlan();
let secrets: Map<string, any>;
let asked: string[];

beforeAll(async () => {
  secrets = stored(await issue(plan, new Map(), NOW));
});
beforeEach(() => {
  asked = [];
});

const host = (held: ReadonlyMap<string, any>): ApiServer => ({
  plane: 'host',
  url: 'https://host',
  request: async ({ method, path }) => {
    asked.push(`${method} ${path}`);
    const found = held.get(path.split('/').pop() ?? '');
    return { status: found ? 200 : 404, body: found, warnings: [] };
  },
  close: async () => undefined,
});
const make = (request: object = {}, held: ReadonlyMap<string, any> = secrets) =>
  clientCertificate(host(held), plan, { validityMs: 8 * HOUR_MS, ...request }, NOW);

test('the administrator, for as long as was asked; only the Secret of the authority is read', async () => {
  const made = await make();
  const { subject, validTo, issuer } = new X509Certificate(made.certificate);
  expect([subject, issuer, validTo]).toEqual([
    'O=system:masters\nCN=system:admin',
    'CN=karmada',
    'Mar  1 20:00:00 2026 GMT',
  ]);
  expect(made).toMatchObject({
    user: 'system:admin',
    groups: ['system:masters'],
    expires: new Date('2026-03-01T20:00:00Z'),
  });
  expect(asked).toEqual(['GET /api/v1/namespaces/karmada-system/secrets/karmada-ca']);
});

test('somebody else is of no group but those that are named', async () => {
  expect(await make({ user: 'ada' })).toMatchObject({ user: 'ada', groups: [] });
  const { certificate } = await make({ user: 'ada', groups: ['dev', 'ops'] });
  expect(new X509Certificate(certificate).subject).toBe('O=dev\nO=ops\nCN=ada');
});

test('not longer than the authority, and not without its key', async () => {
  expect(await messageOf(() => make({ validityMs: 100_000 * HOUR_MS }))).toBe(
    [
      'it would be valid longer than authority "karmada-ca", which ends on 2036-02-27',
      '  at --validity',
      '  fix: ask for less: hours for a person, at most what you would wait to have it expire when it gets lost',
    ].join('\n'),
  );
  expect(await messageOf(() => make({}, new Map()))).toBe(
    [
      'authority "karmada-ca" cannot sign: its Secret is missing',
      '  at host: Secret/karmada-system/karmada-ca',
      '  fix: issue it with `cdk8s-karmada instance issue`, or name the right host with --host-context',
      '  see: docs/certificates.md',
    ].join('\n'),
  );
  const { 'tls.key': _, ...data } = secrets.get('karmada-ca').data;
  const keyless = new Map([['karmada-ca', { ...secrets.get('karmada-ca'), data }]]);
  expect(await messageOf(() => make({}, keyless))).toContain('cannot sign: its key is not on the host\n');
});
