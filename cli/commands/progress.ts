import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import type { ApplyEvent } from '../plan/progress';
import { ProgressText } from '../render/apply-text';
import { eventLine, versionLine } from '../render/json-lines';
import { paint } from '../render/paint';
import type { Context } from './context';
import { Gathered } from './gathered';
import { coloured, type GlobalOptions, writeFitted } from './options';

export interface ProgressOptions extends GlobalOptions {
  readonly progress: 'auto' | 'tty' | 'plain';
}

/** What is told of. */
export interface ProgressTitle {
  /** Such as `Apply`. */
  readonly verb: string;
  readonly instance: string;
  /** What a person approves of a plan, as text: the same plan is the same text. */
  identify(plan: Plan): string;
}

/** Shows a run to a person, on standard error. */
export interface ProgressView {
  begin(): void;
  tell(event: ApplyEvent): void;
  /** Text that stays, in whole lines. */
  say(text: string): void;
  /** A person was asked and has typed an answer. */
  answered(): void;
  /** What failed and what servers warned of stays in sight. */
  end(): void;
}

export type Tell = (event: ApplyEvent) => void;

/** Tells a run while it goes on: to a person on standard error, and to a machine, if it asks, on standard output. */
export class Progress {
  private constructor(
    private readonly view: ProgressView,
    private readonly title: ProgressTitle,
    private readonly options: ProgressOptions,
    private readonly context: Context,
  ) {}

  /** As the options ask for, or as it suits where it is shown. */
  static of(title: ProgressTitle, options: ProgressOptions, context: Context, signal: AbortSignal): Progress {
    return new Progress(viewOf(title, options, context, signal), title, options, context);
  }

  /** Tells what happens meanwhile. `about`: what a machine is told with the plan. */
  async during<T>(run: (tell: Tell) => Promise<T>, about: object = {}): Promise<T> {
    const { view, title, context } = this;
    const isForMachine = this.options.output === 'jsonl';
    const startMs = context.now();
    const lines = new Gathered((text) => context.stdout.write(text));
    if (isForMachine) lines.add(versionLine(title.instance));
    view.begin();
    try {
      return await run((event) => {
        view.tell(event);
        if (isForMachine) lines.add(eventLine(event, startMs, event.type === 'plan' ? about : {}));
      });
    } finally {
      view.end();
      lines.flush();
    }
  }

  /** Text that stays, in whole lines. */
  say(text: string): void {
    this.view.say(text);
  }

  /** A person was asked and has typed an answer. */
  answered(): void {
    this.view.answered();
  }
}

function viewOf(title: ProgressTitle, options: ProgressOptions, context: Context, signal: AbortSignal): ProgressView {
  if (!isLive(options, context)) return new AppendOnly(options, context);
  const { LiveView } = require('./live-view') as typeof import('./live-view');
  return new LiveView(title, options, context, signal);
}

/** Is the lower end of the terminal painted over and over? */
function isLive({ progress, output }: ProgressOptions, { stdout, stderr, env }: Context): boolean {
  const isTerminal = stderr.isTTY && stderr.rows !== undefined;
  if (progress === 'tty' && !isTerminal) {
    throw new CommandError(ExitCode.USAGE, [
      { what: '--progress tty needs a terminal, and standard error is none', fix: 'leave it out' },
    ]);
  }
  if (progress !== 'auto') return progress === 'tty';
  const isWatched = isTerminal && env.TERM !== 'dumb' && (!env.CI || env.CI === 'false');
  // lines for a machine would stand in the way of what is painted
  return isWatched && !(output === 'jsonl' && stdout.isTTY);
}

/** Lines that are only ever added. */
class AppendOnly implements ProgressView {
  private readonly lines: ProgressText;
  private readonly gathered: Gathered;

  constructor(
    options: GlobalOptions,
    private readonly context: Context,
  ) {
    this.lines = new ProgressText(paint(coloured(context.stderr, options, context)));
    this.gathered = new Gathered((text) => writeFitted(context.stderr, text));
  }

  begin(): void {}

  tell(event: ApplyEvent): void {
    const line = this.lines.line(event);
    if (line !== undefined) this.gathered.add(`${line}\n`);
  }

  say(text: string): void {
    this.gathered.flush();
    writeFitted(this.context.stderr, text);
  }

  answered(): void {}

  end(): void {
    this.gathered.flush();
  }
}
