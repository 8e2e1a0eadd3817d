// One change of the source for each rule of the preview: made on purpose, some recorded decision has to disagree.

/** By file: the rule, the text that stands for it (once in the file), and what it is replaced with. */
const BY_FILE = {
  'src/core/private/match-policy.ts': [
    ['a selector by name', 'selector.name === object.metadata.name ? 3 : 0', '1'],
    ['a selector by labels', 'labels(object.metadata.labels ?? {}) ? 2 : 0', '0'],
    ['a selector by kind alone', 'if (labels === undefined) return 1;', 'if (labels === undefined) return 0;'],
    ['explicit priority', '(b.policy.spec.priority ?? 0) - (a.policy.spec.priority ?? 0)', '0'],
    ['implicit priority, then the name', 'b.fit - a.fit', 'a.fit - b.fit'],
  ],
  'src/preview/private/claim.ts': [
    ['a PropagationPolicy', "selecting.filter((policy) => policy.kind === 'PropagationPolicy')", '[]'],
    [
      'a ClusterPropagationPolicy of a namespaced object',
      'bestPolicy(matches[0]) ?? bestPolicy(matches[1])',
      'bestPolicy(matches[0])',
    ],
    [
      'a cluster-scoped object',
      'bestPolicy(matches[0]) ?? bestPolicy(matches[1])',
      'bestPolicy(matches[0]) ?? (object.metadata.namespace ? bestPolicy(matches[1]) : undefined)',
    ],
    [
      'a PropagationPolicy before any ClusterPropagationPolicy',
      'bestPolicy(matches[0]) ?? bestPolicy(matches[1])',
      'bestPolicy(matches[1]) ?? bestPolicy(matches[0])',
    ],
    ['a claim that sticks', 'claimOn(object) ?? (existing && claimOn(existing))', 'claimOn(object)'],
    ['preemption', 'this.flags.preemption && preemptor', 'false && preemptor'],
  ],
  'src/preview/private/decide.ts': [
    [
      'dependentOverrides that are there',
      'if (waitsFor.length > 0)',
      'if ((policy.spec.dependentOverrides ?? []).length > 0)',
    ],
    ['dependentOverrides that are missing', 'if (waitsFor.length > 0)', 'if (false)'],
    ['an object that lost its policy and stays', 'if (!existing?.spec?.placement) return {};', 'return {};'],
    [
      'a lazy policy and an object as it was',
      "policy.spec.activationPreference === 'Lazy' && metadata.resourceVersion !== undefined",
      'false',
    ],
    [
      'a lazy policy and an object that is new or edited',
      "policy.spec.activationPreference === 'Lazy' && metadata.resourceVersion !== undefined",
      "policy.spec.activationPreference === 'Lazy'",
    ],
    ['propagateDeps', 'terms?.propagateDeps ?', 'true ?'],
  ],
  'src/preview/private/attach.ts': [
    ['a dependency of several', 'if (!decision.parents.includes(parent))', 'if (decision.parents.length === 0)'],
  ],
  'src/preview/private/report.ts': [
    [
      'a dependency with a policy of its own',
      '[own.clusters, ...requiredBy.map((each) => each.targets)]',
      '[requiredBy.length > 0 ? [] : own.clusters, ...requiredBy.map((each) => each.targets)]',
    ],
    ['completions of a divided Job', 'completions: divided ?', 'completions: false ?'],
    ['conflictResolution', "each?.conflictResolution === 'Overwrite'", 'false'],
    ['dispatching that is suspended', 'if (dispatching === true) return names;', ''],
    ['dispatching that is suspended on clusters', 'dispatchingOnClusters?.clusterNames ?? []', '[]'],
  ],
  'src/core/private/references.ts': [
    ['a ConfigMap that is needed', "...references('ConfigMap', configMaps(pod)),", ''],
    ['a Secret that is needed', "...references('Secret', secrets(pod)),", ''],
    ['a ServiceAccount that is needed', "...references('ServiceAccount', [account]),", ''],
    ['a PersistentVolumeClaim that is needed', "...references('PersistentVolumeClaim', claims),", ''],
  ],
  'src/core/private/dependencies.ts': [
    ['what a Deployment needs', "case 'apps/v1 Deployment':", ''],
    ['what a StatefulSet needs', "case 'apps/v1 StatefulSet':", "case '':"],
    ['what a DaemonSet needs', "case 'apps/v1 DaemonSet':", ''],
    ['what a ReplicaSet needs', "case 'apps/v1 ReplicaSet':", ''],
    ['what a Job needs', "case 'batch/v1 Job':", "case '':"],
    ['what a CronJob needs', "case 'batch/v1 CronJob':", "case '':"],
    ['what a Pod needs', "case 'v1 Pod':", "case '':"],
    ['what an Ingress needs', "case 'networking.k8s.io/v1 Ingress':", "case '':"],
    ['what a ServiceImport needs', "case 'multicluster.x-k8s.io/v1alpha1 ServiceImport':", "case '':"],
  ],
  'src/preview/private/interpret-replicas.ts': [
    ['replicas of a Deployment', "case 'apps/v1 Deployment':", ''],
    ['replicas of a StatefulSet', "case 'apps/v1 StatefulSet':", ''],
    ['replicas of a ReplicaSet', "case 'apps/v1 ReplicaSet':", "case '':"],
    ['replicas of a Job', 'Math.min(parallelism, spec.completions ?? parallelism)', 'parallelism'],
    ['a Pod', 'return { replicas: 1, request: podRequest(spec, at) };', 'return { replicas: 0 };'],
    ['a kind without replicas', '?? { replicas: 0 };', '?? { replicas: 1 };'],
  ],
  'src/preview/private/pod-request.ts': [
    [
      'capacity in memory',
      'return total.size > 0 || asksForNodes(pod) ? total : undefined;',
      "total.delete('memory'); return total.size > 0 || asksForNodes(pod) ? total : undefined;",
    ],
    [
      'capacity in CPU',
      'return total.size > 0 || asksForNodes(pod) ? total : undefined;',
      "total.delete('cpu'); return total.size > 0 || asksForNodes(pod) ? total : undefined;",
    ],
    [
      'capacity in other resources',
      'return total.size > 0 || asksForNodes(pod) ? total : undefined;',
      "for (const name of total.keys()) if (name !== 'cpu' && name !== 'memory') total.delete(name); return total.size > 0 || asksForNodes(pod) ? total : undefined;",
    ],
  ],
  'src/preview/private/third-party/replicas.ts': [
    ['replicas of a CloneSet', "'apps.kruise.io/v1alpha1 CloneSet'", "'no.such/v1 Kind'"],
    ['replicas of a UnitedDeployment', "'apps.kruise.io/v1alpha1 UnitedDeployment'", "'no.such/v1 Kind'"],
    ['replicas of a StatefulSet of OpenKruise', "'apps.kruise.io/v1beta1 StatefulSet'", "'no.such/v1 Kind'"],
    ['replicas of a BroadcastJob', "'apps.kruise.io/v1alpha1 BroadcastJob'", "'no.such/v1 Kind'"],
    ['replicas of a Workflow', "'argoproj.io/v1alpha1 Workflow'", "'no.such/v1 Kind'"],
    ['replicas of a FlinkDeployment', "'flink.apache.org/v1beta1 FlinkDeployment'", "'no.such/v1 Kind'"],
    ['replicas of a Notebook', "'kubeflow.org/v1 Notebook'", "'no.such/v1 Kind'"],
    ['replicas of a RayService', "'ray.io/v1 RayService'", "'no.such/v1 Kind'"],
  ],
  'src/preview/private/third-party/components.ts': [
    ['components of a FlinkDeployment', "'flink.apache.org/v1beta1 FlinkDeployment'", "'no.such/v1 Kind'"],
    ['components of an MPIJob', "'kubeflow.org/v2beta1 MPIJob'", "'no.such/v1 Kind'"],
    ['components of a PyTorchJob', "'kubeflow.org/v1 PyTorchJob'", "'no.such/v1 Kind'"],
    ['components of a RayCluster', "'ray.io/v1 RayCluster'", "'no.such/v1 Kind'"],
    ['components of a RayJob', "'ray.io/v1 RayJob'", "'no.such/v1 Kind'"],
    ['components of a SparkApplication', "'sparkoperator.k8s.io/v1beta2 SparkApplication'", "'no.such/v1 Kind'"],
    ['components of a TFJob', "'kubeflow.org/v1 TFJob'", "'no.such/v1 Kind'"],
    ['components of a Job of Volcano', "'batch.volcano.sh/v1alpha1 Job'", "'no.such/v1 Kind'"],
  ],
  'src/core/private/third-party-dependencies.ts': [
    ['what a kind of Argo needs', "'argoproj.io/v1alpha1 Workflow'", "'no.such/v1 Kind'"],
    ['what a kind of Flux needs', "'helm.toolkit.fluxcd.io/v2beta1 HelmRelease'", "'no.such/v1 Kind'"],
    ['what a kind of Kubeflow needs', "'kubeflow.org/v1 PyTorchJob'", "'no.such/v1 Kind'"],
    ['what a kind of OpenKruise needs', "'apps.kruise.io/v1alpha1 CloneSet'", "'no.such/v1 Kind'"],
    ['what a kind of Ray needs', "'ray.io/v1 RayJob'", "'no.such/v1 Kind'"],
  ],
  'src/preview/private/binding.ts': [['components that go to one cluster', 'constraints.some(isOne)', 'false']],
  'src/preview/private/estimate-sets.ts': [
    ['sets of pods by resource models', 'resourceModels ? modelNodes(cluster) : undefined', 'undefined'],
  ],
  'src/preview/private/filter/api-enablement.ts': [
    ['a cluster without the API', 'cluster.apis === undefined ||', 'true ||'],
  ],
  'src/core/private/cluster-affinity.ts': [
    ['names of clusters', 'names.size === 0 || names.has(cluster.name)', 'true'],
    ['names of clusters that are excluded', '!exclude.has(cluster.name) &&', ''],
    ['labels of clusters', 'labels === undefined || labels(cluster.labels)', 'true'],
    ['the region of clusters', "...(cluster.region === '' ? {} : { region: cluster.region }),", ''],
    ['the provider of clusters', "...(cluster.provider === '' ? {} : { provider: cluster.provider }),", ''],
    ['the zone of clusters', 'zones.every((zone) => zone(cluster)) &&', ''],
  ],
  'src/preview/private/filter/taint-toleration.ts': [
    ['a taint', "(each.effect === 'NoSchedule' || each.effect === 'NoExecute') &&", 'false &&'],
    ['a toleration of a key', 'toleration.key && toleration.key !== taint.key', 'false'],
    [
      'a toleration of everything',
      "case 'Exists':\n      return true;",
      "case 'Exists':\n      return Boolean(toleration.key);",
    ],
    ['a toleration of a value', "(toleration.value ?? '') === (taint.value ?? '')", 'Boolean(toleration.key)'],
  ],
  'src/preview/private/filter/spread-constraint.ts': [
    ['spread by provider', "(field === 'provider' && cluster.provider === '') ||", ''],
    ['spread by zone', "(field === 'zone' && cluster.zones.length === 0)", 'false'],
  ],
  'src/preview/private/filter/cluster-eviction.ts': [
    ['a cluster that the object is evicted from', 'evicting.size === 0', 'true'],
  ],
  'src/preview/private/evict.ts': [['a taint NoExecute where something runs', "effect === 'NoExecute'", 'false']],
  'src/preview/private/filter/workload-affinity.ts': [
    ['workloads that keep together', 'binding.together?.has(cluster.name) !== false', 'true'],
  ],
  'src/preview/private/filter/workload-anti-affinity.ts': [
    ['workloads that keep apart', '!binding.apart?.has(cluster.name)', 'true'],
  ],
  'src/preview/private/filter/filter.ts': [
    ['a cluster that is leaving', 'if (cluster.deleting) return false;', ''],
    ['no cluster that fits', 'const reasons = [...counts].map', 'const reasons = [...counts].slice(1).map'],
  ],
  'src/preview/private/schedule.ts': [
    ['groups of affinities', 'names.slice(begin)', 'names.slice(-1)'],
    ['a later group of affinities', 'names.slice(begin)', 'names.slice(begin, begin + 1)'],
    ['overflow', 'overflows(binding) ? assignTiers : assign', 'assign'],
    [
      'selected clusters without a replica get the object',
      'state.flags.emptyWorkloads ? withEmpty(assigned, selected) : assigned',
      'assigned',
    ],
    [
      'selected clusters without a replica get nothing',
      'state.flags.emptyWorkloads ? withEmpty(assigned, selected) : assigned',
      'withEmpty(assigned, selected)',
    ],
  ],
  'src/preview/private/place.ts': [
    ['a scheduler of another name', 'schedulerName !== surroundings.schedulerName', 'false'],
    ['scheduling that is suspended', 'existing?.spec?.suspension?.scheduling === true', 'false'],
    [
      'an object that is placed already',
      'afterEviction(existing, clusters) : steadyState(existing)',
      'afterEviction(undefined, clusters) : steadyState(undefined)',
    ],
  ],
  'src/preview/private/select.ts': [
    [
      'fixed weights, which leave spread constraints out',
      'constraints.length === 0 || ignoresSpread(binding.placement)',
      'constraints.length === 0',
    ],
    ['spread by cluster', 'candidates.slice(0, count)', 'candidates.slice(0, count + 1)'],
    ['spread without maxGroups', 'constraint?.maxGroups ?? 0', 'constraint?.maxGroups ?? 99'],
  ],
  'src/preview/private/select-by-region.ts': [
    [
      'spread by region, copied',
      '1000 * whole.length + Math.floor(sumScores(whole) / whole.length)',
      'whole.length % 2',
    ],
    ['spread by region, divided', 'isDivided(binding.placement)', 'false'],
  ],
  'src/preview/private/assign.ts': [
    ['a whole copy for each cluster', 'replicas: need.replicas }));', 'replicas: 1 }));'],
    ['fixed weights', 'Math.max(most, each.weight)', 'Math.max(most, 1)'],
    [
      'equal weights',
      'weights.map((each) => ({ ...each, replicas: 1 }))',
      'weights.map((each, index) => ({ ...each, replicas: index + 1 }))',
    ],
    ['weights by capacity', 'dynamic(binding, selected, tie, false)', 'dynamic(binding, selected, tie, true)'],
    ['the fewest clusters', 'dynamic(binding, selected, tie, true)', 'dynamic(binding, selected, tie, false)'],
    ['a workload of no replica', '.filter((target) => target.replicas > 0);', ';'],
    ['scaled up', 'target: replicas - assigned, weights, kept: previous', 'target: replicas, weights, kept: []'],
    ['scaled down', 'if (assigned > replicas) {', 'if (false) {'],
    [
      'as many as before',
      'if (!binding.fresh && sumReplicas(previous) === binding.need.replicas) return previous;',
      '',
    ],
    ['distributed from scratch', 'if (binding.fresh) {', 'if (false) {'],
    ['capacity that does not suffice', 'if (available < split.target) throw notEnough(split.step, available);', ''],
  ],
  'src/preview/private/webster.ts': [['shares of replicas', 'votes / (2 * seats + 1)', 'votes / (seats + 1)']],
  'src/preview/private/estimate.ts': [
    ['capacity in pods', 'if (need.request === undefined) return pods;', 'if (need.request === undefined) return 3n;'],
    [
      'capacity by resource models',
      'flags.resourceModels ? modelEstimate(cluster, need.request) : undefined',
      'undefined',
    ],
    ['components that go to several clusters', 'replicas > 0 || components.length > 0', 'replicas > 0'],
    ['a cluster that does not tell its capacity', 'if (!summary) return 0n;', 'if (!summary) return 99n;'],
  ],
  'src/preview/private/revise-replicas.ts': [
    ['replicas of a cluster', 'manifest.spec.replicas = replicas', 'manifest.spec.replicas = 1'],
    ['parallelism of a cluster', 'manifest.spec.parallelism = replicas', 'manifest.spec.parallelism = 1'],
  ],
  'src/preview/private/overrides.ts': [
    ['an OverridePolicy', "policies.filter((policy) => policy.kind === 'OverridePolicy')", '[]'],
    ['a ClusterOverridePolicy', "policies.filter((policy) => policy.kind === 'ClusterOverridePolicy')", '[]'],
    [
      'several override policies',
      'a.fit - b.fit || byName(a.policy.metadata.name, b.policy.metadata.name)',
      'byName(b.policy.metadata.name, a.policy.metadata.name)',
    ],
    [
      'an override of one target without rules',
      'overrideRules?.length > 0 ? overrideRules : [{ targetCluster, overriders }]',
      'overrideRules ?? []',
    ],
  ],
  'src/preview/private/overriders.ts': [
    ['plaintext', 'overriders.plaintext ?? []', '[]'],
    ['a document in a field, as JSON', ': patchRawJson(text, operations);', ': text;'],
    ['a document in a field, as YAML', 'inYaml ? patchYaml(text, operations)', 'inYaml ? text'],
    ['an image by its path', 'if (!item.predicate) {', 'if (true) {'],
    ['the command of containers', "overrideList(object, 'command', item)", 'undefined'],
    ['the arguments of containers', "overrideList(object, 'args', item)", 'undefined'],
    ['labels', "overrideMap(object.metadata, 'labels', item)", 'undefined'],
    ['annotations', "overrideMap(object.metadata, 'annotations', item)", 'undefined'],
  ],
  'src/preview/private/image.ts': [
    ['the registry of images', "registry: isRegistry ? first : ''", "registry: ''"],
    ['the repository of images', 'repository: image.repository + value', 'repository: value'],
    ['the tag of images', "{ ...image, tag: text, digest: '' }", 'image'],
  ],
  'src/preview/private/prune.ts': [
    ['what only a Job on Karmada has', "drop(spec, ['ttlSecondsAfterFinished']);", ''],
    ['what only a Service on Karmada has', "drop(spec, ['clusterIP', 'clusterIPs'])", 'undefined'],
    ['what only a ServiceAccount on Karmada has', 'secrets.splice(index, 1)', 'undefined'],
    ['a token of a ServiceAccount', 'manifest.data = null;', ''],
    [
      'the node that a PersistentVolumeClaim was bound on',
      "drop(metadata.annotations, ['volume.kubernetes.io/selected-node']);",
      '',
    ],
  ],
};

/** Every mutation: { rule, file, find, replace }. */
export const MUTATIONS = Object.entries(BY_FILE).flatMap(([file, found]) =>
  found.map(([rule, find, replace]) => ({ rule, file, find, replace })),
);
