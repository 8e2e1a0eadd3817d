import type { Command, Option } from 'commander';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Context } from './context';

/** Prints the script that completes the words of `root`, for a shell. */
export function completion(shell: string, root: Command, context: Context): number {
  const script = SHELLS[shell];
  if (!script) {
    const fix = 'name bash, zsh or fish';
    throw new CommandError(ExitCode.USAGE, [{ what: `there is no completion for the shell "${shell}"`, fix }]);
  }
  context.stdout.write(script(wordsOf(root)));
  return ExitCode.OK;
}

/** What can follow a command. */
interface Words {
  /** The command with its parents, such as ` instance list`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly Option[];
}

function wordsOf(command: Command, path = '', inherited: readonly Option[] = []): Words[] {
  const options = [...command.options, ...inherited];
  const commands = command.commands.map((child) => ({ name: child.name(), summary: child.description() }));
  const shared = command.options.filter((option) => option.long !== '--version');
  return [
    { path, commands, options },
    ...command.commands.flatMap((child) => wordsOf(child, `${path} ${child.name()}`, shared)),
  ];
}

const SHELLS: { readonly [shell: string]: (words: Words[]) => string } = {
  bash,
  zsh: (words) => `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`,
  fish,
};

function bash(words: Words[]): string {
  // values of options stand in the path, too, so a command is known by how the path begins: the longest first
  return `_cdk8s_karmada() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do [[ \${COMP_WORDS[i]} == -* ]] || path+=" \${COMP_WORDS[i]}"; done
  case "$path " in
${[...words].reverse().map(bashCommand).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _cdk8s_karmada cdk8s-karmada
`;
}

/** What is offered after a command: the values of the option before, else its verbs and options. */
function bashCommand({ path, commands, options }: Words): string {
  const values = options.flatMap((option) => {
    const flags = [option.short, option.long].filter(Boolean).join('|');
    if (option.argChoices) return [`      ${flags}) words="${option.argChoices.join(' ')}" ;;`];
    return option.required ? [`      ${flags}) return ;;`] : []; // no words of ours: bash offers files
  });
  const names = path === ' completion' ? Object.keys(SHELLS) : commands.map(({ name }) => name);
  const all = [...names, ...options.flatMap((option) => option.long ?? []), '--help'];
  const rest = `      *) words="${all.join(' ')}" ;;`;
  return `    "${path} "*) case $before in\n${[...values, rest].join('\n')}\n    esac ;;`;
}

function fish(words: Words[]): string {
  const lines = words.flatMap(({ path, commands, options }) => {
    const names = path.trim().split(' ').filter(Boolean);
    const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
    const here = commands.length ? `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}` : '';
    const when = [...seen, here].filter(Boolean).join('; and ');
    return [
      ...commands.map(({ name, summary }) => `${FISH} -n ${quoted(when)} -f -a ${name} -d ${quoted(summary)}`),
      ...options.map((option) => `${FISH} -n ${quoted(when)} ${fishOption(option)}`),
    ];
  });
  lines.push(`${FISH} -n '__fish_seen_subcommand_from completion' -f -a ${quoted(Object.keys(SHELLS).join(' '))}`);
  return `${lines.join('\n')}\n`;
}

const FISH = 'complete -c cdk8s-karmada';

function fishOption(option: Option): string {
  const names = [option.short ? `-s ${option.short.slice(1)}` : '', `-l ${option.long?.slice(2)}`];
  const value = option.argChoices ? `-x -a ${quoted(option.argChoices.join(' '))}` : option.required ? '-r' : '';
  return [...names, value, `-d ${quoted(option.description)}`].filter(Boolean).join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
