/**
 * The transport in a process of its own, because jest cannot load @kubernetes/client-node: reads what to do as JSON from
 * standard input, prints one JSON line for each request.
 */
import { readFileSync } from 'node:fs';
import type { ApiRequest } from '../../cli/apply/api-server';
import { connect } from '../../cli/apply/http-api-server';
import { accessOf, parseKubeconfig } from '../../cli/apply/kubeconfig';

interface Work {
  readonly kubeconfig: string;
  readonly requests: readonly ApiRequest[];
  /** Requests in flight at a time. */
  readonly inFlight: number;
}

async function main(): Promise<void> {
  const { kubeconfig, requests, inFlight }: Work = JSON.parse(readFileSync(0, 'utf8'));
  const asked = { by: 'the test', flag: '--context' };
  const access = accessOf(parseKubeconfig(readFileSync(kubeconfig, 'utf8'), kubeconfig), asked);
  const server = connect('host', access, `context "${access.context}"`, kubeconfig);
  const answers: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < requests.length) {
      const index = next++;
      answers[index] = await server
        .request(requests[index])
        .catch(({ name, message, exitCode, passing }) => ({ error: { name, message, exitCode, passing } }));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  await server.close();
  for (const answer of answers) console.log(JSON.stringify(answer));
}

void main();
