import { dump } from 'js-yaml';
import { TARGET_LABEL } from '../plan/roles';
import { visible } from './error-text';

/** Roles as YAML that kubectl applies, with what a person should know before that. */
export function rolesText(manifests: readonly any[], unknown: readonly string[], name: string): string {
  const planes = [...new Set(manifests.map(({ metadata }) => metadata.labels[TARGET_LABEL]))];
  const head = [
    `What \`apply\` of this code needs, and no more. Roles named ${name}:watching only let it`,
    'wait and say why something is not ready: without them, apply with --wait none.',
    ...(planes.length > 1
      ? [`Two servers: kubectl apply -l ${TARGET_LABEL}=host (or =karmada) -f - takes those of one.`]
      : []),
    ...unknown.map((kind) => `Not in it, since the server does not serve it yet: ${kind}`),
  ];
  const documents = manifests.map((manifest) => `---\n${dump(manifest, { noRefs: true, lineWidth: 120 })}`);
  return visible(`${head.map((line) => `# ${line}\n`).join('')}${documents.join('')}`);
}
