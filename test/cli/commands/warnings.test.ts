import '../../../cli/commands/plan'; // what the command loads when it runs is loaded before a test is timed
import { refuseLateWarnings, refuseWarnings } from '../../../cli/commands/warnings';
import type { Plan } from '../../../cli/plan/plan';
import { parent } from './manifests';
import { cdk8sKarmada } from './terminal';

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', namespace: 'shop', annotations: { 'cdk8s-karmada.io/path': 'shop/Db' } },
  stringData: { password: 'hunter2' },
};
const files = { 'in/a.json': [parent('east', 'shop', 'karmada'), secret] };

test('--warnings-as-errors: what is doubtful ends the plan, after it was shown', async () => {
  expect((await cdk8sKarmada('plan --empty -f in', { files })).code).toBe(2);
  const { code, stdout, stderr } = await cdk8sKarmada('plan --empty -f in --warnings-as-errors', { files });
  expect(code).toBe(3);
  expect(stdout).toContain('+ create  Secret/shop/db');
  expect(stderr).toMatch(/^error: MC062: .*\n {2}at .*Secret\/shop\/db \(in\/a\.json, document 2\)\n {2}fix: /);
  expect(stdout + stderr).not.toContain('hunter2');
});

test('so do warnings of servers: before the first write nothing is written, later ones end the run when it is done', () => {
  const text = 'karmada: v1 Endpoints is deprecated';
  const plan = { warnings: [text] } as unknown as Plan;
  const on = { warningsAsErrors: true };
  expect(() => refuseWarnings(plan, [], {})).not.toThrow();
  expect(() => refuseWarnings({} as Plan, [], on)).not.toThrow();
  expect(() => refuseWarnings(plan, [], on)).toThrow(
    expect.objectContaining({
      exitCode: 3,
      troubles: [{ what: text, fix: 'follow the advice of the server; nothing was written' }],
    }),
  );
  expect(() => refuseLateWarnings([text], {})).not.toThrow();
  expect(() => refuseLateWarnings([], on)).not.toThrow();
  expect(() => refuseLateWarnings([text], on)).toThrow(expect.objectContaining({ exitCode: 4 }));
});
