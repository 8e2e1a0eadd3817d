import { connect, createServer, type Server } from 'node:net';
import { holdDoor } from '../../../cli/apply/local-door';

let echo: Server;
let echoPort: number;

beforeAll(async () => {
  echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  echoPort = (echo.address() as { port: number }).port;
});
afterAll(() => new Promise((resolve) => echo.close(resolve)));

const far = async () => connect(echoPort, '127.0.0.1');

/** What comes back over the port. */
function said(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost', () => socket.write(text));
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString());
    });
    socket.once('error', reject).once('close', () => resolve('nothing'));
  });
}

test('connections go on to where it leads, until it is closed', async () => {
  const abort = new AbortController();
  const answers: string[] = [];
  await holdDoor(0, far, {
    signal: abort.signal,
    failed: (why) => answers.push(why),
    opened: async (port) => {
      answers.push(await said(port, 'one'), await said(port, 'two'));
      abort.abort();
    },
  });
  expect(answers).toEqual(['one', 'two']);
});

test('a way that is not there ends the connection, and says why', async () => {
  const abort = new AbortController();
  const answers: string[] = [];
  const broken = async () => {
    throw new Error('no pod is ready');
  };
  await holdDoor(0, broken, {
    signal: abort.signal,
    failed: (why) => answers.push(why),
    opened: async (port) => {
      answers.push(await said(port, 'one'));
      abort.abort();
    },
  });
  expect(answers).toEqual(['no pod is ready', 'nothing']);
});

test('a port that is taken is refused', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, 'localhost', resolve));
  const { port } = taken.address() as { port: number };
  const options = { signal: new AbortController().signal, opened: () => undefined, failed: () => undefined };
  await expect(holdDoor(port, far, options)).rejects.toThrow(
    `port ${port} of this machine cannot be used: something listens there already\n  at --forward\n  fix: name another port, such as --forward 15443`,
  );
  await new Promise((resolve) => taken.close(resolve));
});
