import { Assumptions } from '../../admission/assumptions';
import type { KarmadaVersion } from '../../core/karmada-version';

/** What of a control plane's own command lines changes a preview. */
export interface Surroundings {
  /** Scheduler: clusters that get no replica get the object all the same. */
  readonly emptyWorkloads: boolean;
  /** Scheduler: which bindings it looks after. */
  readonly schedulerName: string;
  /** Scheduler: plugins are chosen, which no rule here does. */
  readonly plugins: boolean;
  /** Scheduler: asks an estimator in each cluster, whose answers cannot be had here. */
  readonly estimator: boolean;
  /** Scheduler: capacity by resource models. */
  readonly resourceModels: boolean;
  /** Scheduler: placements may ask for affinity between workloads. */
  readonly workloadAffinity: boolean;
  /** Controller manager and scheduler: kinds of several pod templates are counted by component. */
  readonly multiplePodTemplates: boolean;
  /** Controller manager: namespaces that nothing is propagated from. */
  readonly skippedNamespaces: readonly RegExp[];
  /** Controller manager: APIs that are not propagated, as groups, versions and kinds. */
  readonly skippedApis: readonly string[];
  /** Controller manager: dependencies follow. */
  readonly propagateDeps: boolean;
  /** Controller manager: taints NoExecute evict. */
  readonly evicts: boolean;
  /** Controller manager: a policy may take what another one has claimed. */
  readonly preemption: boolean;
  /** Webhook: what exceeds a FederatedResourceQuota is refused. */
  readonly enforcesQuotas: boolean;
}

/** `group`, `group/version`, `group/version/Kind,Kind`, `v1/Kind,Kind`, joined by `;`. Mirrors `pkg/util/apigroup.go`. */
function skippedApis(text: string): string[] {
  return text
    .split(';')
    .filter((each) => each !== '')
    .flatMap((each) => {
      const parts = each.split('/');
      const kinds = parts.length === 3 || (parts.length === 2 && parts[0] === 'v1') ? (parts.pop() ?? '') : undefined;
      return kinds === undefined ? [each] : kinds.split(',').map((kind) => `${parts.join('/')} ${kind}`);
    });
}

/**
 * Reads what is assumed about the control plane, later ones over earlier ones.
 *
 * @param version the release that runs: it decides which feature gates there are, and which are on
 * @throws for all that is wrong with them at once
 */
export function surroundings(assume: readonly string[], version?: KarmadaVersion): Surroundings {
  const given = Assumptions.parse(assume, version);
  const namespaces = given.flag('controller-manager', 'skipped-propagating-namespaces').split(',');
  return {
    emptyWorkloads: given.enabled('scheduler', 'enable-empty-workload-propagation'),
    schedulerName: given.flag('scheduler', 'scheduler-name'),
    plugins: given.flag('scheduler', 'plugins') !== '*',
    estimator: given.enabled('scheduler', 'enable-scheduler-estimator'),
    resourceModels: given.gate('scheduler', 'CustomizedClusterResourceModeling'),
    workloadAffinity: given.gate('scheduler', 'WorkloadAffinity'),
    multiplePodTemplates: given.gate('controller-manager', 'MultiplePodTemplatesScheduling'),
    skippedNamespaces: namespaces.filter((each) => each !== '').map((each) => new RegExp(`^(?:${each})$`)),
    skippedApis: skippedApis(given.flag('controller-manager', 'skipped-propagating-apis')),
    propagateDeps: given.gate('controller-manager', 'PropagateDeps'),
    evicts:
      given.gate('controller-manager', 'Failover') &&
      given.enabled('controller-manager', 'enable-no-execute-taint-eviction'),
    preemption: given.gate('controller-manager', 'PropagationPolicyPreemption'),
    enforcesQuotas: given.gate('webhook', 'FederatedQuotaEnforcement'),
  };
}
