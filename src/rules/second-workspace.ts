import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { InputRule } from './rule';

/** What `Workspace` calls its bindings. */
const BINDING = /^workspace-(.+)-(?:view|edit|admin)$/;

export const SECOND_WORKSPACE: InputRule = {
  code: 'MC106',
  level: FindingLevel.WARNING,
  title: 'a namespace of two workspaces',
  why: 'Who may do what in a namespace is what all its RoleBindings say together. Two workspaces for one namespace let the people of each into what is meant for the other.',
  fix: 'give each namespace to one workspace',
  check: (objects) => {
    const owners = new Map<string, { readonly name: string; readonly binding: any }>();
    return objects.ofKind('rbac.authorization.k8s.io/RoleBinding').flatMap((binding) => {
      const { name, namespace } = binding.metadata;
      const [, workspace] = BINDING.exec(name) ?? [];
      if (workspace === undefined) return [];
      const owner = owners.get(namespace) ?? { name: workspace, binding };
      owners.set(namespace, owner);
      if (owner.name === workspace) return [];
      const message = `the namespace is of the workspace "${owner.name}" already (${keyText(keyOf(owner.binding))})`;
      return [{ object: binding, path: 'metadata.namespace', message }];
    });
  },
};
