import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../../../cli/commands/context';
import { run } from '../../../cli/commands/run';

/** What the user sees of a command. */
export interface Shown {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What differs from a terminal-less run in an empty folder. */
export interface Surroundings {
  /** Files of the folder that the command runs in. */
  readonly files?: { readonly [path: string]: string | object };
  /** The folder that the command runs in, which is left as it is; else an empty one, for this run only. */
  readonly cwd?: string;
  readonly stdin?: string;
  /** Called when the command asks; `stdin` otherwise. */
  readonly answer?: () => string;
  readonly env?: { readonly [name: string]: string };
  /** A person watches and answers. */
  readonly tty?: boolean;
  readonly columns?: number;
  /** @default - that of the machine */
  readonly now?: () => number;
  /** Who runs it, as others are told. */
  readonly who?: string;
}

/** Runs a command line in this process; `stdin` is an answer where a person is there. The folder is shown as `<here>`. */
export async function cdk8sKarmada(commandLine: string, surroundings: Surroundings = {}): Promise<Shown> {
  const {
    files = {},
    stdin = '',
    answer = () => stdin,
    env = {},
    tty = false,
    columns = 100,
    now = Date.now,
    who = 'ada@laptop (process 1)',
  } = surroundings;
  const cwd = surroundings.cwd ?? mkdtempSync(join(tmpdir(), 'cdk8s-karmada-terminal-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), typeof content === 'string' ? content : JSON.stringify(content));
    }
    const written = { stdout: '', stderr: '' };
    const output = (stream: 'stdout' | 'stderr') => ({
      write: (text: string) => {
        written[stream] += text;
      },
      isTTY: tty,
      columns,
    });
    const context: Context = {
      stdout: output('stdout'),
      stderr: output('stderr'),
      stdin: { isTTY: tty, read: async () => stdin, line: async () => answer().split('\n')[0] || undefined },
      env: { NO_COLOR: '1', ...env },
      cwd,
      who,
      now,
      interrupts: () => new AbortController().signal,
    };
    const code = await run(words(commandLine), context);
    const shown = (text: string) => text.replaceAll(cwd, '<here>');
    return { code, stdout: shown(written.stdout), stderr: shown(written.stderr) };
  } finally {
    if (surroundings.cwd === undefined) rmSync(cwd, { recursive: true });
  }
}

/** The words of a command line; quotes hold one together. */
function words(commandLine: string): string[] {
  return [...commandLine.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
}
