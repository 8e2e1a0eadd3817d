import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { adoptable, adoptedCode } from '../../../../cli/plan/day-two/adopted-code';
import * as library from '../../../../src';
import { aChart } from '../../../seed-features/seen';

const root = join(__dirname, '..', '..', '..', '..');

/** What a server has of an object, with everything that only it writes. */
const running = (apiVersion: string, kind: string, name: string, rest: any) => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: 'shop',
    uid: '7c1f',
    resourceVersion: '4711',
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{ manager: 'kubectl' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'example.io/team': 'shop' },
  },
  ...rest,
  status: { replicas: 3 },
});

// each of these means something in a template literal
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the test is about
const SCRIPT = 'echo `date` ${HOME} \\n "quoted" \'single\'\n  indented\n';
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'registry.example/web:1', command: ['sh', '-c', SCRIPT] }] },
};
const web = running('apps/v1', 'Deployment', 'web', {
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template },
});
const login = running('v1', 'Secret', 'web.login', {
  type: 'Opaque',
  data: { password: 'czNjcjN0', 'tls.key': 'czNjcjN0' },
});
const widget = running('example.io/v1', 'Widget', '2nd', { spec: { size: 2 } });

const codeOf = (live: any) => adoptedCode(adoptable(live), 'berlin');

/** Runs the code, on this library, and says what its function makes. */
function synthesized(code: string): any[] {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const made: any = {};
  new Function('require', 'exports', outputText)(() => library, made);
  const chart = aChart();
  for (const make of Object.values<any>(made)) make(chart);
  return chart.toJson();
}

const ofKind = (kind: string, objects: any[]) => objects.find((each) => each.kind === kind);

test('the code of a deployment, to the letter', () => {
  const live = running('apps/v1', 'Deployment', 'web', { spec: { replicas: 3 } });
  expect(codeOf(live)).toBe(`import { type MulticloudChart, MulticloudDeployment } from 'cdk8s-karmada';

/** Deployment/shop/web, as it runs on berlin. Its pod template stays as it is, so no pod restarts. */
export function adoptWebDeployment(chart: MulticloudChart): MulticloudDeployment {
  return MulticloudDeployment.adopt(chart, 'web', { fromCluster: 'berlin', manifest });
}

const manifest = \`
apiVersion: apps/v1
kind: Deployment
spec:
  replicas: 3
metadata:
  name: web
  namespace: shop
  annotations:
    example.io/team: shop
\`;
`);
});

test('it makes the object as it runs, with a policy that takes it over where it is', () => {
  const objects = synthesized(codeOf(web));
  expect(ofKind('Deployment', objects).spec).toEqual({
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template,
  });
  expect(ofKind('PropagationPolicy', objects).spec).toMatchObject({
    conflictResolution: 'Overwrite',
    preserveResourcesOnDeletion: true,
    placement: { clusterAffinity: { clusterNames: ['berlin'] } },
  });
});

test('values of a Secret are not in the code: it names where they come from', () => {
  const code = codeOf(login);
  expect(code).not.toContain('czNjcjN0');
  const objects = synthesized(code);
  expect(ofKind('Secret', objects).metadata).toMatchObject({ name: 'web.login', namespace: 'shop' });
  expect(JSON.stringify(objects)).toContain('WEB_LOGIN_PASSWORD');
  expect(ofKind('PropagationPolicy', objects).spec.conflictResolution).toBe('Overwrite');
});

test('any other kind is taken as it is', () => {
  expect(codeOf(widget)).toContain("return MulticloudObject.adopt(chart, '2nd', { fromCluster: 'berlin', manifest });");
  expect(ofKind('Widget', synthesized(codeOf(widget))).spec).toEqual({ size: 2 });
});

test('what had better stay with its cluster is said before any code is written', () => {
  const owned = { ...web, metadata: { ...web.metadata, ownerReferences: [{ kind: 'Shop', name: 'main' }] } };
  expect(() => codeOf(owned)).toThrow(
    'Deployment web belongs to Shop main, which made it\n  at Deployment/shop/web\n  fix: adopt Shop main instead',
  );
});

test('the code compiles as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-adopted-'));
  try {
    for (const [index, live] of [web, login, widget].entries())
      writeFileSync(join(folder, `${index}.ts`), codeOf(live));
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, noUnusedLocals: true, target: 'ES2022' },
      ...{ module: 'Node16', moduleResolution: 'Node16', types: [] },
      paths: { 'cdk8s-karmada': [join(root, 'lib', 'index.d.ts')] },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const tsc = join(root, 'node_modules/typescript7/bin/tsc');
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
