import { version } from '../../package.json';
import { Preparation } from '../apply/preparation';
import { withKnownSecretValues } from '../apply/secret-values';
import { setPermissions } from '../apply/set-permissions';
import { CommandError, ExitCode } from '../plan/command-error';
import { rolesOf, type Subject } from '../plan/roles';
import { rolesText } from '../render/roles-text';
import type { Context } from './context';
import { secretReader } from './secret-reader';
import { readRun, type ServerOptions, withServers } from './servers';

export interface PlanRbacOptions extends ServerOptions {
  readonly empty?: boolean;
  /** True without a subject. */
  readonly rbac: string | true;
}

/** Prints the roles that applying the set takes. */
export async function planRbac(options: PlanRbacOptions, context: Context): Promise<number> {
  if (options.empty) throw new CommandError(ExitCode.USAGE, [EMPTY]);
  const subject = options.rbac === true ? undefined : subjectOf(options.rbac);
  const run = await readRun(options, context);
  const input = withKnownSecretValues(run.input, secretReader(context));
  const made = await withServers(run, options, context, async (servers) =>
    setPermissions(await Preparation.make(input, servers, { toolVersion: version, now: context.now })),
  );
  const chart = options.only ? `:${options.only.replaceAll('/', ':')}` : '';
  const name = `cdk8s-karmada:${run.input.instance}${chart}`;
  const manifests = rolesOf({ permissions: made.permissions, missing: made.missing, name, subject });
  if (options.output === 'json') {
    const whole = { schema: '1', instance: run.input.instance, manifests, unknown: made.unknown };
    context.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else context.stdout.write(rolesText(manifests, made.unknown, name));
  return ExitCode.OK;
}

const EMPTY = {
  what: '--rbac and --empty do not go together: only the servers know how they call the kinds',
  fix: 'leave --empty out, and use credentials that may read',
};

function subjectOf(text: string): Subject {
  const [kind, ...rest] = text.split('/');
  if (kind === 'ServiceAccount' && rest.length === 2 && rest.every(Boolean)) {
    return { kind, namespace: rest[0], name: rest[1] };
  }
  if ((kind === 'User' || kind === 'Group') && rest.join('/') !== '') return { kind, name: rest.join('/') };
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `"${text}" is nobody who could have a role`,
      fix: 'write User/<name>, Group/<name> or ServiceAccount/<namespace>/<name>',
    },
  ]);
}
