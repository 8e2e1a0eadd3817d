import { Admission } from '../../admission/admission';
import { assumptionsOf } from '../../admission/command-lines';
import { keyOf } from '../../core/object-key';
import { PART_OF } from '../../core/private/keys';
import { troubles } from '../../core/private/trouble';
import { isCluster } from '../fleet';
import type { PreviewProps } from '../preview-props';
import { surroundings } from './assume';
import { Claims, steersKarmada } from './claim';
import type { World } from './decide';
import { type FailoverFlags, failoverFlags } from './failover-flags';
import { flatten, readInput } from './input';
import { bindingsByResource, customizedKinds } from './known-objects';
import { Overrides } from './overrides';
import { heldForm, storedForm } from './stored-form';
import { templateTroubles } from './template-troubles';
import { readUids, resourceText } from './uids';

/** Everything that is there before Karmada decides. */
export interface Scene {
  readonly world: World;
  /** The objects of the input, as Karmada stores them. */
  readonly objects: readonly any[];
  /** Those of them that are sent out. */
  readonly templates: readonly any[];
  /** The objects of the input by {@link resourceText}: made when something asks for one. */
  own(): ReadonlySet<string>;
  /** Propagation policies of the input. */
  readonly propagating: readonly any[];
  /** Override policies of the input. */
  readonly overriding: readonly any[];
  /** The objects of the input, and other people's. */
  readonly known: readonly any[];
  readonly overrides: Overrides;
  /** What Karmada's components are told about failures. Throws when a flag is none. */
  flags(): FailoverFlags;
}

/** Reads what is given. Throws for everything that is wrong with it. */
export function scene(props: PreviewProps): Scene {
  const { objects: given, host, version, sets } = readInput(props.manifests, props.instance);
  const assume = [...assumptionsOf(host, version), ...(props.assume ?? [])];
  const state = surroundings(assume, version);
  const admission = Admission.of({ version, assume });
  const objects = storedForm(given, admission);
  // what came from this code, and is in it no more, goes when it is applied
  const isOthers = ({ metadata }: any) => !sets.has(metadata?.labels?.[PART_OF]);
  const others = heldForm(flatten(props.existing ?? []).filter(isOthers), admission);
  const templates = objects.filter((object) => !steersKarmada(object));
  const wrong = templates.flatMap(templateTroubles);
  if (wrong.length > 0) throw troubles(wrong);
  let texts: ReadonlySet<string> | undefined;
  const own = () => {
    texts ??= new Set(objects.map((object) => resourceText(keyOf(object))));
    return texts;
  };
  const rest = others.filter((object) => !own().has(resourceText(keyOf(object))));
  const known = [...objects, ...rest];
  const propagating = policiesOf(objects, 'PropagationPolicy');
  const overriding = policiesOf(objects, 'OverridePolicy');
  const overridePolicies = [...overriding, ...policiesOf(rest, 'OverridePolicy')];
  const world = {
    claims: new Claims([...propagating, ...policiesOf(rest, 'PropagationPolicy')], state),
    clusters: props.fleet._facts(objects.filter(isCluster)),
    surroundings: state,
    bindings: bindingsByResource(props.bindings ?? []),
    uids: readUids(props.uids ?? {}, templates.map(keyOf)),
    customized: customizedKinds(known),
    overrideNames: new Set(overridePolicies.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)),
  };
  const overrides = new Overrides(overridePolicies);
  const flags = () => failoverFlags(assume, version);
  return { world, objects, templates, own, propagating, overriding, known, overrides, flags };
}

/** The policies of a kind, and those of the same kind for the whole Karmada. */
export function policiesOf(objects: readonly any[], kind: string): any[] {
  return objects.filter((object) => object.kind.endsWith(kind) && object.apiVersion.startsWith('policy.karmada.io/'));
}
