import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, YamlOutputType } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { injectCaBundle } from '../../cli/apply/pki/ca-bundle';
import { issueSummaryText } from '../../cli/render/issue-text';
import { paint } from '../../cli/render/paint';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { anInstance, find, threeMembers } from '../instance/an-instance';

/** What the page has between fences, by kind. */
const page = readFileSync(join(__dirname, '..', '..', 'docs/gitops.md'), 'utf8');
const objects: any[] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, text]) => loadAll(text) as any[]);
const { host, karmada } = anInstance({
  components: { karmadaSearch: {}, karmadaMetricsAdapter: {} },
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-gitops-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Where two values differ, as a path of jq; all entries of a list are one. */
function differences(one: any, other: any, path = ''): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [path];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const step = (key: string) => (Array.isArray(one) ? '[]' : `.${key}`);
  return [...new Set(keys.flatMap((key) => differences(one[key], other[key], path + step(key))))];
}

test('the folders are those that are written', () => {
  const app = new App({ outdir: folder, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
  new MulticloudInstance(app, 'east', { instanceName: 'east', etcd: threeMembers });
  app.synth();
  const named = objects.map(({ spec }) => (spec.path ?? spec.source.path).replace(/^(\.\/)?dist\//, ''));
  expect([...new Set(named)].sort()).toEqual(readdirSync(folder).sort());
});

test('Argo CD ignores exactly what the command fills in', () => {
  const filled = new Map<string, Set<string>>();
  for (const manifest of karmada) {
    if (!manifest.metadata.annotations?.['cdk8s-karmada.io/inject-ca']) continue;
    const kind = `${manifest.apiVersion.split('/')[0]}/${manifest.kind}`;
    const paths = differences(manifest, injectCaBundle(manifest, 'PEM'));
    filled.set(kind, new Set([...(filled.get(kind) ?? []), ...paths]));
  }
  const { ignoreDifferences } = objects.find(({ kind }) => kind === 'Application').spec;
  expect(
    ignoreDifferences.map(({ group, kind, jqPathExpressions }: any) => [`${group}/${kind}`, jqPathExpressions]),
  ).toEqual([...filled].map(([kind, paths]) => [kind, [...paths]]));
});

test('the rules are printed when CA bundles were filled in, ready to be pasted', () => {
  const summary = { issued: 0, restarted: 0, filled: 4, unready: [], later: [], interrupted: false, exitCode: 0 };
  const printed = issueSummaryText(summary, paint(false));
  expect(printed.split('\n').slice(0, 3)).toEqual([
    '✓ Issued: 4 CA bundles filled in',
    '',
    'Where Argo CD applies the chart of Karmada, its Application needs (docs/gitops.md; Flux needs no rule):',
  ]);
  const { ignoreDifferences } = objects.find(({ kind }) => kind === 'Application').spec;
  expect(loadAll(printed.split('\n').slice(3).join('\n'))).toEqual([{ ignoreDifferences }]);
  expect(issueSummaryText({ ...summary, filled: 0, issued: 1 }, paint(false))).toBe('✓ Issued: 1 issued\n');
});

test('Flux waits for what Karmada needs, and for nothing that needs Karmada', () => {
  const { healthChecks } = objects.find(({ metadata }) => metadata.name === 'east').spec;
  const before = host
    .filter(({ spec, metadata }) => spec?.template && Number(metadata.annotations['cdk8s-karmada.io/wave']) < 5)
    .map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
  expect(healthChecks.map(({ kind, namespace, name }: any) => `${kind}/${namespace}/${name}`).sort()).toEqual(
    before.sort(),
  );
});

test('the kubeconfig that Flux reads is one that is issued, where it looks', () => {
  const flux = objects.find(({ kind, metadata }) => kind === 'Kustomization' && metadata.name === 'east-karmada');
  const plan = JSON.parse(find(host, 'ConfigMap', 'east-pki-plan').data['plan.json']);
  expect(plan.kubeconfigs.map(({ secret, key }: any) => ({ name: secret, key }))).toContainEqual(
    flux.spec.kubeConfig.secretRef,
  );
  expect(flux.metadata.namespace).toBe(plan.namespace);
});
