import { execFileSync } from 'node:child_process';
import { cdk8sKarmada } from './terminal';

/** What bash offers after these words; the last one is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout: script } = await cdk8sKarmada('completion bash');
  const line = ['cdk8s-karmada', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _cdk8s_karmada; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test('bash is offered commands, options and values', async () => {
  expect(await offered('p')).toEqual(['preview', 'plan']);
  expect(await offered('instance', 'u')).toEqual(['upgrade']);
  expect(await offered('member', 't')).toEqual(['token']);
  expect(await offered('preview', '-f', 'dist', '--fl')).toEqual(['--fleet']);
  expect(await offered('preview', '-o', '')).toEqual(['text', 'json', 'markdown', 'html']);
  expect(await offered('apply', '--wait', 'n')).toEqual(['none']);
  expect(await offered('plan', '-o', '')).toEqual(['text', 'json', 'markdown']);
  for (const command of ['validate', 'preview', 'plan', 'apply']) {
    expect(await offered(command, '--ass')).toEqual(['--assume']);
  }
  expect(await offered('completion', 'z')).toEqual(['zsh']);
  expect(await offered('apply', '--yes', '--wai')).toEqual(['--wait', '--wait-clusters']);
});

test('after an option that takes a file bash is offered files', async () => {
  expect(await offered('preview', '-f', '')).toEqual([]);
});

test('zsh runs the script of bash', async () => {
  const { stdout: bash } = await cdk8sKarmada('completion bash');
  expect(await cdk8sKarmada('completion zsh')).toEqual({
    code: 0,
    stdout: `autoload -U +X bashcompinit && bashcompinit\n${bash}`,
    stderr: '',
  });
});

test('fish is offered commands with what they do, and options with their values', async () => {
  const lines = (await cdk8sKarmada('completion fish')).stdout.split('\n');
  expect(lines).toContain(
    "complete -c cdk8s-karmada -n '__fish_seen_subcommand_from fleet; and not __fish_seen_subcommand_from pull show' -f -a show -d 'a table: where they are, ready, taints, what is free'",
  );
  expect(lines).toContain(
    "complete -c cdk8s-karmada -n '__fish_seen_subcommand_from plan' -l empty -d 'as if both servers were empty: asks no server at all'",
  );
  expect(lines).toContain(
    "complete -c cdk8s-karmada -n '__fish_seen_subcommand_from apply' -l wait -x -a 'none ready scheduled applied healthy' -d 'how far'",
  );
});

test('another shell is refused with those that there are', async () => {
  expect(await cdk8sKarmada('completion powershell')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: there is no completion for the shell "powershell"\n  fix: name bash, zsh or fish\n',
  });
});
