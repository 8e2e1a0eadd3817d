import { groupOf, keyOf, keyText } from '../../../src/core/object-key';
import { writeManifest } from '../../../src/core/private/manifest-yaml';
import { adoptionTroubles, withoutAllocated, withoutServerFields } from '../../../src/core/private/running-object';
import { CommandError, ExitCode } from '../command-error';

/** The construct that adopts a kind; others are taken by `MulticloudObject`. */
const CONSTRUCTS: { readonly [kind: string]: string } = {
  'Deployment.apps': 'MulticloudDeployment',
  'StatefulSet.apps': 'MulticloudStatefulSet',
  'DaemonSet.apps': 'MulticloudDaemonSet',
  'Job.batch': 'MulticloudJob',
  'CronJob.batch': 'MulticloudCronJob',
  'Service.': 'MulticloudService',
  'ConfigMap.': 'MulticloudConfigMap',
  'PersistentVolumeClaim.': 'MulticloudPersistentVolumeClaim',
  'Ingress.networking.k8s.io': 'MulticloudIngress',
};

/** A running object without what its server wrote into it; throws when it had better stay with its cluster. */
export function adoptable(live: any): any {
  const found = adoptionTroubles(live);
  if (found.length) {
    const at = keyText(keyOf(live));
    throw new CommandError(
      ExitCode.INVALID_INPUT,
      found.map((trouble) => ({ ...trouble, at })),
    );
  }
  return withoutAllocated(withoutServerFields(live));
}

/** TypeScript that takes a running object over, as a function that is called with the chart. */
export function adoptedCode(manifest: any, cluster: string): string {
  const key = keyOf(manifest);
  const what = `${keyText(key)}, as it runs on ${cluster}`;
  const id = JSON.stringify(key.name).replaceAll('"', "'");
  const call = `adopt${pascal(key.name)}${key.kind}`;
  if (key.kind === 'Secret' && key.apiVersion === 'v1') return secretCode(manifest, { cluster, what, id, call });
  const construct = CONSTRUCTS[`${key.kind}.${groupOf(key.apiVersion)}`] ?? 'MulticloudObject';
  return `import { type MulticloudChart, ${construct} } from 'cdk8s-karmada';

/** ${what}. Its pod template stays as it is, so no pod restarts. */
export function ${call}(chart: MulticloudChart): ${construct} {
  return ${construct}.adopt(chart, ${id}, { fromCluster: ${quoted(cluster)}, manifest });
}

const manifest = \`
${literal(writeManifest(manifest))}\`;
`;
}

interface Words {
  readonly cluster: string;
  readonly what: string;
  readonly id: string;
  readonly call: string;
}

/** Values never stand in code: each is read where the command runs. */
function secretCode(manifest: any, { cluster, what, id, call }: Words): string {
  const { name, namespace, labels } = manifest.metadata;
  const keys = Object.keys({ ...manifest.data, ...manifest.stringData }).sort();
  const values = keys.map((key) => {
    const variable = `${name}_${key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    return `      ${quoted(key)}: SecretValue.fromEnvironment(${quoted(variable)}),\n`;
  });
  const props = [
    `name: ${quoted(name)}`,
    ...(namespace ? [`namespace: ${quoted(namespace)}`] : []),
    ...(manifest.type && manifest.type !== 'Opaque' ? [`type: ${quoted(manifest.type)}`] : []),
    ...(labels ? [`labels: ${JSON.stringify(labels)}`] : []),
    `placement: Placement.duplicated({ clusters: ClusterSelector.names(${quoted(cluster)}) })`,
    'conflictResolution: ConflictResolution.OVERWRITE',
    'preserveResourcesOnDeletion: true',
  ];
  return `import {
  ClusterSelector,
  ConflictResolution,
  type MulticloudChart,
  MulticloudSecret,
  Placement,
  SecretSource,
  SecretValue,
} from 'cdk8s-karmada';

/** ${what}. Its values are not in the code: give them to \`cdk8s-karmada apply\` in these variables. */
export function ${call}(chart: MulticloudChart): MulticloudSecret {
  return new MulticloudSecret(chart, ${id}, {
${props.map((prop) => `    ${prop},\n`).join('')}    source: SecretSource.values({
${values.join('')}    }),
  });
}
`;
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Text in a template literal. */
function literal(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}
