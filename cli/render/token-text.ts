import { keyText, type ObjectKey } from '../../src/core/object-key';
import { visible } from './error-text';
import { type ShownStep, stepLines } from './join-text';
import type { Paint } from './paint';

/** A bootstrap token before it is made. */
export interface ShownToken {
  readonly name: string;
  readonly server: { readonly name?: string; readonly url: string };
  /** Where the agent will call Karmada. */
  readonly entrance: string;
  /** As the person wrote it. */
  readonly ttl: string;
  readonly atOnce: boolean;
  readonly steps: readonly ShownStep[];
  readonly earlier: readonly ObjectKey[];
  readonly file: string;
  readonly warnings: readonly string[];
}

/** What is written on Karmada and here, and what the token will be worth. */
export function tokenText(token: ShownToken, paint: Paint): string {
  const { name, server, entrance, ttl, atOnce, steps, earlier, file, warnings } = token;
  const lines = [
    paint.bold(`A token with which the owner of ${name} has it join`),
    `  karmada  ${[server.name, server.url].filter(Boolean).join('   ')}`,
    `  its agent reaches Karmada at ${entrance}`,
    `  good for ${ttl}; ${atOnce ? 'whoever holds it gets a certificate at once' : 'a person approves the certificate that its holder asks for'}`,
    '',
    ...stepLines(
      steps,
      [
        paint.green(`  + here: ${file}`),
        ...earlier.map((key) => paint.red(`  - karmada: ${keyText(key)}, the token of before`)),
      ],
      paint,
    ),
    ...warnings.map((warning) => `${paint.yellow('warning:')} ${warning}`),
  ];
  return visible(`${lines.join('\n')}\n`);
}

/** What to do with it now. */
export function handedText(made: {
  readonly name: string;
  readonly file: string;
  /** RFC 3339. */
  readonly expires: string;
  /** Who its holder is to Karmada. */
  readonly holder: string;
  readonly agent: string;
  readonly atOnce: boolean;
}): string {
  const { name, file, expires, holder, agent, atOnce } = made;
  const until = `${expires.slice(0, 16).replace('T', ' ')} UTC`;
  const lines = [
    `${file}: a token until ${until}; hand it to the owner of ${name} on a safe way, and delete it here`,
    'the owner runs, with the manifests of a KarmadaAgent:',
    `  cdk8s-karmada member join ${name} --bootstrap-kubeconfig ${file} --agent <path> --member-context <name>`,
    ...(atOnce
      ? ['Karmada approves by itself whatever agent its holder asks to be']
      : [
          `then you look on Karmada what ${holder} asks for, and approve it when it is ${agent}:`,
          '  kubectl get csr; kubectl describe csr <name>; kubectl certificate approve <name>',
        ]),
  ];
  return visible(`${lines.join('\n')}\n`);
}
