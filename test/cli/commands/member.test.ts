import { cdk8sKarmada } from './terminal';

test.each(['list', 'join', 'unjoin', 'cordon', 'uncordon'])('the help of member %s fits a screen', async (verb) => {
  const { code, stdout } = await cdk8sKarmada(`member ${verb} --help`, { columns: 120 });
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:');
  expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
});

test('what is wrong with the words of a join is said before any server is asked, all at once', async () => {
  expect(await cdk8sKarmada('member join Paris --region "eu west" --mode pull --permissions ops --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: "Paris" cannot be the name of a member cluster
  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit
error: "eu west" cannot be the region of a cluster
  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit
error: --permissions is about an account of Karmada, and in pull mode an agent acts
  at --permissions
  fix: leave it out; the rights of an agent are in its own manifests
`,
  });
});

test('a name of 49 characters is refused', async () => {
  const { code, stderr } = await cdk8sKarmada(`member join ${'a'.repeat(49)} --yes`);
  expect(code).toBe(1);
  expect(stderr).toContain('cannot be the name of a member cluster');
});

test('how many workloads may be lost is a number', async () => {
  expect(await cdk8sKarmada('member unjoin paris --allow-loss all')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: "all" is no number
  at --allow-loss
  fix: write how many workloads may lose their only place
`,
  });
});
