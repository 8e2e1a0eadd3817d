import { type Finding, FindingLevel } from '../../core/finding';
import { keyOf, keyText } from '../../core/object-key';
import { isDivided } from './binding';
import type { ClusterFacts } from './cluster';
import type { Decision } from './decide';
import { didYouMean } from './did-you-mean';
import type { PreviewRule, RuleFacts } from './verified/preview-rule';

/** Findings of a preview: what works, but probably not as meant. */

function warning(code: string, path: string, message: string, fix: string): Finding {
  return { code, level: FindingLevel.WARNING, path, message, fix };
}

function text(object: any): string {
  return keyText(keyOf(object));
}

/** Tells every cluster that a policy names, with the way to it; paths are for the few that are told, so none is made here. */
function eachClusterName(at: any, way: (string | number)[], tell: (name: string) => void): void {
  for (const key in at) {
    const value = at[key];
    if (value === null || typeof value !== 'object') continue;
    way.push(Array.isArray(at) ? Number(key) : key);
    if ((key === 'clusterNames' || key === 'exclude') && Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        way.push(index);
        tell(String(value[index]));
        way.pop();
      }
    } else eachClusterName(value, way, tell);
    way.pop();
  }
}

function pathText(way: readonly (string | number)[]): string {
  return way.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}

/** Names of clusters that are not there: MC023. */
export function unknownClusters(policies: readonly any[], clusters: readonly ClusterFacts[]): Finding[] {
  const known = clusters.map((cluster) => cluster.name).sort();
  const set = new Set(known);
  const fine = new Set<any>();
  return policies.flatMap((policy) => {
    const { placement, suspension, overrideRules, targetCluster } = policy.spec ?? {};
    // placements that are alike are one object: what is fine in one policy is fine in the next
    if (fine.has(placement) && !suspension && !overrideRules && !targetCluster) return [];
    const found: Finding[] = [];
    const way: (string | number)[] = [];
    eachClusterName({ placement, suspension, overrideRules, targetCluster }, way, (name) => {
      if (set.has(name)) return;
      const near = didYouMean(name, known);
      found.push(
        warning(
          'MC023',
          `spec${pathText(way)}`,
          `${text(policy)} names cluster ${JSON.stringify(name)}, which the fleet does not have`,
          near ? `did you mean ${JSON.stringify(near)}?` : `name one of: ${known.join(', ')}`,
        ),
      );
    });
    if (found.length === 0) fine.add(placement);
    return found;
  });
}

/** Clusters that join with this input: MC026. */
export function joiningClusters(clusters: readonly ClusterFacts[]): Finding[] {
  return clusters
    .filter((cluster) => cluster.apis === undefined)
    .map(({ name }) =>
      warning(
        'MC026',
        'metadata.name',
        `Cluster/${name} is not in the fleet: which APIs it serves is not known, every one is taken for granted`,
        'add the cluster to the fleet once it has joined',
      ),
    );
}

/** A fleet without clusters: MC020. */
export function emptyFleet(clusters: readonly ClusterFacts[]): Finding[] {
  if (clusters.length > 0) return [];
  return [
    warning(
      'MC020',
      '',
      'the fleet has no cluster: nothing can go anywhere',
      'give what `kubectl get clusters -o yaml` prints',
    ),
  ];
}

/** Policies that no template needs: MC042. */
export function idlePolicies(policies: readonly any[]): Finding[] {
  return policies.map((policy) =>
    warning(
      'MC042',
      'spec.resourceSelectors',
      `${text(policy)} matches nothing in the input`,
      'check apiVersion, kind, namespace, name and labels of its selectors',
    ),
  );
}

/** An override that cannot be applied: MC073. */
export function failedOverride(resource: string, cluster: string, why: string): Finding {
  return warning(
    'MC073',
    'spec.overrideRules',
    `an override of ${resource} fails for cluster ${JSON.stringify(cluster)}, which gets nothing: ${why}`,
    'change the override so that it fits the object',
  );
}

/** A decision that rests on a rule that no recorded one covers: MC027. */
export function unverifiedRules({ decision }: RuleFacts, rules: readonly PreviewRule[]): Finding[] {
  return rules.map(({ rule, stage }) =>
    warning(
      'MC027',
      'spec',
      `${keyText(decision.key)} rests on a rule that is not verified against a real Karmada: ${rule}`,
      `compare with ${stage} of Karmada v1.18.2, or with what Karmada does`,
    ),
  );
}

/** A fleet that was read long ago: MC029. */
export function oldFleet(asOf: string | undefined, now: string | undefined): Finding[] {
  const hours = (Date.parse(now ?? '') - Date.parse(asOf ?? '')) / 3_600_000;
  if (!(hours > 24)) return [];
  return [
    warning(
      'MC029',
      '',
      `the fleet was read ${hours < 48 ? `${Math.floor(hours)} hours` : `${Math.floor(hours / 24)} days`} ago (${asOf}): clusters, their taints and what is free may be others now`,
      'read it again with `cdk8s-karmada fleet pull`',
    ),
  ];
}

/** What a preview cannot know: MC028. */
function unknowable({ key, policy, unsupported, placed }: Decision, schedulerName: string): Finding[] {
  const resource = keyText(key);
  if (unsupported !== undefined) {
    const message = `${resource} goes where cannot be known here: ${unsupported}`;
    return [warning('MC028', '', message, 'see what Karmada decides, once it is applied')];
  }
  const name = policy?.spec.schedulerName || schedulerName;
  if (!policy || name === schedulerName) return [];
  const held = placed.some(({ clusters }) => clusters.length > 0);
  return [
    warning(
      'MC028',
      'spec.schedulerName',
      `${resource} is placed by the scheduler ${JSON.stringify(name)}, and where cannot be known here${held ? ': shown is where it is now' : ''}`,
      'see what that scheduler decides, or leave schedulerName out',
    ),
  ];
}

/** What there is to say about one decision. */
export function remarks(decision: Decision, given: readonly string[], schedulerName: string): Finding[] {
  const { policy, need, waitsFor } = decision;
  const resource = keyText(decision.key);
  const found: Finding[] = unknowable(decision, schedulerName);
  if (waitsFor.length > 0) {
    found.push(
      warning(
        'MC047',
        'spec.dependentOverrides',
        `${resource} waits for override policies that are not there: ${waitsFor.join(', ')}`,
        'add them to the input, or to the existing policies',
      ),
    );
  }
  if (decision.left) {
    found.push(
      warning(
        'MC058',
        'metadata',
        `${resource} is selected by no policy any more: its clusters keep what they have of it, and edits do not reach them`,
        'have a policy select it again, or delete it',
      ),
    );
  }
  if (!policy) return found;
  if (policy.spec.activationPreference === 'Lazy') {
    found.push(
      warning(
        'MC045',
        'spec.activationPreference',
        `${text(policy)} is lazy: where ${resource} exists already, it moves only when it is next edited`,
        'edit the object, or leave the preference out',
      ),
    );
  }
  const placement = policy.spec.placement ?? {};
  const strategy = placement.replicaScheduling;
  const fixedWeights =
    need.replicas > 0 &&
    isDivided(placement) &&
    strategy.replicaDivisionPreference === 'Weighted' &&
    !strategy.weightPreference?.dynamicWeight;
  if (fixedWeights && (placement.spreadConstraints ?? []).length > 0) {
    found.push(
      warning(
        'MC050',
        'spec.placement.spreadConstraints',
        `${text(policy)} divides ${resource} by fixed weights, which leave spread constraints out of account`,
        'divide by available replicas or aggregate, or leave the constraints out',
      ),
    );
  }
  for (const name of given) {
    found.push(
      warning(
        'MC040',
        'spec.propagateDeps',
        `${resource} refers to ${name}, which is not in the input: it follows only if Karmada has it`,
        'add it to the input',
      ),
    );
  }
  return found;
}
