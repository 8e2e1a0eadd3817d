import { permissionLines } from '../../permission';
import { type Check, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';

/** Who installs may do so. */
export const PERMISSIONS: Check<HostSnapshot> = {
  id: 'permissions',
  title: 'these credentials may install the instance',
  why: 'What apply is not allowed to write is refused before its first write, and what it may not read it cannot wait for.',
  fix: 'have somebody apply the roles that `cdk8s-karmada plan --rbac` prints, or use other credentials',
  see: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  look: ({ lacking }) =>
    whenSeen(lacking, (permissions) => {
      if (!permissions.length) return [{ state: 'ok', cause: 'nothing is lacking' }];
      return permissionLines(permissions).map((line) => ({ state: 'fails', cause: `they may not ${line}` }));
    }),
};
