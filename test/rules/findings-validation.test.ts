import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FindingsValidation, type FindingsValidationProps } from '../../src/rules/findings-validation';
import { deployment, propagation } from './advice';

const ROOT = join(__dirname, '../..');
const REFUSED = { ...propagation(), spec: { ...propagation().spec, conflictResolution: 'Maybe' } };
const LAZY = propagation({ spec: { activationPreference: 'Lazy' } });

/** A context as cdk8s-cli hands it over, and what was written into its report. */
function validated(manifests: readonly any[], props?: FindingsValidationProps) {
  const violations: any[] = [];
  const summaries: any[] = [];
  const report = {
    addViolation: (violation: any) => violations.push(violation),
    submit: (status: string, metadata: any) => summaries.push({ status, metadata }),
  };
  new FindingsValidation(props).validate({ manifests: ['shop.k8s.yaml'], parseManifest: () => manifests, report });
  expect(summaries).toHaveLength(1);
  return { violations, ...summaries[0] };
}

test('a warning is reported and fails only when it is to', () => {
  const fine = validated([deployment(), LAZY, null]);
  expect(fine).toEqual({
    status: 'success',
    metadata: { Errors: '0', Warnings: '1', Acknowledged: '0' },
    violations: [
      {
        ruleName: 'warning MC045',
        recommendation: 'the policy is lazy: what exists already moves only when it is next edited',
        fix: 'leave activationPreference out, or acknowledge this with the reason (see docs/findings.md#mc045)',
        violatingResources: [
          { resourceName: 'web', locations: ['spec.activationPreference'], manifestPath: 'shop.k8s.yaml' },
        ],
      },
    ],
  });
  expect(validated([deployment(), LAZY], { failOnWarnings: true }).status).toBe('failure');
});

test('what was acknowledged is counted only', () => {
  const metadata = { ...LAZY.metadata, annotations: { 'cdk8s-karmada.io/acknowledged': '{"MC045":"moved by hand"}' } };
  expect(validated([deployment(), { ...LAZY, metadata }], { failOnWarnings: true })).toEqual({
    status: 'success',
    metadata: { Errors: '0', Warnings: '0', Acknowledged: '1' },
    violations: [],
  });
});

test('what the control plane is assumed to be like takes part', () => {
  const preempting = propagation({ spec: { preemption: 'Always' } });
  const assume = ['controller-manager.feature-gates=PropagationPolicyPreemption=true'];
  expect(validated([deployment(), preempting]).metadata.Warnings).toBe('1');
  expect(validated([deployment(), preempting], { assume }).metadata.Warnings).toBe('0');
});

test('the release of the charts decides which fields there are', () => {
  const parent = (version: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'east-shop-karmada',
      annotations: {
        'cdk8s-karmada.io/target': 'karmada',
        'cdk8s-karmada.io/instance': 'east',
        'cdk8s-karmada.io/chart': 'shop',
        'cdk8s-karmada.io/version': version,
      },
    },
  });
  const near = propagation({ spec: { placement: { workloadAffinity: { affinity: { groupByLabelKey: 'app' } } } } });
  const codes = (version: string) =>
    validated([parent(version), deployment(), near]).violations.map(({ ruleName }: any) => ruleName);
  expect(codes('v1.16.8')).toContain('error MC210');
  expect(codes('v1.17.5')).not.toContain('error MC210');
  const newest = codes('v1.18.2');
  expect(newest).not.toContain('warning MC105');
  expect(codes('v1.19.0')).toEqual([...newest, 'warning MC105']);
});

describe('the real cdk8s synth', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-validation-'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An app of plain charts and raw YAML constructs: nothing of ours in it but the plugin. */
  function synth(...objects: any[]) {
    const config = {
      app: 'node main.js',
      validations: [{ package: ROOT, version: '0.0.0', class: 'FindingsValidation' }],
    };
    writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify(config));
    writeFileSync(
      join(folder, 'main.js'),
      `const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'shop');
${JSON.stringify(objects)}.forEach((object, i) => new ApiObject(chart, 'Raw' + i, object));
app.synth();
`,
    );
    const cli = join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');
    const args = ['synth', '--check-upgrade=false', '--validation-reports-output-file', join(folder, 'report.json')];
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
    return { status, stderr, report: JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).reports[0] };
  }

  test('a policy that Karmada would refuse fails it, and the report names construct, field and fix', () => {
    const { status, stderr, report } = synth(deployment(), REFUSED);
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'Validation failed. See above reports for details\n' });
    expect(report.summary.metadata).toEqual({ Errors: '1', Warnings: '0', Acknowledged: '0' });
    const [violation] = report.violations;
    expect(report.violations).toHaveLength(1);
    expect(violation.ruleName).toBe('error MC203');
    expect(violation.violatingConstructs[0].locations).toEqual(['spec.conflictResolution']);
    expect(violation.violatingConstructs[0].constructPath).toMatch(/^shop\/Raw[01]$/);
  }, 60_000);

  test('manifests that are fine pass', () => {
    const { status, report } = synth(deployment(), propagation());
    expect({ status, violations: report.violations }).toEqual({ status: 0, violations: [] });
  }, 60_000);
});
