/** A complaint of kube-score that is not followed, and why. */
export interface Complaint {
  /** The check and its words. */
  readonly what: RegExp;
  /** Output, object and container; any when left out. */
  readonly where?: RegExp;
  /** It is about workloads of the examples, which are as short as they can be. @default false */
  readonly ofUsers?: boolean;
  readonly why: string;
}

const SHORT = 'an example shows one thing: what its user would add for production is not ours to choose';

export const COMPLAINTS: readonly Complaint[] = [
  {
    what: /^container-resources: (CPU|Memory) limit is not set/,
    why: 'a control plane should get slow before it stops; `resources` of a component takes limits',
  },
  {
    what: /^container-image-pull-policy: /,
    why: 'every tag is that of a release, so a pull would bring the same; a node whose registry is away can still start a pod',
  },
  {
    what: /^container-ephemeral-storage-request-and-limit: /,
    why: 'the root file system is read-only and the scratch folders are small; with a limit the host would evict a control plane',
  },
  {
    what: /^pod-networkpolicy: The pod does not have a matching egress NetworkPolicy/,
    why: 'members, their webhooks and who vouches for people may be anywhere; who may connect to a pod is restricted for each',
  },
  {
    what: /^pod-networkpolicy: The pod does not have a matching NetworkPolicy/,
    where: /CronJob\/etcd-backup/,
    why: 'it listens to nothing',
  },
  {
    what: /^pod-networkpolicy: The pod does not have a matching NetworkPolicy/,
    where: /^agent: Deployment\/karmada-agent/,
    why: 'who reads its metrics is for the member to say, whose rules are not ours; it serves nothing else',
  },
  {
    what: /^pod-probes-identical: Container has the same readiness and liveness probe/,
    why: 'the binaries of Karmada answer at one path for both',
  },
  { ofUsers: true, what: /^container-(resources|ephemeral-storage-request-and-limit|image-pull-policy): /, why: SHORT },
  { ofUsers: true, what: /^container-security-context-(user-group-id|readonlyrootfilesystem): /, why: SHORT },
  { ofUsers: true, what: /^pod-(networkpolicy|probes): /, why: SHORT },
  { ofUsers: true, what: /^deployment-has-(host-podantiaffinity|poddisruptionbudget): /, why: SHORT },
];
