import type { ApiServer } from '../../../cli/apply/api-server';
import type { Survey } from '../../../cli/apply/survey';
import { needsWebhooks, whyUnanswered } from '../../../cli/apply/webhook-gate';

const surveyOf = (apiVersion: string, action: string) =>
  ({
    objects: new Map([['x', { key: { apiVersion, kind: 'X', namespace: '', name: 'x' }, verdict: { action } }]]),
  }) as unknown as Survey;

test.each([
  ['policy.karmada.io/v1alpha1', 'create', true],
  ['policy.karmada.io/v1alpha1', 'update', true],
  ['policy.karmada.io/v1alpha1', 'unchanged', false],
  ['policy.karmada.io/v1alpha1', 'conflict', false],
  ['autoscaling.karmada.io/v1alpha1', 'replace', true],
  ['config.karmada.io/v1alpha1', 'create', true],
  ['cluster.karmada.io/v1alpha1', 'create', false],
  ['apps/v1', 'create', false],
])('%s that is to %s needs them: %s', (apiVersion, action, needs) => {
  expect(needsWebhooks(surveyOf(apiVersion, action))).toBe(needs);
});

const refusing =
  'failed calling webhook "propagationpolicy.karmada.io": failed to call webhook: Post "https://w.x.svc/"';

test.each([
  ['taken', 201, {}, undefined],
  ['refused by a webhook, which answers', 403, { message: 'admission webhook "x" denied the request: no' }, undefined],
  ['not allowed', 403, { message: 'propagationpolicies is forbidden', reason: 'Forbidden' }, undefined],
  ['of a kind that is not served', 404, '404 page not found', undefined],
  ['a server that fails otherwise', 500, { message: 'boom', reason: 'InternalError' }, undefined],
  ['no endpoints', 500, { message: `${refusing}: no endpoints available for service "w"` }, 'no endpoints available'],
  ['not trusted', 500, { message: `${refusing}: x509: certificate signed by unknown authority` }, 'unknown authority'],
])('a policy that is offered, %s', async (_, status, body, why) => {
  const asked: any[] = [];
  const server: ApiServer = {
    plane: 'karmada',
    url: 'https://scripted',
    request: async (request) => {
      asked.push(request);
      return { status, body, warnings: [] };
    },
    close: async () => undefined,
  };
  const said = await whyUnanswered(server, {}, { webhook: 0, 'webhook-certificate': 0, fault: 0 });
  expect(said ?? '').toContain(why ?? '');
  expect(said === undefined).toBe(why === undefined);
  // it is never kept
  expect(asked.map(({ method, query }) => [method, query])).toEqual([['POST', { dryRun: 'All' }]]);
});
