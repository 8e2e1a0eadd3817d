/**
 * The annotations and labels by which the library tells the command what it needs to know. The command strips all of
 * `cdk8s-karmada.io/*` and `config.kubernetes.io/depends-on` before it sends or renders an object; on an ApplySet parent
 * they stay.
 */

/** On an ApplySet parent: `host` or `karmada`. */
export const TARGET = 'cdk8s-karmada.io/target';
/** On an ApplySet parent: the name of the instance. */
export const INSTANCE = 'cdk8s-karmada.io/instance';
/** On an ApplySet parent: Karmada's version. */
export const VERSION = 'cdk8s-karmada.io/version';
/** On an ApplySet parent: construct path of the chart. */
export const CHART = 'cdk8s-karmada.io/chart';
/** On the ApplySet parent of an instance: what happens to the control plane when it leaves the code. */
export const DELETION = 'cdk8s-karmada.io/deletion';
/** On the ApplySet parent of an instance, on its host: since when nobody looks after the control plane, which was retained; in RFC 3339. */
export const RETAINED = 'cdk8s-karmada.io/retained';
/** On the ApplySet parent of an instance's own chart on Karmada: where the definitions of Karmada's kinds come from. */
export const CRDS = 'cdk8s-karmada.io/crds';
/** On the ApplySet parent of an instance's own chart on Karmada: how members in pull mode come in. */
export const PULL_MODE = 'cdk8s-karmada.io/pull-mode';
/** On the ApplySet parent of an instance: what people call it. */
export const ALIAS = 'cdk8s-karmada.io/alias';
/** On every object: its construct path. */
export const PATH = 'cdk8s-karmada.io/path';
/** On every object: the wave that it is applied in, `0` to `8`. */
export const WAVE = 'cdk8s-karmada.io/wave';
/** On an object that several charts hold in the same words: applied when it is missing, in no inventory, never pruned. */
export const SHARED = 'cdk8s-karmada.io/shared';
/** On an object: which findings of it are fine, and why, as JSON from code to reason. */
export const ACKNOWLEDGED = 'cdk8s-karmada.io/acknowledged';
/** On an object with a CA bundle: the Secret of the authority whose certificate the command fills in. */
export const INJECT_CA = 'cdk8s-karmada.io/inject-ca';
/** On a Secret: where the command finds each value, as JSON from key to place. */
export const SECRET_VALUES = 'cdk8s-karmada.io/secret-values';
/** On a Cluster: it is a part of one that others joined, so it does not say how. */
export const JOINED = 'cdk8s-karmada.io/joined';
/** On an object: when it is ready: `skip`, `started`, `address`, or tests as JSON. */
export const READY = 'cdk8s-karmada.io/ready';
/** On an object: how many seconds it may take to be ready. */
export const READY_TIMEOUT = 'cdk8s-karmada.io/ready-timeout';
/** On an object: `allowed` when it may be deleted and made anew where a field of it cannot be changed. */
export const REPLACE = 'cdk8s-karmada.io/replace';
/** On what `fleet pull` recorded: when it was read from Karmada, in RFC 3339. */
export const AS_OF = 'cdk8s-karmada.io/as-of';
/** On an object: those that have to be applied before it, comma separated (kpt's annotation and its format). */
export const DEPENDS_ON = 'config.kubernetes.io/depends-on';

/** Helm's own: on an object that it applies before or after the others of a release. */
export const HELM_HOOK_KEY = 'helm.sh/hook';

/** ApplySet's own (KEP-3659). */
export const APPLY_SET_ID = 'applyset.kubernetes.io/id';
/** ApplySet's own: on a member, the ID of its set. */
export const PART_OF = 'applyset.kubernetes.io/part-of';

/** Namespace of ApplySet parents on Karmada. */
export const KARMADA_PARENT_NAMESPACE = 'cdk8s-karmada';
