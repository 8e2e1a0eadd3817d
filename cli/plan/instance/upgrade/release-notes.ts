/** Something that a person who upgrades has to know. */
export interface ReleaseNote {
  /** The minor release that brings it, such as `v1.18`. */
  readonly since: string;
  /** Upstream calls it urgent, or it stops something that worked. */
  readonly urgent: boolean;
  readonly what: string;
  /** What to do about it. @default - nothing */
  readonly todo?: string;
  readonly see: string;
}

const pull = (number: number) => `https://github.com/karmada-io/karmada/pull/${number}`;

/**
 * What changes for those who run a control plane, by docs/CHANGELOG of Karmada v1.18.2. The section on urgent notes of
 * v1.16.0 and v1.17.0 is empty.
 */
export const RELEASE_NOTES: readonly ReleaseNote[] = [
  {
    since: 'v1.17',
    urgent: true,
    what: 'the webhook refuses policies whose resourceSelectors name another namespace than their own',
    todo: 'correct such policies first: they stay as they are, and are refused when they are next written',
    see: pull(7176),
  },
  {
    since: 'v1.17',
    urgent: false,
    what: 'karmada-controller-manager warns about --cluster-lease-duration and --cluster-lease-renew-interval-fraction, which v1.18 no longer has',
    todo: 'take them out of extraArgs',
    see: pull(7126),
  },
  {
    since: 'v1.17',
    urgent: false,
    what: 'ControllerPriorityQueue is on: after a restart new changes are worked on before what is there already',
    see: pull(7200),
  },
  {
    since: 'v1.17',
    urgent: false,
    what: 'the API server and kube-controller-manager are Kubernetes v1.35, etcd is 3.6.6',
    see: pull(7229),
  },
  {
    since: 'v1.18',
    urgent: true,
    what: 'karmada-controller-manager no longer has --cluster-lease-duration and --cluster-lease-renew-interval-fraction: with them it does not start',
    todo: 'take them out of extraArgs; synth refuses them',
    see: pull(7271),
  },
  {
    since: 'v1.18',
    urgent: true,
    what: 'the webhook refuses Lt and Gt in spec.placement.clusterTolerations',
    todo: 'correct such policies first: they stay as they are, and are refused when they are next written',
    see: pull(7272),
  },
  {
    since: 'v1.18',
    urgent: true,
    what: 'the webhook refuses a fieldOverrider that has neither json nor yaml',
    todo: 'take such overriders out: they never changed anything',
    see: pull(7365),
  },
  {
    since: 'v1.18',
    urgent: true,
    what: 'a cluster of several zones matches a zone affinity when one of its zones does; before, all of them had to',
    todo: 'look at policies that select zones: more clusters may match them',
    see: pull(6431),
  },
  {
    since: 'v1.18',
    urgent: true,
    what: 'metrics no longer have the labels cluster and cluster_name; the label is member_cluster',
    todo: 'change dashboards and alerts',
    see: pull(7258),
  },
  {
    since: 'v1.18',
    urgent: false,
    what: 'metrics of the estimator no longer have the value Estimator for estimating_plugin_extension_point',
    todo: 'change dashboards and alerts',
    see: pull(7571),
  },
  {
    since: 'v1.18',
    urgent: false,
    what: 'the scheduler and its estimators speak a newer form of their protocol, and still understand the older one',
    see: pull(7298),
  },
  {
    since: 'v1.18',
    urgent: false,
    what: 'upstream asks for v1.17.3 or later first, for the chart of karmada-operator only: this instance has no operator',
    see: pull(7457),
  },
];
