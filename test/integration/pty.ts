import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { EmulatedTerminal } from '../cli/commands/emulated';

/** Can a command be run on a terminal here? That of util-linux, which has another command line than that of BSD. */
export const hasPty = /util-linux/.test(String(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout));

/** How large the terminal is, and what differs from a plain environment. */
export interface Pty {
  readonly columns: number;
  readonly rows: number;
  readonly env?: { readonly [name: string]: string };
  /** Folder that the command runs in. */
  readonly cwd: string;
}

/** A command on a terminal of its own, and what stood there. */
export class OnTerminal {
  readonly terminal: EmulatedTerminal;
  /** All that stood there at any time, each once, in order. */
  readonly frames: string[] = [];
  readonly ended: Promise<number | null>;
  /** As it was written, with all escape codes. */
  raw = '';
  private readonly child: ChildProcess;
  private readonly waiting = new Set<() => void>();

  constructor(command: readonly string[], { columns, rows, cwd, env = {} }: Pty) {
    this.terminal = new EmulatedTerminal(columns, rows);
    const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const line = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
    const { CI: _ci, NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = process.env;
    this.child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
      env: { ...rest, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
      cwd,
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.shown(text));
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Types on the keyboard. */
  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** What stands on the terminal as soon as it is so; fails when the command ends before. */
  async until(isSo: (text: string) => boolean): Promise<string> {
    const found = () => this.frames.find(isSo);
    for (;;) {
      const frame = found();
      if (frame !== undefined) return frame;
      const more = new Promise<'more'>((resolve) => this.waiting.add(() => resolve('more')));
      const next = await Promise.race([more, this.ended.then(() => 'ended')]);
      if (next === 'ended' && found() === undefined)
        throw new Error(`it never was so; at the end:\n${this.terminal.text}`);
    }
  }

  kill(): void {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
  }

  private shown(text: string): void {
    this.raw += text;
    this.terminal.write(text);
    const now = this.terminal.text;
    if (now !== this.frames[this.frames.length - 1]) this.frames.push(now);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}
