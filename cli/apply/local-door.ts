import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CommandError, ExitCode } from '../plan/command-error';

/**
 * A port of this machine, for this machine alone, whose connections go on to somewhere else until the signal aborts.
 *
 * @param opened told the port: with 0 the machine chooses one
 */
export async function holdDoor(
  port: number,
  connect: () => Promise<Duplex>,
  { signal, opened, failed }: { signal: AbortSignal; opened(port: number): void; failed(why: string): void },
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    connect().then(
      (far) => {
        far.on('error', () => socket.destroy()).on('close', () => socket.destroy());
        socket.on('close', () => far.destroy());
        socket.pipe(far).pipe(socket);
      },
      (error: Error) => {
        failed(error.message);
        socket.destroy();
      },
    );
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(taken(port, error)));
      server.listen(port, 'localhost', resolve);
    });
    opened((server.address() as { port: number }).port);
    if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function taken(port: number, { code }: NodeJS.ErrnoException): CommandError {
  const why = { EADDRINUSE: 'something listens there already', EACCES: 'this user may not listen there' }[code ?? ''];
  return new CommandError(ExitCode.USAGE, [
    {
      what: `port ${port} of this machine cannot be used: ${why ?? code}`,
      at: '--forward',
      fix: 'name another port, such as --forward 15443',
    },
  ]);
}
