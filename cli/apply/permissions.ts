import type { Permission } from '../plan/permission';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';

const API = 'authorization.k8s.io/v1';

/**
 * Those of the permissions that these credentials lack: the rules of each namespace are read as a whole, and what they
 * do not show is asked one by one. What a server does not answer is taken to be allowed: it will say so itself.
 */
export async function lackingPermissions(
  server: ApiServer,
  permissions: readonly Permission[],
  window: number,
  patience: Patience,
): Promise<Permission[]> {
  const rules = new Map<string, readonly any[]>();
  const namespaces = [...new Set(permissions.map(({ namespace }) => namespace))].filter((each) => each !== '');
  await inWindow(window, namespaces, async (namespace) => {
    const status = await review(server, API, 'SelfSubjectRulesReview', { namespace }, patience);
    rules.set(namespace, status?.resourceRules ?? []);
  });
  const open = permissions.filter((each) => !(rules.get(each.namespace) ?? []).some((rule) => covers(rule, each)));
  const lacking = new Set<Permission>();
  await inWindow(window, open, async (each) => {
    const { group, resource, namespace, verb, name } = each;
    const resourceAttributes = {
      group,
      resource,
      verb,
      ...(namespace ? { namespace } : {}),
      ...(name ? { name } : {}),
    };
    const status = await review(server, API, 'SelfSubjectAccessReview', { resourceAttributes }, patience);
    if (status && !status.allowed) lacking.add(each);
  });
  return permissions.filter((each) => lacking.has(each));
}

/** The status of a review; undefined where the server has none. */
export async function review(
  server: ApiServer,
  apiVersion: string,
  kind: string,
  spec: any,
  patience: Patience,
): Promise<any> {
  const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`;
  const body = { apiVersion, kind, spec };
  const response = await attempt(server, { method: 'POST', path, body }, patience);
  return response.status === 201 ? response.body?.status : undefined;
}

function covers(rule: any, { group, resource, verb, name }: Permission): boolean {
  const has = (list: string[] | undefined, value: string) => list?.includes('*') || list?.includes(value);
  const named = !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name));
  return named && has(rule.apiGroups, group) && has(rule.resources, resource) && has(rule.verbs, verb);
}
