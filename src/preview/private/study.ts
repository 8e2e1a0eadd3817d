import type { Finding } from '../../core/finding';
import { keyOf, keyText } from '../../core/object-key';
import { type PreviewProps, PreviewRender } from '../preview-props';
import { beyondPreview } from './claim';
import { type Decision, decide } from './decide';
import { missing } from './known-objects';
import { exceededQuotas } from './quotas';
import {
  emptyFleet,
  failedOverride,
  idlePolicies,
  joiningClusters,
  oldFleet,
  remarks,
  unknownClusters,
  unverifiedRules,
} from './remarks';
import { type Renderer, type Reported, report } from './report';
import { policiesOf, type Scene, scene } from './scene';
import type { RuleFacts } from './verified/preview-rule';
import { unverified } from './verified/preview-rules';

/** What Karmada decides, and what there is to say about it. */
export interface Study extends Scene {
  /** One for each template, in their order. */
  readonly decisions: readonly Decision[];
  /** One for each decision. */
  readonly facts: readonly RuleFacts[];
  /** One for each decision. */
  readonly reports: readonly Reported[];
  readonly renderer: Renderer;
  /** Policies of the input that match nothing. */
  readonly idle: readonly any[];
  readonly findings: readonly Finding[];
  /** What objects of the input do that no stage follows. */
  readonly beyond: readonly any[];
}

/** Decides, renders, and looks at the outcome. */
export function studied(props: PreviewProps): Study {
  const given = scene(props);
  const { world, objects, overrides } = given;
  const decisions = decide(given.templates, world);
  const facts = decisions.map((decision) => ({
    decision,
    existing: world.bindings.get(decision.text),
    candidates: world.claims.candidates(decision.template),
    overrides: overrides.selecting(decision.template),
    clusters: world.clusters,
    surroundings: world.surroundings,
  }));
  const failures: Finding[] = [];
  const renderer: Renderer = {
    clusters: new Map(world.clusters.map((cluster) => [cluster.name, cluster])),
    overrides,
    rendering: props.render ?? PreviewRender.ALL,
    asOf: props.fleet.asOf,
    failed: (key, cluster, why) => failures.push(failedOverride(keyText(key), cluster, why)),
  };
  const reports = decisions.map((decision) => report(decision, renderer));
  const idle = idleOf(given, facts);
  const findings = [...findingsOf(props, given, facts, idle), ...failures];
  const beyond = objects.flatMap((object) => {
    const what = beyondPreview(object);
    return what ? [{ resource: keyOf(object), what }] : [];
  });
  return { ...given, decisions, facts, reports, renderer, idle, findings, beyond };
}

function idleOf({ propagating, overriding }: Scene, facts: readonly RuleFacts[]): any[] {
  const used = new Set(facts.map(({ decision }) => decision.selectedBy));
  const needed = new Set(facts.flatMap(({ overrides }) => overrides));
  return [...propagating.filter((policy) => !used.has(policy)), ...overriding.filter((policy) => !needed.has(policy))];
}

function findingsOf(props: PreviewProps, given: Scene, facts: readonly RuleFacts[], idle: readonly any[]): Finding[] {
  const { world, propagating, overriding, own, known } = given;
  const { clusters, surroundings } = world;
  const policies = [...propagating, ...overriding];
  const decisions = facts.map(({ decision }) => decision);
  const quotas = surroundings.enforcesQuotas ? policiesOf(known, 'FederatedResourceQuota') : [];
  return [
    ...emptyFleet(clusters),
    ...oldFleet(props.fleet.asOf, props.now),
    ...joiningClusters(clusters),
    ...unknownClusters(policies, clusters),
    ...idlePolicies(idle),
    ...decisions.flatMap((decision) => remarks(decision, missing(decision, own), surroundings.schedulerName)),
    ...facts.flatMap((each) => unverifiedRules(each, unverified(each))),
    ...exceededQuotas(quotas, decisions, world.bindings),
  ];
}
