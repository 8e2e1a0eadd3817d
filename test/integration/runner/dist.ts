import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App } from 'cdk8s';
import { type Input, readCharts } from '../../../cli/plan/chart-input';
import { type Document, readDocuments } from '../../../cli/plan/document';
import { READY } from '../../../src/core/private/keys';
import { MulticloudInstance } from '../../../src/instance/multicloud-instance';
import type { MulticloudInstanceProps } from '../../../src/instance/multicloud-instance-props';
import { Table } from './table';

/** The YAML that `cdk8s synth` writes for an instance `east`, read again. */
export function synthesize(folder: string, props: Omit<MulticloudInstanceProps, 'instanceName'>): Document[] {
  const app = new App({ outdir: folder });
  new MulticloudInstance(app, 'east', { instanceName: 'east', ...props });
  app.synth();
  return readDocuments(
    readdirSync(folder)
      .sort()
      .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') })),
  );
}

/** An object whose server is none of the testbed's. */
export interface Elsewhere {
  readonly object: string;
  readonly reason: string;
}

/** What can run here of synthesized YAML, and what cannot. */
export interface Runnable {
  readonly input: Input;
  readonly table: Table;
  /** Names of the workloads. */
  readonly names: readonly string[];
  /** Names of the components that something stands for. */
  readonly standIns: readonly string[];
  readonly elsewhere: readonly Elsewhere[];
}

const WEBHOOK = 'karmada-webhook';
/** The components that the API server passes requests on to. */
const AGGREGATED = ['karmada-aggregated-apiserver', 'karmada-search', 'karmada-metrics-adapter'];

/**
 * The YAML as it can be applied here. What nothing here serves is marked as not waited for, and named; names and ports of
 * objects on Karmada are those of the table; nothing else is changed.
 */
export async function runnable(documents: readonly Document[], binaries: string, folder: string): Promise<Runnable> {
  const manifests = documents.map(({ manifest }) => manifest);
  const workloads = manifests.filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind));
  const here = workloads.filter((workload) => existsSync(join(binaries, binaryOf(workload))));
  const table = await Table.of(here, manifests, folder);
  const absent = workloads.filter((workload) => !here.includes(workload));
  const stoodFor = absent.filter(isAggregated);
  for (const workload of stoodFor) await table.addStandIn(workload, manifests);
  const isAbsent = (name: string) => absent.some(({ metadata }) => metadata.name === name);
  const elsewhere: Elsewhere[] = [];
  const changed = documents.map((document) => {
    const manifest = ofTable(document.manifest, manifests, table);
    const reason = whyElsewhere(manifest, isAbsent);
    if (!reason) return { ...document, manifest };
    const { kind, metadata } = manifest;
    elsewhere.push({ object: `${kind}/${metadata.name}`, reason });
    const annotations = { ...metadata.annotations, [READY]: 'skip' };
    return { ...document, manifest: { ...manifest, metadata: { ...metadata, annotations } } };
  });
  const names = here.map(({ metadata }) => metadata.name);
  const standIns = stoodFor.map(({ metadata }) => metadata.name);
  return { input: readCharts(changed), table, names, standIns, elsewhere };
}

function binaryOf({ spec }: any): string {
  return basename(spec.template.spec.containers[0].command[0]);
}

function isAggregated({ metadata }: any): boolean {
  return AGGREGATED.includes(metadata.name);
}

function whyElsewhere(manifest: any, isAbsent: (name: string) => boolean): string | undefined {
  const { kind, metadata } = manifest;
  if (/WebhookConfiguration$/.test(kind)) return isAbsent(WEBHOOK) ? `${WEBHOOK} does not run here` : undefined;
  if (!/^(Deployment|StatefulSet)$/.test(kind) || !isAbsent(metadata.name)) return undefined;
  const missing = `the testbed has no ${binaryOf(manifest)}`;
  return isAggregated(manifest) ? `${missing}; a stand-in with its certificate answers discovery` : missing;
}

function ofTable(manifest: any, all: readonly any[], table: Table): any {
  const { kind, metadata, spec } = manifest;
  if (kind === 'ConfigMap' && metadata.name.endsWith('-pki-plan')) return withLoopback(manifest);
  if (/WebhookConfiguration$/.test(kind) || spec?.conversion?.webhook || spec?.type === 'ExternalName') {
    return JSON.parse(table.named(JSON.stringify(manifest)));
  }
  if (kind !== 'APIService') return manifest;
  const { name, port } = spec.service;
  const target = all.find((one) => one.spec?.type === 'ExternalName' && one.metadata.name === name).spec.externalName;
  const here = Number(table.named(`${target}:${port}`).split(':')[1]);
  return { ...manifest, spec: { ...spec, service: { ...spec.service, port: here } } };
}

/** The runner's PKI plan: servers are also those of 127.0.0.2 and 127.0.0.3, which stand for names here. */
export function withLoopback(configMap: any): any {
  const plan = JSON.parse(configMap.data['plan.json']);
  const certificates = plan.certificates.map((one: any) =>
    one.usages.includes('server') ? { ...one, ipAddresses: [...one.ipAddresses, '127.0.0.2', '127.0.0.3'] } : one,
  );
  return { ...configMap, data: { 'plan.json': JSON.stringify({ ...plan, certificates }) } };
}
