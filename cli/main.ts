import module from 'node:module';
import { hostname, userInfo } from 'node:os';
import type { Context, Output } from './commands/context';
import { ExitCode } from './plan/command-error';

// the compiled code is kept from run to run where Node can (22.1 and newer)
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

function output(stream: NodeJS.WriteStream): Output {
  // a reader that has seen enough, such as `head`, closes the pipe: that is no failure of ours
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTTY: Boolean(stream.isTTY),
    // a terminal may change while it is looked at
    get columns() {
      return stream.columns || undefined;
    },
    get rows() {
      return stream.rows || undefined;
    },
  };
}

async function read(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function line(): Promise<string | undefined> {
  const { createInterface } = require('node:readline') as typeof import('node:readline'); // only who is asked needs it
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin });
    lines.once('line', (text) => {
      resolve(text);
      lines.close();
    });
    lines.once('close', () => resolve(undefined));
  });
}

function interrupts(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // the second time the user means it
      if (controller.signal.aborted) process.exit(signal === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED);
      controller.abort(signal);
    });
  }
  return controller.signal;
}

/** In a container the user need not have a name. */
function who(): string {
  let user = process.env.USER ?? 'somebody';
  try {
    user = userInfo().username;
  } catch {}
  return `${user}@${hostname()} (process ${process.pid})`;
}

const context: Context = {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  stdin: { isTTY: Boolean(process.stdin.isTTY), read, line },
  env: process.env,
  cwd: process.cwd(),
  who: who(),
  now: Date.now,
  interrupts,
};

const { run } = require('./commands/run') as typeof import('./commands/run');
run(process.argv.slice(2), context).then((code) => {
  process.exitCode = code;
});
