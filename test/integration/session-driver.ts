/**
 * The planes of the command in a process of their own, because jest cannot load @kubernetes/client-node: the first line of
 * standard input says how they are chosen, each later one is a request; each answer is one line.
 */
import { createInterface } from 'node:readline';
import type { ApiServer } from '../../cli/apply/api-server';
import { Planes } from '../../cli/apply/planes';

async function main(): Promise<void> {
  let server: ApiServer | undefined;
  let planes: Planes | undefined;
  const failure = ({ name, message, exitCode }: any) => ({ error: { name, message, exitCode } });
  for await (const line of createInterface({ input: process.stdin })) {
    const said = JSON.parse(line);
    if (!planes) {
      const common = { instance: '', instances: [], needs: ['host' as const], environment: process.env, flags: {} };
      planes = new Planes({ ...common, folder: process.cwd(), workingFolder: process.cwd(), ...said });
      continue;
    }
    const answer = await Promise.resolve(server ?? planes.host())
      .then((opened) => {
        server = opened;
        return opened.request(said);
      })
      .catch(failure);
    console.log(JSON.stringify(answer));
  }
  await planes?.close();
}

void main();
