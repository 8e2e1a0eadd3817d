import { type Command, Option } from 'commander';

/** Told the exit code of the command that ran. */
export type Done = (exitCode: number) => void;

/** Collects the values of an option that may be repeated. */
export const list = (value: string, before: string[] = []) => [...before, value];

export const INPUT = () =>
  new Option('-f, --filename <path>', 'file, folder or -; repeatable; else what cdk8s wrote').argParser(list);
export const ASSUME = () =>
  new Option('--assume <flag=value>', 'how a [component.]flag is set; repeatable').argParser(list);
export const WAIT_CLUSTERS = () =>
  new Option('--wait-clusters <which>', 'members needed: all, ready (that answer), 2, 80%');
export const READY_RULES = () => new Option('--ready-rules <file>', 'when your own kinds are ready (JSON)');
export const INSTANCE = () => new Option('--instance <name>', 'the instance, where the input holds several');
export const FORMAT = (...choices: string[]) =>
  new Option('-o, --output <format>', 'form').choices(['text', 'json', ...choices]).default('text');

export const PROGRESS = () =>
  new Option('--progress <how>', 'table or lines').choices(['auto', 'tty', 'plain']).default('auto');
export const ALLOW_PRUNE = () =>
  new Option('--allow-prune <what>', 'how many, or which, may be deleted; repeatable').argParser(list);

export const REPLACE = () =>
  new Option('--replace <object>', 'Kind/ns/name to delete and make anew; repeatable').argParser(list);

/** The argument of the verbs about one instance. */
export const ONE_INSTANCE = ['[name]', 'the instance; else that of the input, or the only one of the host'] as const;

/** Options of the commands about charts on servers. */
export function addPlanes(command: Command): Command {
  return addServers(command.option('--only <chart>', 'one chart, by its construct path').addOption(ASSUME()));
}

/** Options of the commands that ask servers. */
export function addServers(command: Command): Command {
  return addHostAndKarmada(command.addOption(INSTANCE()));
}

/** Options of the commands that find instances through their host. */
export function addHost(command: Command): Command {
  return addUserAndUid(addHostContext(command));
}

/** Options of the commands that ask the Karmada of an instance, too. */
export function addHostAndKarmada(command: Command): Command {
  return addUserAndUid(
    addHostContext(command)
      .option('--karmada-context <name>', "context of Karmada's API server")
      .option('--karmada-kubeconfig <file>', "kubeconfig of Karmada's API server"),
  );
}

function addHostContext(command: Command): Command {
  return command
    .option('--host-context <name>', 'context of the host cluster')
    .option('--host-kubeconfig <file>', 'kubeconfig of the host cluster');
}

function addUserAndUid(command: Command): Command {
  return addUser(command).addOption(
    new Option('--expect-cluster-uid <uid>', 'refuse any other cluster; repeatable').argParser(list),
  );
}

/** As whom servers are asked. */
export function addUser(command: Command): Command {
  return command
    .option('--as <user>', 'act as this user')
    .addOption(new Option('--as-group <group>', 'a group of that user; repeatable').argParser(list));
}

export const PLANES_HELP = `
Servers: these options, else \`planes\` in cdk8s-karmada.yaml next to cdk8s.yaml,
else, for Karmada, the admin kubeconfig that the instance keeps on its host.`;

/** Examples, below the options. */
export function examples(...lines: [command: string, what: string][]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, what]) => `  ${command.padEnd(width)}  # ${what}\n`).join('')}`;
}
