import { injectCaBundle } from '../../cli/apply/pki/ca-bundle';
import { sendable } from '../../cli/plan/sendable';
import { anInstance } from '../instance/an-instance';
import { startApiServer, type TestServer } from './testbed';

/** What carries a CA bundle on Karmada, and is not asked about every object that is written here. */
const objects = anInstance({ components: { karmadaSearch: {} } }).karmada.filter(
  ({ metadata }) => metadata.annotations?.['cdk8s-karmada.io/inject-ca'],
);
/** The command and a tool of GitOps, one field manager each. */
const apply = (manager: string) => ['apply', '--server-side', `--field-manager=${manager}`, '-f', '-'];
const list = (items: readonly any[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items.map(sendable) });

let server: TestServer;
let authority: string;

beforeAll(async () => {
  server = await startApiServer();
  const [{ cluster }] = JSON.parse(server.kubectl(['config', 'view', '--raw', '-o', 'json'])).clusters;
  authority = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
});

afterAll(() => server?.stop());

/** The bundles that the server has, by object. */
function bundles(): string[] {
  return objects.map(({ kind, metadata }) => {
    const text = server.kubectl(['get', kind, metadata.name, '-o', 'json']);
    return `${kind}/${metadata.name} ${(text.match(/"caBundle": "[^"]+"/g) ?? []).length}`;
  });
}

test('a tool of GitOps and the command write one object without a conflict, and neither takes from the other', () => {
  server.kubectl(apply('argocd-controller'), list(objects));
  expect(bundles().filter((line) => !line.endsWith(' 0'))).toEqual([]);
  server.kubectl(apply('cdk8s-karmada'), list(objects.map((object) => injectCaBundle(object, authority))));
  const filled = bundles();
  expect(filled.filter((line) => line.endsWith(' 0'))).toEqual([]);
  server.kubectl(apply('argocd-controller'), list(objects));
  expect(bundles()).toEqual(filled);
});

test('what a tool of GitOps has applied the command can go on with, and the other way round: no field is in dispute', () => {
  const { host } = anInstance({ components: { karmadaSearch: {}, karmadaMetricsAdapter: {} } });
  const namespaces = host.filter(({ kind }) => kind === 'Namespace');
  for (const part of [namespaces, host]) server.kubectl(apply('argocd-controller'), list(part));
  for (const manager of ['cdk8s-karmada', 'kustomize-controller']) {
    const taken = server.kubectl(apply(manager), list(host)).trim().split('\n');
    expect(taken).toHaveLength(host.length);
    expect(taken.filter((line) => !line.endsWith(' serverside-applied'))).toEqual([]);
  }
});
