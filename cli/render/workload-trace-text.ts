import { keyText } from '../../src/core/object-key';
import type { Trace, TraceState, TraceStep } from '../plan/day-two/trace';
import { visible } from './error-text';
import type { Paint } from './paint';

/** The way of a template, one line for each stop. */
export function workloadTraceText({ key, steps }: Trace, paint: Paint): string {
  const lines = steps.map((step) => `  ${mark(step.state, paint)} ${step.step.padEnd(8)}  ${words(step)}\n`);
  return visible(`${paint.bold(keyText(key))}\n${lines.join('')}`);
}

function words({ step, cluster, object, detail }: TraceStep): string {
  if (step === 'member') return `${cluster}: ${detail}`;
  if (object !== undefined) return `${object}: ${detail}`;
  return cluster === undefined ? detail : `${cluster}: ${detail}`;
}

function mark(state: TraceState, paint: Paint): string {
  if (state === 'done') return paint.green('✓');
  if (state === 'none') return '-';
  return state === 'failed' ? paint.red('✗') : paint.yellow('…');
}
