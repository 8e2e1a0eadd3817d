import { printable } from '../../answer';

const MOST = 300;

/** What may be a key, a token or a password in the words of a program, whatever it was meant to be. */
const SECRETS: readonly (readonly [form: RegExp, instead: string])[] = [
  [/-----BEGIN [^-]+-----[\s\S]*?(-----END [^-]+-----|$)/g, '(not shown)'],
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 (not shown)'],
  [/((?:token|password|passwd|secret|api-?key|private-?key)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, '$1(not shown)'],
  [/\/\/[^\s/@:]+:[^\s/@]+@/g, '//(not shown)@'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '(not shown)'],
  [/[A-Za-z0-9+/_-]{40,}={0,2}/g, '(not shown)'],
];

/** The last words of a program, short, on one line and without what may be secret. */
export function masked(text: string): string {
  const open = SECRETS.reduce((words, [form, instead]) => words.replace(form, instead), text);
  const line = printable(open);
  return line.length > MOST ? `...${line.slice(-MOST)}` : line;
}
