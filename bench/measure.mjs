// How the benches measure and print.

export const BARE_NODE_SECONDS = 0.05;

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Reads at its end how much memory a process had at most, and tells it on the standard error output: `node --require`. */
export const PEAK = "process.on('exit', () => require('fs').writeSync(2, String(process.resourceUsage().maxRSS)));";

/** What a process that ran with `PEAK` told, in MB. */
export function peakOf(told) {
  return (Number(told.match(/\d+$/)[0]) * 1024) / 1e6;
}

const number = (value, unit) => `${value.toFixed(unit === 'x' ? 2 : 1)}${unit === 'x' ? 'x' : ` ${unit}`}`;

/** Prints a figure beside its budget; true when it is missed. */
export function line(figure, measured, budget, unit, { least = false } = {}) {
  const over = least ? measured < budget : measured > budget;
  const bound = `at ${least ? 'least' : 'most'} ${number(budget, unit)}`;
  const cells = [figure.padEnd(58), number(measured, unit).padStart(9), bound.padStart(18)];
  console.log(`${cells.join('  ')}  ${over ? 'OVER' : 'ok'}`);
  return over;
}
