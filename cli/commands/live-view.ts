import { createHash } from 'node:crypto';
import type { ApplyEvent } from '../plan/progress';
import { ProgressText } from '../render/apply-text';
import { frame } from '../render/live/frame';
import { RunState } from '../render/live/run-state';
import { type Paint, paint } from '../render/paint';
import type { Context } from './context';
import { coloured, type GlobalOptions } from './options';
import type { ProgressTitle, ProgressView } from './progress';
import { Screen } from './screen';

/** A table of the run as it is now, at the lower end of a terminal; above it what has gone wrong. */
export class LiveView implements ProgressView {
  private readonly state = new RunState();
  private readonly lines: ProgressText;
  private readonly screen: Screen;
  private readonly colours: Paint;
  private startMs = 0;
  private plan?: string;
  /** What stands above the table ends with an empty line. */
  private isApart = false;

  constructor(
    private readonly title: ProgressTitle,
    options: GlobalOptions,
    private readonly context: Context,
    private readonly signal: AbortSignal,
  ) {
    this.colours = paint(coloured(context.stderr, options, context));
    this.lines = new ProgressText(this.colours);
    this.screen = new Screen(context.stderr, (size) => this.draw(size));
  }

  begin(): void {
    this.startMs = this.context.now();
    this.screen.begin();
  }

  tell(event: ApplyEvent): void {
    this.state.hear(event);
    if (event.type === 'plan') this.plan = idOf(this.title.identify(event.plan));
    const line = stays(event) ? this.lines.line(event) : undefined;
    if (line !== undefined) this.say(`${line}\n`);
  }

  say(text: string): void {
    this.isApart = text.endsWith('\n\n');
    this.screen.tell(text);
  }

  answered(): void {
    this.isApart = false;
  }

  end(): void {
    if (!this.isApart) this.say('\n');
    this.screen.end();
  }

  private draw({ width, height }: { readonly width: number; readonly height: number }): string[] {
    const { context, colours, plan, signal } = this;
    const { verb, instance } = this.title;
    const title = { name: `${verb} ${instance}`, plan, stopping: signal.aborted };
    const rows = this.isApart ? height : height - 1;
    const lines = frame(this.state, title, { width, height: rows, paint: colours, atMs: context.now() - this.startMs });
    return this.isApart ? lines : ['', ...lines];
  }
}

/** What a person wants to read when the table is gone. */
function stays(event: ApplyEvent): boolean {
  if (event.type === 'object') return event.result.outcome === 'failed' || event.result.outcome === 'blocked';
  return event.type === 'warning';
}

/** Short enough to be read out. */
function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 7);
}
