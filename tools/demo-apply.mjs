// The second half of the demo: the same output, applied to two bare API servers that live for as long as it runs.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, show } from './install.mjs';
import { availability, ensureBinaries } from './testbed/binaries.mjs';
import { startApiServer } from './testbed/start.mjs';

/** Returns the exit code. */
export async function demonstrateApply({ example, command, headline }) {
  const found = availability();
  if (found.how === 'none') {
    console.error(`\nnpm run demo -- --apply needs API servers: ${found.why}`);
    return 1;
  }
  await ensureBinaries();
  headline('Starting two bare API servers on 127.0.0.1');
  const servers = [];
  try {
    const [host, karmada] = await Promise.all(
      [startApiServer(), startApiServer()].map((starting) => remember(starting, servers)),
    );
    console.log(`  host     ${host.url}\n  karmada  ${karmada.url}`);
    installCrds(karmada);
    return walk({ example, command, headline, host, karmada });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    console.log('\nboth API servers are stopped');
  }
}

async function remember(starting, servers) {
  const server = await starting;
  servers.push(server);
  return server;
}

/** What a real instance's Karmada serves by itself: its CRDs, and `Cluster`, which here is a CRD too. */
function installCrds(server) {
  const { crds, clusterCrdForTestsAlone } = createRequire(import.meta.url)(join(root, 'lib/schema/crd.js'));
  const all = [...crds(), clusterCrdForTestsAlone()];
  const kubectl = (args, input) =>
    execFileSync(join(server.binaries, 'kubectl'), [`--kubeconfig=${server.kubeconfig}`, ...args], { input });
  kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: all }));
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s'], '');
  console.log(`  ${all.length} CRDs on karmada, as Karmada's own API server would serve them`);
}

function walk({ example, command, headline, host, karmada }) {
  const planes = ['--host-kubeconfig', host.kubeconfig, '--karmada-kubeconfig', karmada.kubeconfig];
  const karmadaCommand = (...args) => {
    console.log(`$ cdk8s-karmada ${args.join(' ')}\n`);
    return show(process.execPath, [command, ...args, ...planes], { cwd: example });
  };
  const steps = [
    [
      'The instance, on the host (no pod runs there: it is an API server alone, so nothing is waited for)',
      ['apply', '-f', 'dist', '--only', 'east', '--wait=none', '--yes'],
    ],
    ['The chart, on Karmada', ['apply', '-f', 'dist', '--only', 'shop', '--yes']],
    ['Once more: nothing changes on the host', ['apply', '-f', 'dist', '--only', 'east', '--wait=none', '--yes']],
    ['Once more: nothing changes on Karmada', ['apply', '-f', 'dist', '--only', 'shop', '--yes']],
  ];
  for (const [title, args] of steps) {
    headline(title);
    const code = karmadaCommand(...args);
    if (code !== 0) {
      console.error(`\nthe demo stopped: exit ${code}`);
      return 1;
    }
  }
  return 0;
}
