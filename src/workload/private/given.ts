import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { adoptionTroubles, withoutAllocated, withoutServerFields } from '../../core/private/running-object';
import { type Trouble, troubles } from '../../core/private/trouble';
import type { MulticloudResourceOptions } from '../multicloud-resource';
import type { AdoptProps, MulticloudYamlProps } from '../multicloud-yaml';
import { adoptionOptions } from './adoption';
import { manifestsIn } from './manifest-text';
import type { Draft } from './resource';
import { literalSecretTroubles } from './secret-data';

/** API version and kind that a construct stands for. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The id of a construct that is made for an object which something else made: it stands right below it. */
export const GIVEN = 'Multicloud';

/** What something else makes, as a draft and as it was given; where the text is wrong, there is no object. */
interface Given {
  readonly draft: Draft;
  readonly manifest?: any;
}

const GIVENS = new WeakMap<object, Given>();

/**
 * The draft that came with the props: the constructor of every Multicloud construct asks for it before it makes one of its
 * own, which is how `of`, `fromYaml` and `adopt` are written:
 *
 * ```
 * const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
 *
 * public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudDeployment {
 *   return new MulticloudDeployment(construct as Construct, GIVEN, existing(construct, options, DEPLOYMENT));
 * }
 * public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudDeployment {
 *   return new MulticloudDeployment(scope, id, fromYaml(props, DEPLOYMENT));
 * }
 * public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudDeployment {
 *   return new MulticloudDeployment(scope, id, adopted(props, DEPLOYMENT));
 * }
 * constructor(scope: Construct, id: string, props: MulticloudDeploymentProps) {
 *   super(scope, id, props, draftIn(props) ?? draft(props.name ?? id.toLowerCase(), props));
 * }
 * ```
 *
 * What the construct refuses in its own props goes into `check`, which finds it in the object as it was given.
 */
export function draftIn(props: object, check: (manifest: any) => readonly Trouble[] = () => []): Draft | undefined {
  const given = GIVENS.get(props);
  if (given?.manifest === undefined) return given?.draft;
  return { ...given.draft, troubles: [...given.draft.troubles, ...check(given.manifest)] };
}

/**
 * Props for an object that something else makes: it stays where it is.
 *
 * @throws if there is no object of the type behind the construct, or policies were made for it already
 */
export function existing(construct: IConstruct, options: MulticloudResourceOptions, type?: ObjectType): any {
  const object = objectOf(construct);
  const at = construct.node.path;
  if (!object) {
    throw troubles([
      {
        what: 'there is no one Kubernetes object behind this construct',
        at,
        fix: 'give the object itself, or a construct whose default child it is; MulticloudGroup takes constructs with several',
      },
    ]);
  }
  const manifest = object.toJson();
  const found = [...typeTroubles(object, type), ...literalSecretTroubles(manifest)];
  if (construct.node.tryFindChild(GIVEN)) {
    found.push({ what: `${object.kind} ${object.name} is sent out already`, fix: 'send it out once' });
  }
  if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at })));
  const { apiVersion, kind, name } = object;
  return withDraft(options, { draft: { apiVersion, kind, name, object, troubles: [] }, manifest });
}

/** Props for the one object in a text. What is wrong with the text is said by the construct, which knows its path. */
export function fromYaml(props: MulticloudYamlProps, type?: ObjectType): any {
  return withDraft(props, drafted(props.yaml, '`yaml`', type));
}

/** Props for a workload that runs on a member cluster already, as the text says that it is there. */
export function adopted(props: AdoptProps, type?: ObjectType): any {
  const given = drafted(props.manifest, '`manifest`', type, (manifest) => adoptionTroubles(manifest));
  return withDraft(adoptionOptions(props), given);
}

/** The object behind a construct, if there is one. */
function objectOf(construct: IConstruct): ApiObject | undefined {
  let found: IConstruct | undefined = construct;
  while (found && !ApiObject.isApiObject(found)) found = found.node.defaultChild;
  return found;
}

function withDraft(options: MulticloudResourceOptions, given: Given): any {
  const props = { ...options };
  GIVENS.set(props, given);
  return props;
}

function drafted(text: string, prop: string, type?: ObjectType, check?: (manifest: any) => readonly Trouble[]): Given {
  const { manifests, troubles: found } = manifestsIn(text, prop);
  const wrong = [...found];
  if (wrong.length === 0 && manifests.length !== 1) {
    const kinds = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ') || 'nothing';
    wrong.push({
      what: `${prop} holds ${manifests.length} objects, and one is needed: ${kinds}`,
      fix: 'give each its own construct, or all of them to MulticloudGroup.fromYaml',
    });
  }
  if (wrong.length > 0) return { draft: { apiVersion: '', kind: '', name: '', troubles: wrong } };
  const [given] = manifests;
  const { apiVersion, kind, metadata, ...body } = check
    ? withoutAllocated(withoutServerFields(given))
    : withoutServerFields(given);
  const doubts = [...typeTroubles(given, type), ...literalSecretTroubles(given), ...(check?.(given) ?? [])];
  const draft = { apiVersion, kind, name: metadata.name, metadata, body: () => body, troubles: doubts };
  return { draft, manifest: given };
}

function typeTroubles({ apiVersion, kind }: ObjectType, type: ObjectType = { apiVersion, kind }): Trouble[] {
  if (apiVersion === type.apiVersion && kind === type.kind) return [];
  return [
    {
      what: `${type.apiVersion} ${type.kind} is needed, got ${apiVersion} ${kind}`,
      fix: `give ${type.apiVersion} ${type.kind}, or use MulticloudObject, which takes every kind`,
    },
  ];
}
