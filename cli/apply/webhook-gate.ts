import { answerText } from '../plan/answer';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Hurdle, hurdleOf } from '../plan/hurdle';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { type Survey, written } from './survey';

const KEY = {
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  namespace: 'default',
  name: 'cdk8s-karmada-offered',
};

/** A policy that Karmada's webhooks look at, of both kinds, and that is not kept. */
export const OFFERED_POLICY = {
  method: 'POST',
  path: '/apis/policy.karmada.io/v1alpha1/namespaces/default/propagationpolicies',
  query: { dryRun: 'All' },
  body: {
    apiVersion: KEY.apiVersion,
    kind: KEY.kind,
    metadata: { name: KEY.name, namespace: KEY.namespace },
    spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: KEY.name }] },
  },
} as const;

/** Groups of what they look at when it is written; that of clusters is not among them. */
const LOOKED_AT = /^(?!cluster\.|work\.)[a-z]+\.karmada\.io\//;

/** Is anything to be written that Karmada's webhooks look at? */
export function needsWebhooks({ objects }: Survey): boolean {
  return written(objects).some(({ key }) => LOOKED_AT.test(key.apiVersion));
}

/**
 * Offers Karmada a policy. Gives what is said instead of an answer of a webhook that does not answer, after it was waited
 * for; undefined when all answer, or when that cannot be known.
 */
export async function whyUnanswered(
  server: ApiServer,
  patience: Patience,
  longestMs: { readonly [hurdle in Hurdle]?: number } = {},
): Promise<string | undefined> {
  const answer = await attempt(server, OFFERED_POLICY, { ...patience, longestMs }, KEY);
  const hurdle = hurdleOf(answer);
  return hurdle === 'webhook' || hurdle === 'webhook-certificate' ? answerText(KEY, answer) : undefined;
}

/** Some of a chart would be written, and its policies would not. */
export function unanswered({ name, url }: ApiServer, instance: string, why: string): CommandError {
  return new CommandError(ExitCode.TIMED_OUT, [
    {
      what: `a webhook that Karmada asks about policies does not answer: ${why}`,
      at: `karmada: ${[name, url].filter(Boolean).join(', ')}`,
      fix: `see what ails it, \`cdk8s-karmada instance doctor ${instance}\`, and run apply again; nothing was written`,
    },
  ]);
}
