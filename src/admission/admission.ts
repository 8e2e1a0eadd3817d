import type { Finding } from '../core/finding';
import type { KarmadaVersion } from '../core/karmada-version';
import { suggestion } from '../core/private/suggestion';
import { KINDS, schemaOf } from '../schema/kinds';
import { Assumptions } from './assumptions';
import { admitCluster } from './cluster';
import * as codes from './codes';
import { admitCustomResource } from './custom-resource';
import { storedMetadata } from './metadata';
import { Refusals, shown } from './refusals';
import { isObject } from './schema/schema-keys';
import { objectMeta } from './wire/object-meta';

/** What the control plane is like that an object is reviewed for. */
export interface AdmissionProps {
  /**
   * The release that runs there: it decides which feature gates there are, which fields, and which rules the webhooks have. A
   * newer one than the library knows is taken for the newest that it knows.
   *
   * @default KarmadaVersion.V1_18
   */
  readonly version?: KarmadaVersion;

  /**
   * What differs from the defaults of Karmada's components, as `[<component>.]<flag>=<value>`: `feature-gates` and the flags
   * that change what Karmada admits or decides. Without a component it holds for each one that has the flag.
   *
   * @default - every flag and feature gate as Karmada sets it by itself
   */
  readonly assume?: string[];
}

/** Karmada's answer to one object. */
export interface AdmissionVerdict {
  /** Would Karmada's API server take the object? */
  readonly admitted: boolean;
  /**
   * The object as the server would store it: defaults filled in, webhooks applied, without status, without what only the server
   * writes and without Karmada's own label. `null` when the object is refused, and for kinds that are not Karmada's.
   */
  readonly stored: any;
  /** Why it is refused, everything at once; of an object that is admitted, what a later release would refuse, as warnings. */
  readonly findings: Finding[];
}

/**
 * Says what Karmada's API server would answer to an object, without a server: its schema, its defaults, its mutating and its
 * validating webhooks, in the order in which the server asks them.
 *
 * Rules that need other objects are not part of it: two ResourceInterpreterCustomizations for one kind, an update of a field
 * that cannot change.
 *
 * @see https://github.com/karmada-io/karmada/tree/v1.18.2/pkg/webhook
 * @example
 * import { Admission } from 'cdk8s-karmada';
 *
 * const verdict = Admission.of().review({
 *   apiVersion: 'policy.karmada.io/v1alpha1',
 *   kind: 'PropagationPolicy',
 *   metadata: { name: 'web' },
 *   spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }] },
 * });
 * verdict.stored.spec.conflictResolution; // 'Abort'
 */
export class Admission {
  /**
   * The admission of one control plane.
   *
   * @throws when an assumption is not of the form `[<component>.]<flag>=<value>` or names something unknown
   */
  public static of(props: AdmissionProps = {}): Admission {
    return new Admission(Assumptions.parse(props.assume ?? [], props.version));
  }

  private constructor(private readonly assumptions: Assumptions) {}

  /**
   * Reviews the creation of one object.
   *
   * @param manifest an object as YAML or JSON holds it; it is not changed
   */
  public review(manifest: any): AdmissionVerdict {
    const refusals = new Refusals(this.assumptions.version);
    const stored = this.admit(manifest, refusals);
    if (refusals.any) return { admitted: false, stored: null, findings: refusals.findings };
    return { admitted: true, stored: stored ?? null, findings: refusals.findings };
  }

  private admit(manifest: any, refusals: Refusals): any {
    if (!isObject(manifest)) {
      refusals.wrongType('', manifest, 'an object with apiVersion, kind and metadata');
      return undefined;
    }
    for (const name of ['apiVersion', 'kind']) {
      if (manifest[name] === undefined || manifest[name] === null) refusals.missing(name);
      else if (typeof manifest[name] !== 'string') refusals.wrongType(name, manifest[name], 'text');
    }
    if (refusals.any) return undefined;
    return this.admitObject(manifest, refusals);
  }

  private admitObject(manifest: any, refusals: Refusals): any {
    const served = schemaOf(manifest.apiVersion, manifest.kind);
    if (!served) {
      refuseUnknownKind(manifest, refusals);
      return undefined;
    }
    const metadata = objectMeta.decode(manifest.metadata ?? {}, 'metadata', refusals);
    metadata.namespace = served.namespaced ? metadata.namespace || 'default' : '';
    const object = served.aggregated
      ? admitCluster(manifest, metadata, this.assumptions, refusals)
      : admitCustomResource(manifest, served, metadata, this.assumptions, refusals);
    if (!object) return undefined;
    const { apiVersion, kind, metadata: _, ...rest } = object;
    return { apiVersion, kind, metadata: storedMetadata(objectMeta.encode(metadata)), ...rest };
  }
}

/** Most objects are of none of these: they are not looked for among the kinds. */
const GROUPS = new Set(KINDS.map(({ group }) => group));

/** Kinds of other API groups are not Karmada's to check; a wrong kind or version in its own groups is a mistake. */
function refuseUnknownKind({ apiVersion, kind }: any, refusals: Refusals): void {
  const group = String(apiVersion).split('/')[0];
  if (!GROUPS.has(group)) return;
  const known = KINDS.filter((facts) => facts.group === group);
  const names = known.map((facts) => facts.names.kind);
  const found = known.find((facts) => facts.names.kind === kind);
  if (!found) {
    const message = `Karmada serves no kind ${shown(kind)} in ${group}: ${suggestion(String(kind), names, 'kinds')}`;
    refusals.add(codes.UNKNOWN_KIND, 'kind', message, 'correct kind or apiVersion');
    return;
  }
  const served = found.versions.filter((version) => version.served).map(({ name }) => `${group}/${name}`);
  refusals.add(
    codes.UNKNOWN_KIND,
    'apiVersion',
    `Karmada serves ${kind} as ${served.join(' and ')}, not as ${shown(apiVersion)}`,
    `set apiVersion to ${served[served.length - 1]}`,
  );
}
