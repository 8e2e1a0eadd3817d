import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { anInstance } from '../instance/an-instance';
import { lint, linters, outputs } from './linted';
import { standaloneSchemas } from './openapi';
import { startApiServer, type TestServer } from './testbed';

(linters ? describe : describe.skip)('kubeconform, with the schemas of a real API server', () => {
  let server: TestServer;
  let schemas: string;

  beforeAll(async () => {
    server = await startApiServer();
    const given = outputs().flatMap(([, manifests]) => manifests.filter(isDefinition));
    const kinds = [
      ...new Map([...given, ...crds(), clusterCrdForTestsAlone()].map((kind) => [kind.metadata.name, kind])).values(),
    ];
    server.kubectl(['apply', '--server-side', '-f', '-'], kinds.map((kind) => JSON.stringify(kind)).join('\n---\n'));
    server.kubectl([
      'wait',
      '--for=condition=Established',
      '--timeout=60s',
      ...kinds.map(({ metadata }) => `crd/${metadata.name}`),
    ]);
    schemas = join(server.folder, 'schemas');
    mkdirSync(schemas);
    for (const [name, schema] of standaloneSchemas(await openApi(server, kinds))) {
      writeFileSync(join(schemas, `${name}.json`), JSON.stringify(schema));
    }
  });
  afterAll(() => server?.stop());

  const location = () => join(schemas, '{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json');
  const complaints = (manifests: readonly any[]) =>
    lint('kubeconform', ['-strict', '-output', 'json', '-verbose', '-schema-location', location()], manifests)
      .resources.filter(({ status }: any) => status !== 'statusValid')
      .map(({ kind, name, status, msg }: any) => `${kind}/${name} ${status}: ${msg}`)
      .sort();

  test.each(outputs())('%s', (_, manifests) => {
    expect(complaints(manifests)).toEqual([]);
  });

  test('it would complain', () => {
    const [service] = anInstance().host.filter(({ kind }) => kind === 'Service');
    const odd = [
      { ...service, spec: { ...service.spec, prots: [] } },
      { ...service, spec: { ...service.spec, ports: [{ port: 'https' }] } },
      { ...service, kind: 'Servise' },
    ];
    expect(complaints(odd).map((line: string) => line.split(':')[0])).toEqual([
      `Service/${service.metadata.name} statusInvalid`,
      `Service/${service.metadata.name} statusInvalid`,
      `Servise/${service.metadata.name} statusError`,
    ]);
  });
});

const isDefinition = ({ kind }: any) => kind === 'CustomResourceDefinition';

/** What the server says of all its kinds, once it has read those that it was given. */
async function openApi(server: TestServer, given: readonly any[]): Promise<any> {
  for (let tries = 0; ; tries++) {
    const read = JSON.parse(server.kubectl(['get', '--raw', '/openapi/v2']));
    const known = Object.values<any>(read.definitions).flatMap((each) => each['x-kubernetes-group-version-kind'] ?? []);
    const missing = given.filter(
      ({ spec }) => !known.some(({ group, kind }) => group === spec.group && kind === spec.names.kind),
    );
    if (missing.length === 0) return read;
    if (tries === 60) throw new Error(`the server does not say what a ${missing[0].spec.names.kind} is`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
