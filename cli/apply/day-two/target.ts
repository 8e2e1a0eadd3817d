import { groupOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { type Answer, answerText, classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { Named } from '../../plan/day-two/named';
import { bindingName } from '../../plan/readiness/binding-name';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { Discovery, type Resource } from '../discovery';
import { get } from '../live';

/** An object that a person named, as the server has it. */
export interface Target {
  readonly key: ObjectKey;
  readonly resource: Resource;
  readonly live: any;
}

/** Finds objects; throws with all that are not there, or whose name fits several kinds. */
export async function findTargets(
  server: ApiServer,
  named: readonly Named[],
  patience: Patience,
  discovery?: Discovery,
): Promise<Target[]> {
  const kinds = discovery ?? (await Discovery.read(server, patience));
  const wrong: Trouble[] = [];
  const wanted = named.flatMap((each) => {
    const found = resolve(kinds, each, server);
    if ('key' in found) return [found];
    wrong.push(found);
    return [];
  });
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
  const targets = await Promise.all(
    wanted.map(async ({ key, resource }) => {
      const found = await get(server, { key, resource }, patience);
      if ('refused' in found) throw notAllowed(server, key, found.refused);
      if (found.live === undefined) wrong.push(absent(server, key));
      return { key, resource, live: { apiVersion: key.apiVersion, kind: key.kind, ...found.live } };
    }),
  );
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
  return targets;
}

type Address = Omit<Target, 'live'>;

function resolve(kinds: Discovery, { kind, group, namespace, name }: Named, server: ApiServer): Address | Trouble {
  const fits = kinds.listable.filter(
    (each) =>
      [each.kind.toLowerCase(), each.resource.plural].includes(kind.toLowerCase()) &&
      (group === undefined || groupOf(each.apiVersion) === group),
  );
  const text = [group === undefined ? kind : `${kind}.${group}`, namespace, name].filter(Boolean).join('/');
  if (!fits.length) {
    const fix = 'check its spelling; with a group it is Kind.group/namespace/name';
    return { what: `${server.plane} serves no kind ${text.split('/')[0]}`, at: server.url, fix };
  }
  if (fits.length > 1) {
    const names = fits.map((each) => `${each.kind}.${groupOf(each.apiVersion) || 'core'}`).join(', ');
    return { what: `"${text}" fits several kinds: ${names}`, fix: 'write Kind.group/namespace/name' };
  }
  const [{ apiVersion, resource, kind: exact }] = fits;
  if (resource.namespaced && !namespace) {
    return { what: `"${text}" says no namespace`, fix: `write ${exact}/<namespace>/${name}` };
  }
  if (!resource.namespaced && namespace) {
    return { what: `"${text}" says a namespace, and a ${exact} has none`, fix: `write ${exact}/${name}` };
  }
  return { key: { apiVersion, kind: exact, namespace, name }, resource };
}

function absent({ plane, url, name }: ApiServer, key: ObjectKey): Trouble {
  const fix = 'check the name: `cdk8s-karmada workload list` shows what there is';
  return { what: `there is no ${keyText(key)} on ${plane}`, at: [name, url].filter(Boolean).join(', '), fix };
}

/** What a server did not let happen. */
export function notAllowed(server: ApiServer, key: ObjectKey, answer: Answer): CommandError {
  const denied = classify(answer) === 'forbidden';
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `${keyText(key)}: ${answerText(key, answer)}`,
      at: server.url,
      fix: denied ? 'use credentials that may' : 'correct what the server says',
    },
  ]);
}

const WORK_GROUP = 'work.karmada.io/v1alpha2';

/** Where a template is to go, as Karmada has decided; undefined where it has not. */
export async function bindingOf(server: ApiServer, { key, resource }: Target, patience: Patience): Promise<any> {
  const { namespaced } = resource;
  const kind = namespaced ? 'ResourceBinding' : 'ClusterResourceBinding';
  const wanted = { apiVersion: WORK_GROUP, kind, namespace: key.namespace, name: bindingName(key) };
  const plural = `${kind.toLowerCase()}s`;
  const found = await get(server, { key: wanted, resource: { plural, namespaced } }, patience);
  if ('refused' in found) throw notAllowed(server, wanted, found.refused);
  return found.live && { apiVersion: WORK_GROUP, kind, ...found.live };
}
