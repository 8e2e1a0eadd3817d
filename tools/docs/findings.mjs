// docs/findings.md: every code with what it means, from the compiled library.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../install.mjs';

const require = createRequire(import.meta.url);

const INTRODUCTION = `# Findings

What \`cdk8s-karmada\` says about manifests, by code. An **error** is what Karmada would refuse, or what cannot work: synth fails. A **warning** is what Karmada takes and then does otherwise than it looks:
\`Findings.of(scope).all\`, \`validate\`, \`preview\` and the validation plugin of cdk8s show it.

A warning that is meant is acknowledged, with the reason: \`Findings.of(scope).acknowledge('MC060', 'the lab always runs the newest build')\`, or in YAML with the annotation
\`cdk8s-karmada.io/acknowledged: '{"MC060":"the lab always runs the newest build"}'\`. It is shown with the reason then, and \`--fail-on=warning\` passes it over.

cdk8s-cli asks the same rules at each \`cdk8s synth\`, also about constructs that hold raw YAML, when \`cdk8s.yaml\` says:

\`\`\`yaml
validations:
  - package: cdk8s-karmada # or ./node_modules/cdk8s-karmada, to load the one that is installed already
    version: 0.0.0 # the exact version
    class: FindingsValidation
    properties: { failOnWarnings: true } # optional
\`\`\`

Files that are named below are those of Karmada's repository.
`;

/** Every code, each once, sorted. */
export function meanings() {
  const from = (file, name) => require(join(root, 'lib', file))[name];
  const all = [
    ...from('admission/meanings.js', 'ADMISSION_MEANINGS'),
    ...from('instance/meanings.js', 'INSTANCE_MEANINGS'),
    ...from('preview/private/meanings.js', 'PREVIEW_MEANINGS'),
    ...from('rules/rules.js', 'OBJECT_RULES'),
    ...from('rules/rules.js', 'INPUT_RULES'),
  ];
  return all.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The text of the page. */
export function findingsPage() {
  const entries = meanings().map(({ code, level, title, why, fix, see }) => {
    const lines = [`## ${code}`, '', `**${level}**: ${title}`, '', why, '', `- fix: ${fix}`];
    if (see) lines.push(`- see: ${see}`);
    return `${lines.join('\n')}\n`;
  });
  return [INTRODUCTION, ...entries].join('\n');
}
